// What every page does: it asks the browser to keep the service worker, which
// makes the help pages and the pages visited work without a connection. The
// page works without any of this.
const worker = new URL("../sw.js", document.currentScript.src);
if (navigator.serviceWorker && location.protocol.startsWith("http") && !document.querySelector("script[data-etag]")) {
  addEventListener("load", () => {
    navigator.serviceWorker.register(worker).catch(() => {});
  });
}
