// Keeps an open page up to date while its site is being edited.
"use strict";
(() => {
  const self = document.currentScript;
  const base = new URL(self.src).pathname.replace(/live\.js$/, "");
  const page = self.dataset.page, key = "bongsu-scroll";
  let etag = self.dataset.etag;
  const sheet = () => document.querySelector('link[rel="stylesheet"]:not([data-live])');
  const own = document.createElement("link");
  own.rel = "stylesheet";
  own.href = base + "live.css";
  own.dataset.live = "";
  document.head.append(own);

  const kept = JSON.parse(sessionStorage.getItem(key) || "null");
  if (kept && kept.page === page) scrollTo(kept.x, kept.y);
  sessionStorage.removeItem(key);

  const make = (tag, name, text) => {
    const e = document.createElement(tag);
    e.className = name;
    if (text) e.textContent = text;
    return e;
  };

  const overlay = make("section", "bongsu-overlay");
  overlay.setAttribute("role", "status");
  overlay.hidden = true;
  const bar = make("aside", "bongsu-bar");
  bar.hidden = true;
  document.body.append(overlay, bar);

  function showFaults(faults) {
    overlay.hidden = faults.length === 0;
    overlay.replaceChildren();
    if (!faults.length) return;
    const errors = faults.filter((f) => f.severity === "error").length;
    const head = make("header", "bongsu-head");
    head.append(make("strong", "", `오류 ${errors}개 · ${errors} error${errors === 1 ? "" : "s"}`));
    const copy = make("button", "bongsu-copy", "복사 · Copy");
    copy.type = "button";
    copy.addEventListener("click", () => navigator.clipboard.writeText(faults.map((f) =>
      `${f.where}: ${f.severity}: ${f.message} [${f.code}]` + (f.hint ? `\n    hint: ${f.hint}` : "")).join("\n")));
    head.append(copy);
    overlay.append(head, make("p", "bongsu-note", "아래는 마지막으로 올바른 사이트입니다. · Below is the last good site."));
    for (const f of faults) {
      const box = make("article", "bongsu-fault bongsu-" + f.severity);
      box.append(make("p", "bongsu-where", f.where), make("p", "bongsu-message", `${f.message} [${f.code}]`));
      if (f.line) box.append(make("pre", "bongsu-line", f.line + (f.caret ? "\n" + f.caret : "")));
      if (f.hint) box.append(make("p", "bongsu-hint", f.hint));
      overlay.append(box);
    }
  }

  function showBar(b) {
    const groups = [["초안 · drafts", b.drafts], ["예약 · scheduled", b.scheduled], ["유지 · held", b.held]].filter((g) => g[1] && g[1].length);
    bar.hidden = groups.length === 0;
    bar.replaceChildren(make("strong", "", b.now || ""));
    for (const [name, list] of groups) {
      const d = make("details", "");
      d.append(make("summary", "", `${name} ${list.length}`));
      const ul = make("ul", "");
      for (const id of list) ul.append(make("li", "", id));
      d.append(ul);
      bar.append(d);
    }
  }

  function swapStyle(href) {
    const old = sheet(), fresh = old.cloneNode();
    fresh.href = href;
    fresh.addEventListener("load", () => old.remove());
    old.after(fresh);
  }

  function connect() {
    const old = sheet();
    const q = new URLSearchParams({ page, etag, style: old ? old.getAttribute("href") : "" });
    const stream = new EventSource(base + "events?" + q);
    stream.onmessage = (e) => {
      const m = JSON.parse(e.data);
      if (m.reload) {
        sessionStorage.setItem(key, JSON.stringify({ page, x: scrollX, y: scrollY }));
        stream.close();
        location.reload();
        return;
      }
      if (m.style && sheet() && sheet().getAttribute("href") !== m.style) swapStyle(m.style);
      showFaults(m.faults);
      showBar(m.bar);
    };
    addEventListener("pagehide", () => stream.close());
  }
  connect();
})();
