// The job-offer check: says why, what next, and which warnings are like the
// offer. The outcome itself is shown by the style sheet. Nothing is kept, sent
// or written anywhere; leaving the page clears it.
const check = document.getElementById("check"), words = check.dataset;
const boxes = [...document.querySelectorAll(".check-box")];
const byId = id => document.getElementById("check-" + id);
const result = byId("result"), status = byId("status"), similar = [...document.querySelectorAll(".similar")];
const maxSimilar = 3;

const label = box => box.labels[0].firstChild.textContent.trim();

// alike gives what a warning has in common with the offer.
function alike(row, flags, channels) {
  const shared = flags.filter(b => row.dataset.flags.split(" ").includes(b.value));
  const ways = channels.filter(b => row.dataset.channels.split(" ").includes(b.value));
  return {row, shared, ways, worth: shared.length >= 2 || (shared.length && ways.length) ? shared.length + ways.length / 2 : 0};
}

function show() {
  const ticked = boxes.filter(b => b.checked);
  const flags = ticked.filter(b => b.name === "flag"), channels = ticked.filter(b => b.name === "channel");
  const points = flags.reduce((sum, b) => sum + Number(b.dataset.weight), 0);
  const outcome = points >= 3 ? "stop" : points > 0 ? "verify" : "none";
  result.hidden = points === 0;
  byId("reset").hidden = ticked.length === 0;
  byId("why").replaceChildren(...flags.map(b => Object.assign(document.createElement("li"), {textContent: label(b)})));
  for (const list of document.querySelectorAll(".check-next")) list.hidden = list.id !== "check-next-" + outcome;
  const found = similar.map(row => alike(row, flags, channels)).filter(a => a.worth).sort((a, b) => b.worth - a.worth).slice(0, maxSimilar);
  for (const row of similar) row.hidden = true;
  for (const {row, shared, ways} of found) {
    row.hidden = false;
    row.querySelector(".similar-why").textContent = words.shared + " " + [...shared, ...ways].map(label).join(" / ");
    row.parentNode.append(row);
  }
  byId("similar").hidden = found.length === 0;
  const judgement = document.querySelector(".outcome-" + outcome + " strong").lastChild.textContent.trim();
  const said = [judgement, flags.length && words.picked.replace("{n}", flags.length), found.length && words.found.replace("{n}", found.length)].filter(Boolean).join(" ");
  if (status.textContent !== said) status.textContent = said;
  byId("more").hidden = points === 0;
}

function reset() {
  for (const b of boxes) b.checked = false;
  show();
}

check.addEventListener("change", show);
byId("channels").addEventListener("change", show);
byId("reset").addEventListener("click", () => {
  reset();
  boxes[0].focus();
});
addEventListener("pagehide", reset);

document.querySelector(".outcome").removeAttribute("role");
byId("channels").hidden = false;
byId("known").hidden = true;
reset();
