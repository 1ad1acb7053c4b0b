package test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// ready waits until the service worker has saved what must work from the start
// and serves the page.
func (b *tab) ready() {
	b.t.Helper()
	b.eval(`navigator.serviceWorker.ready.then(() => "")`)
	b.until("the service worker", `navigator.serviceWorker.controller !== null`)
}

const (
	barText  = `(document.querySelector(".saved") || {innerText: ""}).innerText`
	cacheAll = `caches.keys().then(async names => {
		const out = [];
		for (const name of names) for (const r of await (await caches.open(name)).keys()) out.push(new URL(r.url).pathname);
		return out.sort().join("\n");
	})`
)

// TestOffline: without a connection, pages that were kept or visited show with
// the time at which they were saved, in their language; with one, they do not.
func TestOffline(t *testing.T) {
	t.Parallel()
	w := serveFiles(t, sampleDir(t))
	b := open(t, newBrowser(t))
	const visited = "/ko/advisories/travel-ban-bokor-bavet-poipet.html"
	b.visit(w.URL + "/ko/")
	b.ready()
	b.visit(w.URL + visited)
	if bar := b.eval(barText); bar != "" {
		t.Errorf("a fresh page has the bar %q", bar)
	}
	b.until("the visited page in the cache", `caches.match(location.href).then(r => r !== undefined)`)
	w.offline.Store(true)
	for page, want := range map[string]string{
		"/ko/help/": "저장된 사본", "/en/help/": "Saved copy", "/ko/levels/": "저장된 사본", visited: "저장된 사본",
		"/en/scams/": "not saved", // never visited: the help page stands in
	} {
		b.visit(w.URL + page)
		bar := b.eval(barText)
		if !strings.Contains(bar, want) || !regexp.MustCompile(`20\d\d.*\d:\d\d`).MatchString(bar) {
			t.Errorf("%s: bar %q lacks %q or a time", page, bar, want)
		}
		if got := b.eval(`getComputedStyle(document.querySelector(".saved")).borderBottomStyle`); got != "solid" {
			t.Errorf("%s has no style offline", page)
		}
	}
	b.visit(w.URL + "/ko/help/")
	b.do(chromedp.Reload())
	if !strings.Contains(b.eval(barText), "저장된 사본") || b.eval(`document.querySelector("a[href='tel:112']").textContent`) == "" {
		t.Error("a reload of the help page without a connection fails")
	}
	w.offline.Store(false)
	b.do(chromedp.Reload())
	if bar := b.eval(barText); bar != "" {
		t.Errorf("connected again, the page still has the bar %q", bar)
	}
}

// TestOfflineSearch: without a connection what was searched before is found,
// with the time at which the data was saved; for other words the page says that
// it cannot look them up.
func TestOfflineSearch(t *testing.T) {
	t.Parallel()
	w := serveFiles(t, sampleDir(t))
	b := open(t, newBrowser(t))
	b.visit(w.URL + "/ko/")
	b.ready()
	b.visit(w.URL + "/ko/search/#q=캄폿")
	b.until("results", hasFound)
	if got := b.eval(`document.getElementById("search-count").textContent`); strings.Contains(got, "저장") {
		t.Errorf("with a connection the page says %q", got)
	}
	b.until("the data in the cache", `caches.keys().then(async k => (await (await caches.open(k.find(n => n.endsWith("parts")))).keys()).length >= 4)`)
	w.offline.Store(true)
	b.do(chromedp.Reload())
	b.until("results without a connection", hasFound)
	if got := b.eval(`document.getElementById("search-count").textContent`); !regexp.MustCompile(`저장한 자료.*20\d\d|20\d\d.*저장한 자료`).MatchString(got) {
		t.Errorf("without a connection the page says %q", got)
	}
	if got := b.eval(found); !strings.HasPrefix(got, "캄폿주") {
		t.Errorf("without a connection %q is found", got)
	}
	b.eval(ask + `("zzzzqqq 보이스피싱")`)
	b.until("the excuse", `document.getElementById("search-count").textContent.includes("읽지 못했습니다")`)
	if b.eval(`String(document.getElementById("search-browse").hidden)`) != "false" {
		t.Error("where the search fails there is no way on")
	}
}

// TestOfflineSlow: where an answer takes longer than three seconds, the saved
// copy is shown, marked.
func TestOfflineSlow(t *testing.T) {
	t.Parallel()
	w := serveFiles(t, sampleDir(t))
	b := open(t, newBrowser(t))
	b.visit(w.URL + "/en/")
	b.ready()
	w.delay.Store(int64(1 << 36)) // 69 s
	b.visit(w.URL + "/en/help/")
	if bar := b.eval(barText); !strings.Contains(bar, "Saved copy") {
		t.Errorf("on a slow line the bar is %q", bar)
	}
}

// TestOfflineRemoved: a page that the site has removed is forgotten.
func TestOfflineRemoved(t *testing.T) {
	t.Parallel()
	w := serveFiles(t, sampleDir(t))
	b := open(t, newBrowser(t))
	const page = "/ko/scams/border-office-pickup.html"
	b.visit(w.URL + "/ko/")
	b.ready()
	b.visit(w.URL + page)
	b.until("the copy", `caches.match(location.href).then(r => r !== undefined)`)
	w.mu.Lock()
	w.gone[page] = true
	w.mu.Unlock()
	b.do(chromedp.Reload())
	b.until("the copy to go", `caches.match("`+page+`").then(r => r === undefined)`)
	w.offline.Store(true)
	b.visit(w.URL + page)
	if !strings.Contains(b.eval(barText), "저장되어 있지 않") && !strings.Contains(b.eval(`document.title`), "도움 요청") {
		t.Error("the removed page is still shown")
	}
}

// TestOfflineUpdate: a new version takes the place of the old one and deletes
// its cache.
func TestOfflineUpdate(t *testing.T) {
	t.Parallel()
	dir := copySite(t)
	w := serveFiles(t, build(t, dir))
	b := open(t, newBrowser(t))
	b.visit(w.URL + "/ko/")
	b.ready()
	const kept = `caches.keys().then(k => k.filter(n => !n.endsWith("visited") && !n.endsWith("parts")).sort().join())`
	before := b.eval(kept)
	edit(t, filepath.Join(dir, "content/pages/help.ko.md"), func(s string) string { return s + "\n한 문장을 더합니다.\n" })
	build(t, dir)
	b.eval(`navigator.serviceWorker.getRegistration().then(r => r.update()).then(() => "")`)
	b.until("the new cache alone", kept+`.then(k => k !== "`+before+`" && !k.includes(","))`)
	w.offline.Store(true)
	b.visit(w.URL + "/ko/help/")
	if !strings.Contains(b.eval(`document.body.innerText`), "한 문장을 더합니다") {
		t.Error("the old help page is shown")
	}
}

// TestOfflineKill: the kill switch, taken in as the guide says, removes the
// worker and all that it saved.
func TestOfflineKill(t *testing.T) {
	t.Parallel()
	dir := copySite(t)
	w := serveFiles(t, build(t, dir))
	b := open(t, newBrowser(t))
	b.visit(w.URL + "/ko/")
	b.ready()
	if saved := b.eval(cacheAll); !strings.Contains(saved, "/ko/help/") {
		t.Fatalf("saved: %s", saved)
	}
	data, err := os.ReadFile(filepath.Join(root, "templates/assets/sw-kill.js"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "templates/assets"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "templates/assets/sw.js"), data, 0o644); err != nil {
		t.Fatal(err)
	}
	build(t, dir)
	b.eval(`navigator.serviceWorker.getRegistration().then(r => r.update()).then(() => "")`)
	b.until("empty caches", `caches.keys().then(k => k.length === 0)`)
	w.offline.Store(true)
	if err := chromedp.Do(b.ctx, chromedp.Navigate(w.URL+"/ko/help/")); err == nil {
		t.Error("the page is still shown without a connection")
	}
}
