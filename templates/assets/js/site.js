// What every page does; each works without it. Words come from the attributes
// of the script's own element.
const words = document.currentScript.dataset;
const worker = new URL("../sw.js", document.currentScript.src);

// The service worker makes the help pages and the pages visited work offline.
if (navigator.serviceWorker && location.protocol.startsWith("http") && !document.querySelector("script[data-etag]")) {
  addEventListener("load", () => {
    navigator.serviceWorker.register(worker).catch(() => {});
  });
}

// Leaving puts the other site in the place of this page, so that the way back
// does not lead here.
for (const exit of document.querySelectorAll(".exit-link")) {
  exit.addEventListener("click", event => {
    event.preventDefault();
    document.body.hidden = true;
    location.replace(exit.href);
  });
}

// So does the escape key, pressed three times.
let escapes = 0;
addEventListener("keydown", event => {
  escapes = event.key === "Escape" ? escapes + 1 : 0;
  if (escapes === 3) document.querySelector(".exit-link")?.click();
});

// A message to copy gets a button.
for (const text of document.querySelectorAll("pre.copy")) {
  const button = document.createElement("button"), done = document.createElement("span");
  button.type = "button";
  button.className = "button copy-button";
  button.textContent = words.copy;
  button.setAttribute("aria-label", words.copy + ": " + text.getAttribute("aria-label"));
  done.className = "copy-done";
  done.setAttribute("role", "status");
  button.addEventListener("click", () => {
    getSelection().selectAllChildren(text);
    document.execCommand("copy");
    done.textContent = words.copied;
  });
  text.after(button, done);
}
