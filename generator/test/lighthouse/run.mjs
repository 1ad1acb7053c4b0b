// Scores pages with Lighthouse as on a phone (simulated), one line of JSON each:
// {"address", "scores": {category: 0 to 100}, "faults": [...]}. Other work on the
// machine only lowers the score of performance, so a page may try three times.
import lighthouse from "lighthouse";
import {launch} from "chrome-launcher";

const [browser, ...addresses] = process.argv.slice(2);
const categories = ["performance", "accessibility", "best-practices", "seo"];
const chrome = await launch({chromePath: browser, chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"]});
try {
  for (const address of addresses) {
    let best;
    for (let turn = 0; turn < 3 && !(best && Object.values(best.scores).every(s => s === 100)); turn++) {
      const {lhr} = await lighthouse(address, {port: chrome.port, output: "json", logLevel: "silent", onlyCategories: categories});
      const scores = Object.fromEntries(categories.map(c => [c, Math.round((lhr.categories[c].score || 0) * 100)]));
      const faults = categories.flatMap(c => lhr.categories[c].auditRefs).filter(a => a.weight > 0 && lhr.audits[a.id].score !== null && lhr.audits[a.id].score < 0.9)
        .map(a => a.id + ": " + lhr.audits[a.id].title + " " + (lhr.audits[a.id].displayValue || ""));
      if (lhr.runtimeError) faults.push(lhr.runtimeError.message);
      if (!best || scores.performance > best.scores.performance) best = {address, scores, faults};
    }
    console.log(JSON.stringify(best));
  }
} finally {
  await chrome.kill();
}
