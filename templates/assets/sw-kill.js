// The kill switch of the service worker. Copied over sw.js and published, it
// takes the worker and everything it saved off each reader's device at the next
// visit. See "Offline" in templates/README.md.
addEventListener("install", () => skipWaiting());

addEventListener("activate", event => {
  event.waitUntil(remove());
});

async function remove() {
  for (const name of await caches.keys()) {
    if (name.startsWith("bongsu " + SITE.prefix + " ")) await caches.delete(name);
  }
  await registration.unregister();
  for (const client of await clients.matchAll({type: "window"})) client.navigate(client.url);
}
