// The service worker: it keeps the help pages and the pages visited, for a
// reader whose connection fails. SITE is written before this text by the
// program: version, prefix, zone, pages and assets to keep from the start, and
// the words of each language.
//
// A page out of the cache is never shown as if it were new: the worker itself
// writes a bar into it that says when it was saved.
const FAMILY = "bongsu " + SITE.prefix + " ";
const KEPT = FAMILY + SITE.version; // from the start; replaced by each version
const VISITED = FAMILY + "visited";
const PARTS = FAMILY + "parts"; // scripts and search data that visited pages read
const WAIT = 3000; // ms for the network, if there is a saved copy
const MOST = 40; // pages visited
const MOST_PARTS = 80; // files of the search, and scripts
const SEARCH = /\/search\/(index|[td]\/\d+)\.json$/;
const OLDEST = 14 * 864e5; // ms; older copies are deleted
const SWEEP = 864e5; // ms between two looks at what the site has removed
const SAVED = "x-saved-at";

addEventListener("install", event => {
  event.waitUntil(keep().then(() => skipWaiting()));
});

addEventListener("activate", event => {
  event.waitUntil(clean().then(() => clients.claim()));
});

addEventListener("fetch", event => {
  const request = event.request, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || !url.pathname.startsWith(SITE.prefix)) return;
  if (request.mode === "navigate") event.respondWith(page(event, url));
  else if (url.pathname.startsWith(SITE.prefix + "assets/")) event.respondWith(asset(event, url));
  else if (SEARCH.test(url.pathname)) event.respondWith(part(event));
});

// keep saves what must work from the start, all of it or nothing.
async function keep() {
  const cache = await caches.open(KEPT);
  await Promise.all(SITE.pages.concat(SITE.assets).map(async address => {
    const response = await fetch(address, {cache: "reload", credentials: "omit"});
    if (!response.ok || response.redirected) throw new Error(address);
    await cache.put(address, await stamped(response));
  }));
}

// clean deletes the caches of other versions, and copies that are too old.
async function clean() {
  for (const name of await caches.keys()) {
    if (name.startsWith(FAMILY) && ![KEPT, VISITED, PARTS].includes(name)) await caches.delete(name);
  }
  const cache = await caches.open(VISITED);
  for (const request of await cache.keys()) {
    const copy = await cache.match(request);
    if (copy && Date.now() - copy.headers.get(SAVED) > OLDEST) await cache.delete(request);
  }
}

// stamped gives a copy of a response that knows when it was saved.
async function stamped(response) {
  const headers = new Headers({"content-type": response.headers.get("content-type") || ""});
  headers.set(SAVED, Date.now());
  return new Response(await response.blob(), {headers});
}

// page answers with the page from the network; where that takes too long, or
// fails, with the saved copy, marked; else with the saved help page.
async function page(event, url) {
  const address = url.origin + url.pathname;
  const net = fromNetwork(event, address);
  const copy = await saved(address);
  if (copy) return await Promise.race([net.catch(() => null), wait()]) || marked(copy, "saved");
  try {
    return await net;
  } catch (error) {
    const help = SITE.help[url.pathname.slice(SITE.prefix.length).split("/")[0]] || Object.values(SITE.help)[0];
    const copy = await saved(location.origin + help);
    if (!copy) throw error;
    return marked(copy, "missing");
  }
}

function wait() {
  return new Promise(done => setTimeout(done, WAIT, null));
}

// fromNetwork fetches a page, and saves it or forgets it by the answer.
async function fromNetwork(event, address) {
  const response = await fetch(event.request);
  const type = response.headers.get("content-type") || "";
  if (response.ok && !response.redirected && type.startsWith("text/html")) {
    event.waitUntil(save(address, response.clone()));
  } else if (response.status === 404 || response.status === 410) {
    event.waitUntil(forget(address));
  }
  return response;
}

async function saved(address) {
  const visited = await caches.open(VISITED), kept = await caches.open(KEPT);
  const copies = [await visited.match(address), await kept.match(address)].filter(Boolean);
  return copies.sort((a, b) => b.headers.get(SAVED) - a.headers.get(SAVED))[0];
}

async function save(address, response) {
  const cache = await caches.open(VISITED);
  await put(cache, address, response, MOST);
  await sweep();
}

// put saves a response and deletes the oldest, so that most remain.
async function put(cache, address, response, most) {
  await cache.delete(address); // so that the newest stands last
  await cache.put(address, await stamped(response));
  const all = await cache.keys();
  for (const request of all.slice(0, Math.max(0, all.length - most))) await cache.delete(request);
}

async function forget(address) {
  await (await caches.open(VISITED)).delete(address);
  await (await caches.open(KEPT)).delete(address);
}

// sweep asks once a day whether the pages saved are still there, and forgets
// what the site has removed.
async function sweep() {
  const cache = await caches.open(VISITED), mark = SITE.prefix + "sw.js";
  const last = await cache.match(mark);
  if (last && Date.now() - last.headers.get(SAVED) < SWEEP) return;
  await clean();
  await cache.put(mark, await stamped(new Response("")));
  for (const request of await cache.keys()) {
    const answer = await fetch(request.url, {method: "HEAD", cache: "no-store", credentials: "omit"}).catch(() => null);
    if (answer && (answer.status === 404 || answer.status === 410)) await forget(request.url);
  }
}

// asset answers from the cache: the name of an asset changes with its content.
// Without a connection an older name gets the file of today.
async function asset(event, url) {
  const hit = await caches.match(event.request);
  if (hit) return hit;
  try {
    return await fetchPart(event);
  } catch (error) {
    const like = SITE.assets.find(a => stem(a) === stem(url.pathname));
    const other = like && await caches.match(like);
    if (other) return other;
    throw error;
  }
}

// part answers with a file of the search; without a connection with the saved
// one, whose header says since when, for the page to tell.
async function part(event) {
  const net = fetchPart(event), copy = await (await caches.open(PARTS)).match(event.request);
  return copy ? await Promise.race([net.catch(() => null), wait()]) || copy : net;
}

async function fetchPart(event) {
  const response = await fetch(event.request);
  if (response.ok && response.type === "basic") {
    const copy = response.clone();
    event.waitUntil(caches.open(PARTS).then(cache => put(cache, event.request.url, copy, MOST_PARTS)));
  }
  return response;
}

function stem(path) {
  return path.replace(/\.[0-9a-f]+(\.[a-z]+)$/, "$1");
}

// marked writes into a copy when it was saved, in the language of the page.
async function marked(copy, word) {
  let text = await copy.text();
  const lang = (/<html[^>]* lang="([a-z-]+)"/.exec(text) || [])[1];
  const words = SITE.words[lang] || Object.values(SITE.words)[0];
  const at = new Date(+copy.headers.get(SAVED));
  const time = at.toLocaleString(lang, {timeZone: SITE.zone, dateStyle: "long", timeStyle: "short"}) + " (" + words.zone + ")";
  const bar = '<div class="saved" role="region" aria-label="' + words.label + '"><p><strong>' + words.label + "</strong> " +
    words[word].replace("{at}", '<time datetime="' + at.toISOString() + '">' + time + "</time>") + "</p></div>";
  text = text.replace(/<body[^>]*>(\s*<a class="skip"[^>]*>[^<]*<\/a>)?/, match => match + bar);
  return new Response(text, {headers: {"content-type": "text/html; charset=utf-8", [SAVED]: copy.headers.get(SAVED)}});
}
