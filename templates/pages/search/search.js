// The search. Texts are cut into words and particles taken off as
// generator/search/words.go does; a test holds the two together. Nothing that
// is typed leaves the page: it only decides which files of the index are read.
const kinds = /[가-힣]+|\p{Nd}+|(?:(?![가-힣ㄱ-ㆎ])[\p{L}\p{M}])+/gu;
const hangul = /^[가-힣]/;
const particles = ("에서부터 에게서는 이라고는 으로부터 에서는 에서도 에서의 에서만 에게서 에게는 에게도 으로는 으로도 으로의 으로만 까지는 까지도 까지만 부터는 이라는 이라고 이라도 이지만 한테서 " +
  "에서 에게 으로 까지 부터 처럼 보다 마다 조차 밖에 이나 이란 라는 라고 라도 하고 께서 한테 에는 에도 에만 에의 로는 로도 로의 로만 와는 과는 와의 과의 만이 만을 이며 " +
  "은 는 이 가 을 를 의 에 로 와 과 도 만 나 란 랑 며").split(" ");
const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const maxWord = 24, maxWords = 8, worth = [1, 2, 4, 10];

function fold(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC").toLowerCase().replaceAll("ς", "σ");
}

function runs(text) {
  return (fold(text).match(kinds) || []).map(w => hangul.test(w) ? w : [...w].slice(0, maxWord).join(""));
}

function strip(word) {
  const p = particles.find(p => word.length > p.length && word.endsWith(p));
  return p ? word.slice(0, -p.length) : word;
}

function grams(word) {
  return word.length < 2 ? [word] : [...word].slice(1).map((c, i) => word[i] + c);
}

function shardOf(term, shards) {
  let h = 0;
  for (const c of [...term].slice(0, 3)) h = (Math.imul(h, 31) + c.codePointAt(0)) >>> 0;
  return ((h ^ h >>> 8) >>> 0) % shards;
}

// unpack reads the documents of a term: document to field.
function unpack(text) {
  const out = new Map();
  let doc = -1, n = 0, shift = 0;
  for (const c of text) {
    const d = digits.indexOf(c);
    n |= (d & 31) << shift;
    shift += 5;
    if (d < 32) {
      doc += (n >>> 2) + 1;
      out.set(doc, n & 3);
      n = shift = 0;
    }
  }
  return out;
}

// forms gives the ways in which a word may be meant: as written, and without
// the particles at its end.
function forms(word) {
  if (!hangul.test(word)) return [word];
  const out = [word], once = strip(word), twice = strip(once);
  if (once !== word) out.push(once);
  if (twice !== once && twice.length > 1) out.push(twice);
  return out;
}

// meet gives the documents that have at least need of some terms, with the
// least of the fields in which these stand.
function meet(lists, need) {
  const seen = new Map();
  for (const list of lists) {
    for (const [doc, field] of list) {
      const s = seen.get(doc);
      if (s) {
        s.n++;
        s.field = Math.min(s.field, field);
      } else {
        seen.set(doc, {n: 1, field});
      }
    }
  }
  for (const [doc, s] of seen) if (s.n < need) seen.delete(doc);
  return seen;
}

// hits scores the documents that have a word.
function hits(word, termsLike) {
  const out = new Map();
  const note = (doc, score) => out.set(doc, Math.max(score, out.get(doc) || 0));
  if (!hangul.test(word)) {
    for (const w of word.length > 3 && word.endsWith("s") ? [word, word.slice(0, -1)] : [word]) {
      for (const [term, list] of termsLike(w, [...w].length > 2)) {
        for (const [doc, field] of unpack(list)) note(doc, worth[field] * (term === w ? 1 : .7));
      }
    }
    return out;
  }
  const take = (form, part, gain) => {
    const terms = grams(form);
    const lists = terms.map(t => unpack((termsLike(t)[0] || ["", ""])[1]));
    for (const [doc, s] of meet(lists, Math.ceil(terms.length * part))) note(doc, worth[s.field] * gain * s.n / terms.length);
  };
  const all = forms(word);
  all.forEach((form, i) => {
    if (form.length > 1 || i === 0 || out.size === 0) take(form, 1, 1 - i / 10);
  });
  if (out.size === 0 && word.length > 2) take(all[all.length - 1], .5, .5);
  return out;
}

// find looks a text up. load reads a file of the index. The result lists the
// numbers of documents, best first; some says that none has every word.
async function find(text, load) {
  const words = runs(text).slice(0, maxWords);
  if (!words.length) return {words, docs: [], index: null};
  const index = await load("index.json");
  const needed = new Set(words.flatMap(w => hangul.test(w) ? forms(w).flatMap(grams) : [w, w.replace(/s$/, "") || w]).map(t => shardOf(t, index.s)));
  const shards = new Map(await Promise.all([...needed].map(async n => [n, await load(`t/${n}.json?v=${index.v}`)])));
  const termsLike = (term, open) => {
    const shard = shards.get(shardOf(term, index.s)) || {};
    if (open) return Object.entries(shard).filter(([t]) => t.startsWith(term));
    return Object.hasOwn(shard, term) ? [[term, shard[term]]] : [];
  };
  const scores = new Map();
  for (const word of new Set(words)) {
    for (const [doc, score] of hits(word, termsLike)) {
      const s = scores.get(doc) || {n: 0, score: 0};
      scores.set(doc, {n: s.n + 1, score: s.score + score});
    }
  }
  const most = Math.max(0, ...[...scores.values()].map(s => s.n));
  const over = unpack(index.o), value = new Map();
  for (const [doc, s] of scores) {
    if (s.n === most) value.set(doc, s.score * (over.has(doc) ? .5 : 1) + (doc < index.p && s.score >= worth[3] * .7 ? 3 : 0));
  }
  const rank = (a, b) => value.get(b) - value.get(a) || (a < index.p || b < index.p ? a - b : b - a);
  return {words, docs: [...value.keys()].sort(rank), index, some: most > 0 && most < new Set(words).size};
}

// hitPattern finds what to mark of the words of a query in folded text.
function hitPattern(words) {
  const parts = words.flatMap(forms).filter((w, i, all) => w.length > 1 || all.length === 1).sort((a, b) => b.length - a.length)
    .map(w => hangul.test(w) ? [...w].join("\\s?") : `(?<![\\p{L}\\p{N}])${w}`);
  return parts.length ? new RegExp(parts.join("|"), "gu") : null;
}

// pieces cuts a text into what is marked and what is not.
function pieces(text, pattern) {
  if (!pattern) return [[text, false]];
  const chars = text.normalize("NFC"), at = [];
  let folded = "";
  for (let i = 0; i < chars.length; i++) {
    const f = fold(chars[i]);
    folded += f;
    for (let n = f.length; n > 0; n--) at.push(i);
  }
  at.push(chars.length);
  const out = [];
  let end = 0;
  for (const m of folded.matchAll(pattern)) {
    const from = at[m.index], to = at[m.index + m[0].length];
    if (from > end) out.push([chars.slice(end, from), false]);
    out.push([chars.slice(from, to), true]);
    end = to;
  }
  if (end < chars.length) out.push([chars.slice(end), false]);
  return out;
}

function start() {
  const box = document.getElementById("search"), words = box.dataset;
  const field = document.getElementById("search-q"), count = document.getElementById("search-count");
  const list = document.getElementById("search-results"), more = document.getElementById("search-more");
  const browse = document.getElementById("search-browse");
  const perPage = 10, stale = 300000;
  let files = new Map(), read = 0, saved = 0, turn = 0, timer = 0, shown = 0, found = null, pattern = null;

  function load(name) {
    if (name === "index.json" && Date.now() - read > stale) {
      files = new Map();
      read = Date.now();
      saved = 0;
    }
    if (!files.has(name)) {
      files.set(name, fetch(words.index + name, {cache: name === "index.json" ? "no-cache" : "default"}).then(r => {
        if (!r.ok) throw new Error(String(r.status));
        if (name === "index.json") saved = Number(r.headers.get("x-saved-at"));
        return r.json();
      }).catch(e => {
        files.delete(name);
        throw e;
      }));
    }
    return files.get(name);
  }

  // age tells since when the index is saved that the service worker gave for want
  // of a connection.
  function age() {
    if (!saved) return "";
    read = 0; // ask again
    return " " + words.saved.replace("{at}", new Date(saved).toLocaleString(document.documentElement.lang, {timeZone: words.zone, dateStyle: "long", timeStyle: "short"}));
  }

  function make(tag, kind, text, lang) {
    const e = document.createElement(tag);
    if (kind) e.className = kind;
    if (lang) e.lang = lang;
    for (const [piece, hit] of text ? pieces(text, pattern) : []) {
      if (hit) e.append(Object.assign(document.createElement("mark"), {textContent: piece}));
      else e.append(piece);
    }
    return e;
  }

  function spaced(parent, ...children) {
    for (const c of children.filter(Boolean)) parent.append(parent.hasChildNodes() ? " " : "", c);
    return parent;
  }

  function plain(tag, kind, text) {
    const e = document.createElement(tag);
    e.className = kind;
    e.textContent = text;
    return e;
  }

  // item shows a document as the lists of the site do.
  function item(d) {
    const li = make("li", "item"), title = make("h3", "item-title"), link = make("a", "", d.t, d.g);
    link.href = words.base + d.u;
    title.append(link);
    const at = d.h && Object.assign(plain("time", "", d.h), {dateTime: d.d});
    li.append(spaced(make("p", "item-meta"), at, plain("span", "item-kind", d.k), d.w && plain("span", "", d.w), d.x && plain("span", "tag", d.x)));
    const badges = (d.l || []).map(id => document.getElementById("badge-" + id)?.content.cloneNode(true));
    if (badges.length) li.append(spaced(make("p", "item-badges"), ...badges));
    li.append(title);
    if (d.s) li.append(make("p", "item-summary", d.s, d.g));
    if (d.p) li.append(make("p", "item-foot", d.p));
    const also = (d.a || []).filter(a => pattern && pieces(a, pattern).some(p => p[1]));
    const names = [...(d.n || []), ...also.map(a => ["", a])].map(([lang, name]) => make("span", "", name, lang));
    if (names.length) li.append(spaced(make("p", "item-foot"), ...names));
    return li;
  }

  // extend shows the next results.
  async function extend() {
    const mine = turn, {docs, index} = found, next = docs.slice(shown, shown + perPage);
    const chunks = new Map(await Promise.all([...new Set(next.map(n => Math.floor(n / index.c)))].map(async c => [c, await load(`d/${c}.json?v=${index.v}`)])));
    if (mine !== turn) return null;
    if (shown === 0) list.replaceChildren();
    const items = next.map(n => item(chunks.get(Math.floor(n / index.c))[n % index.c]));
    list.append(...items);
    shown += next.length;
    more.hidden = shown >= docs.length;
    return items[0];
  }

  async function search() {
    clearTimeout(timer);
    const mine = ++turn, text = field.value.trim();
    history.replaceState(null, "", text ? "#q=" + encodeURIComponent(text) : location.pathname);
    for (const a of document.querySelectorAll(".header-switch a")) a.hash = text ? "q=" + encodeURIComponent(text) : "";
    try {
      const result = await find(text, load);
      if (mine !== turn) return;
      found = result;
      shown = 0;
      pattern = hitPattern(result.words);
      browse.hidden = result.docs.length > 0;
      const n = result.docs.length;
      if (n > 0) {
        await extend();
        if (mine !== turn) return;
      } else {
        list.replaceChildren();
        more.hidden = true;
      }
      count.textContent = !text ? "" : (n === 0 ? words.none : (result.some ? words.some + " " : "") + (n === 1 ? words.single : words.many.replace("{n}", n))) + (text ? age() : "");
    } catch {
      if (mine !== turn) return;
      list.replaceChildren();
      more.hidden = true;
      browse.hidden = false;
      count.textContent = words.failed;
    }
  }

  const links = () => [...list.querySelectorAll(".item-title a")];

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 80);
  });
  field.addEventListener("keydown", async event => {
    if (event.isComposing || (event.key !== "Enter" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    if (event.key === "Enter") await search();
    links()[0]?.focus();
  });
  list.addEventListener("keydown", event => {
    const all = links(), i = all.indexOf(document.activeElement);
    const to = {ArrowDown: i + 1, ArrowUp: i - 1, Home: 0, End: all.length - 1}[event.key];
    if (to === undefined || i < 0) return;
    event.preventDefault();
    (to < 0 ? field : all[Math.min(to, all.length - 1)]).focus();
  });
  more.addEventListener("click", async () => {
    const first = await extend();
    first?.querySelector(".item-title a").focus();
  });
  document.querySelector("main").addEventListener("keydown", event => {
    if (event.key === "/" && event.target !== field && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });
  const fromAddress = () => {
    if (!location.hash.startsWith("#q=")) return false;
    try {
      field.value = decodeURIComponent(location.hash.slice(3));
    } catch {
      return false;
    }
    search();
    return true;
  };
  addEventListener("hashchange", fromAddress);
  for (const e of document.querySelectorAll(".search-off")) e.hidden = true;
  box.hidden = false;
  if (!fromAddress() && location.hash === "#" + field.id) field.focus();
}

if (typeof document === "object") start();
