package test

import (
	"bytes"
	"compress/gzip"
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// zipped gives the size of an output file as servers commonly send it.
func zipped(t testing.TB, file string) int {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

// quiet fails where a page said something to the console, broke a policy, or
// asked another host.
func (b *tab) quiet(what, origin string) (requests []string) {
	b.t.Helper()
	requests, messages := b.taken()
	for _, m := range messages {
		b.t.Errorf("%s: %s", what, m)
	}
	for _, r := range requests {
		if _, address, _ := strings.Cut(r, " "); !strings.HasPrefix(address, origin+"/") {
			b.t.Errorf("%s: request %s", what, r)
		}
	}
	return requests
}

const (
	found    = `[...document.querySelectorAll("#search-results .item-title a")].map(a => a.textContent).join("\n")`
	hasFound = `document.getElementById("search-count").textContent !== ""`
	// ask types a query as one piece, as an input method does.
	ask = `(q => { const f = document.getElementById("search-q"); document.getElementById("search-count").textContent = ""; f.value = q; f.dispatchEvent(new Event("input")); return ""; })`
)

// TestSearch: places and records are found in every language and script, with
// particles, by aliases, with marked hits and badges; a query goes nowhere.
func TestSearch(t *testing.T) {
	t.Parallel()
	w := serveFiles(t, sampleDir(t))
	b := open(t, newBrowser(t))
	for _, c := range []struct{ lang, query, first, mark, badge string }{
		{"ko", "시아누크빌에서", "시하누크빌주", "시아누크빌", "3"},
		{"ko", "시하누크빌주로", "시하누크빌주", "시하누크빌주", "3"},
		{"ko", "캄폿", "캄폿주", "캄폿", ""},
		{"ko", "깜뽓에서는", "캄폿주", "깜뽓", ""},
		{"ko", "Kampot", "캄폿주", "Kampot", ""},
		{"ko", "កំពត", "캄폿주", "កំពត", ""},
		{"ko", "ខេត្តកំពត", "", "", ""},
		{"ko", "껩", "껩주", "껩", ""},
		{"ko", "보코산", "보코산 지역", "보코산", "4"},
		{"ko", "프놈팬", "프놈펜시", "", ""}, // misspelt
		{"en", "sihanoukville", "Preah Sihanouk", "Sihanoukville", "3"},
		{"en", "KRATIE", "Kratie", "Kratie", ""},
		{"en", "bavet ban", "Travel ban", "ban", "4"},
		{"en", "កំពត", "Kampot", "កំពត", ""},
		{"en", "캄폿", "Kampot", "캄폿", ""},
	} {
		b.visit(w.URL + "/" + c.lang + "/search/#q=" + url.QueryEscape(c.query))
		b.do(chromedp.Reload())
		b.until(c.query+" to be found", hasFound)
		first, _, _ := strings.Cut(b.eval(found), "\n")
		if !strings.HasPrefix(first, c.first) || (first == "") != (c.first == "") {
			t.Errorf("%s %q finds %q first, want %q", c.lang, c.query, first, c.first)
		}
		item := `#search-results > li:first-child`
		if c.mark != "" && !strings.Contains(b.eval(`[...document.querySelectorAll("`+item+` mark")].map(m => m.textContent).join("|")`), c.mark) {
			t.Errorf("%s %q does not mark %q", c.lang, c.query, c.mark)
		}
		if c.badge != "" && b.eval(`document.querySelector("`+item+` .flag b").textContent`) != c.badge {
			t.Errorf("%s %q: no badge %q", c.lang, c.query, c.badge)
		}
		for _, r := range b.quiet(c.query, w.URL) {
			if _, address, _ := strings.Cut(r, " "); strings.Contains(address[len(w.URL):], url.QueryEscape(c.query)) && !strings.Contains(address, "#") {
				t.Errorf("the query went out: %s", r)
			}
		}
	}
}

// TestSearchKeys: the whole search works by keyboard, its address can be
// linked, and a change of language keeps the query.
func TestSearchKeys(t *testing.T) {
	t.Parallel()
	w := serveFiles(t, sampleDir(t))
	b := open(t, newBrowser(t))
	b.visit(w.URL + "/en/")
	b.do(chromedp.Click(".home-search a"))
	b.until("the field in focus", `document.activeElement.id === "search-q"`)
	b.do(chromedp.KeyEvent("bavet"), chromedp.KeyEvent(kb.Enter))
	b.until("the first result in focus", `document.activeElement.matches("#search-results > li:first-child a")`)
	b.do(chromedp.KeyEvent(kb.ArrowDown))
	if b.eval(`String(document.activeElement.matches("#search-results > li:nth-child(2) a"))`) != "true" {
		t.Error("the arrow does not lead to the second result")
	}
	b.do(chromedp.KeyEvent(kb.ArrowUp), chromedp.KeyEvent(kb.ArrowUp))
	if b.eval(`document.activeElement.id`) != "search-q" {
		t.Error("the arrow does not lead back to the field")
	}
	b.do(chromedp.KeyEvent(kb.ArrowDown), press("/"))
	if b.eval(`document.activeElement.id + document.activeElement.value`) != "search-qbavet" {
		t.Error("/ does not lead to the field")
	}
	if got := b.eval(`location.hash + document.querySelector(".header-switch a").hash`); got != "#q=bavet#q=bavet" {
		t.Errorf("address and language switch carry %q", got)
	}
	b.eval(ask + `("zzzz")`)
	b.until("no result", `document.getElementById("search-count").textContent.startsWith("Nothing")`)
	if b.eval(`String(document.getElementById("search-browse").hidden)`) != "false" {
		t.Error("without results there is no way on")
	}
	b.quiet("keys", w.URL)
}

// press presses a key that writes a character; what the page does with the key
// decides whether it is written, as with a real keyboard.
func press(key string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		for _, kind := range []input.DispatchKeyEventType{"keyDown", "keyUp"} {
			if _, err := cdp.Call(ctx, t, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kind, Key: key, Text: key}); err != nil {
				return err
			}
		}
		return nil
	})
}

// TestSearchBudget: a first query moves less than 100 kB, compressed, in all.
func TestSearchBudget(t *testing.T) {
	t.Parallel()
	dir := sampleDir(t)
	w := serveFiles(t, dir)
	b := open(t, newBrowser(t))
	for _, query := range []string{"/ko/search/#q=시아누크빌에서 취업", "/en/search/#q=travel ban border job"} {
		b.taken()
		b.visit(w.URL + query)
		b.do(chromedp.Reload())
		b.until("results", hasFound)
		requests, _ := b.taken()
		sum, files := 0, map[string]bool{}
		for _, r := range requests {
			_, address, _ := strings.Cut(r, " ")
			u, err := url.Parse(address)
			if err != nil {
				t.Fatal(err)
			}
			name := strings.TrimPrefix(u.Path, "/")
			if strings.HasSuffix(name, "/") {
				name += "index.html"
			}
			if !files[name] && !strings.HasPrefix(name, "sw.js") {
				files[name] = true
				sum += zipped(t, filepath.Join(dir, name))
			}
		}
		t.Logf("%s: %d files, %d bytes", query, len(files), sum)
		if sum > 100_000 || len(files) < 5 {
			t.Errorf("%s moves %d bytes in %d files", query, sum, len(files))
		}
	}
}

// TestCheck: the judgement follows the ticks, says why and what is alike, and
// nothing of it is kept.
func TestCheck(t *testing.T) {
	t.Parallel()
	w := serveFiles(t, sampleDir(t))
	b := open(t, newBrowser(t))
	for _, lang := range langs {
		b.visit(w.URL + "/" + lang + "/scams/check/")
		title := b.eval(`document.title`)
		for _, word := range []string{"사기", "scam", "Scam"} {
			if strings.Contains(title, word) {
				t.Errorf("the title %q is not neutral", title)
			}
		}
		shown := func() string {
			return b.eval(`[...document.querySelectorAll(".outcome-line")].filter(e => e.checkVisibility()).map(e => e.className).join()`)
		}
		tick := func(id string) { b.eval(`(document.getElementById("` + id + `").click(), "")`) }
		for _, step := range []struct{ tick, want string }{
			{"", "none"}, {"flag-telegram-only", "verify"}, {"flag-no-contact", "stop"}, {"flag-no-contact", "verify"},
			{"flag-prepaid-flight", "stop"}, {"flag-prepaid-flight", "verify"}, {"flag-passport-held", "stop"},
		} {
			if step.tick != "" {
				tick(step.tick)
			}
			if got := shown(); !strings.HasSuffix(got, "outcome-"+step.want) {
				t.Errorf("%s: after %q: %q, want %q", lang, step.tick, got, step.want)
			}
		}
		tick("channel-telegram")
		if n := b.eval(`String(document.querySelectorAll("#check-why li").length)`); n != "2" {
			t.Errorf("%s: %s reasons, want 2", lang, n)
		}
		if b.eval(`document.getElementById("check-status").textContent`) == "" {
			t.Errorf("%s: nothing is announced", lang)
		}
		alike := b.eval(`[...document.querySelectorAll(".similar")].filter(e => e.checkVisibility()).map(e => e.querySelector("a").getAttribute("href") + e.querySelector(".similar-why").textContent).join("\n")`)
		if n := strings.Count(alike, ".html"); n == 0 || n > 3 || !strings.HasSuffix(alike, "/ "+channelName[lang]) {
			t.Errorf("%s: alike: %q", lang, alike)
		}
		b.eval(`(document.getElementById("check-reset").click(), "")`)
		if got := b.eval(`String(document.querySelectorAll(":checked").length)`) + shown(); got != "0outcome-line outcome-none" {
			t.Errorf("%s: after the reset: %q", lang, got)
		}
		tick("flag-passport-held")
		b.visit(w.URL + "/" + lang + "/")
		b.eval(`(history.back(), "")`)
		b.until("the check again", `document.getElementById("check-status")?.textContent !== ""`)
		if got := b.eval(`document.querySelectorAll(":checked").length + localStorage.length + sessionStorage.length + document.cookie`); got != "0" {
			t.Errorf("%s: something is kept: %q", lang, got)
		}
		b.quiet("check", w.URL)
	}
}

var channelName = map[string]string{"ko": "텔레그램", "en": "Telegram"}

// TestQuickExit: the link and the key pressed three times leave the page, and
// the way back does not lead to it.
func TestQuickExit(t *testing.T) {
	t.Parallel()
	w := serveFiles(t, sampleDir(t))
	b := open(t, newBrowser(t))
	for how, leave := range map[string]func(){
		"link": func() { b.eval(`(document.querySelector(".exit-link").click(), "")`) },
		"keys": func() { b.do(chromedp.KeyEvent(kb.Escape), chromedp.KeyEvent(kb.Escape), chromedp.KeyEvent(kb.Escape)) },
	} {
		b.visit(w.URL + "/ko/")
		b.visit(w.URL + "/ko/scams/check/")
		b.eval(`(document.querySelector(".exit-link").href = "/ko/levels/", "")`)
		leave()
		b.until(how+" to leave", `location.pathname === "/ko/levels/"`)
		b.eval(`(history.back(), "")`)
		b.until(how+": the way back to lead past the check", `location.pathname === "/ko/"`)
	}
}

// TestDays: the slider draws the map of each day of change and tells what
// changed, by keyboard too.
func TestDays(t *testing.T) {
	t.Parallel()
	w := serveFiles(t, sampleDir(t))
	b := open(t, newBrowser(t))
	for lang, words := range map[string]struct{ place, low, high, past string }{
		"ko": {"프놈펜시", "특별여행주의보", "여행자제", "지난 지도"},
		"en": {"Phnom Penh", "Special", "Reconsider", "past"},
	} {
		b.visit(w.URL + "/" + lang + "/provinces/cambodia/")
		place := `document.querySelector(".map-place[href*='phnom-penh']")`
		whole := `document.querySelector(".map-picture").innerHTML.replace(/\s+/g, " ")`
		before := b.eval(whole)
		now := b.eval(place + `.getAttribute("aria-label")`)
		b.eval(`(document.getElementById("days-range").focus(), "")`)
		b.do(chromedp.KeyEvent(kb.Home))
		if got := b.eval(place + `.getAttribute("class") + " " + ` + place + `.querySelector(".map-digit, .map-outside").textContent`); got != "map-place level-1 1" {
			t.Errorf("%s: before the first change the map draws %q", lang, got)
		}
		if got := b.eval(`String(document.querySelectorAll(".map-marks > g").length)`); got != "0" {
			t.Errorf("%s: before the first change the map has %s marks", lang, got)
		}
		seen := map[string]bool{}
		last := b.eval(`document.getElementById("days-range").max`)
		for range 40 {
			b.do(chromedp.KeyEvent(kb.ArrowRight))
			seen[b.eval(place+`.getAttribute("aria-label")`)] = true
			for _, need := range []string{`document.getElementById("days-range").getAttribute("aria-valuetext")`, `document.getElementById("days-shown").innerText`} {
				if b.eval(need) == "" {
					t.Errorf("%s: %s is empty", lang, need)
				}
			}
			if bad := b.eval(`[...document.querySelectorAll(".map-land")].map(l => l.getAttribute("fill").slice(5, -1)).filter(id => !document.getElementById(id)).join()`); bad != "" {
				t.Errorf("%s: patterns %s are missing", lang, bad)
			}
			if b.eval(`document.getElementById("days-range").value`) == last {
				break
			}
		}
		if !seen[words.place+", "+now[len(words.place)+2:]] || len(seen) < 3 {
			t.Errorf("%s: %s was drawn as %v", lang, words.place, seen)
		}
		b.do(chromedp.KeyEvent(kb.Home))
		b.until("the announcement", `document.getElementById("days-status").textContent !== ""`)
		if got := b.eval(`document.getElementById("days-date").textContent`); !strings.Contains(got, words.past) {
			t.Errorf("%s: an old map is marked %q", lang, got)
		}
		b.eval(`(document.getElementById("days-back").click(), "")`)
		if after := b.eval(whole); after != before {
			t.Errorf("%s: back at now the map differs from the page's own", lang)
		}
		b.quiet("days", w.URL)
	}
}

// TestReaderWithoutScripts: search, check and country page make sense without
// scripts.
func TestReaderWithoutScripts(t *testing.T) {
	t.Parallel()
	w := serveFiles(t, sampleDir(t))
	b := open(t, newBrowser(t))
	b.visit("about:blank")
	visible := func(selector string) string {
		return `String([...document.querySelectorAll("` + selector + `")].some(e => e.checkVisibility()))`
	}
	for _, lang := range langs {
		for page, want := range map[string]map[string]string{
			"search/":             {"#search": "false", ".search-off": "true", "#search-browse a": "true"},
			"scams/check/":        {".check-box": "true", "#check-channels": "false", "#check-result": "false", ".similar a": "true", ".outcome-none": "true", ".outcome-stop": "false", "#check-reset": "false"},
			"provinces/cambodia/": {"#days-control": "false", ".days-list summary": "true", "#days .event a": "false"},
		} {
			b.do(b.scripts(false))
			b.visit(w.URL + "/" + lang + "/" + page)
			for selector, shown := range want {
				if got := b.eval(visible(selector)); got != shown {
					t.Errorf("%s/%s: %s shown: %s, want %s", lang, page, selector, got, shown)
				}
			}
			if page == "scams/check/" {
				b.do(chromedp.Click("#flag-passport-held"))
				if b.eval(visible(".outcome-stop")) != "true" {
					t.Errorf("%s: a heavy sign does not say stop", lang)
				}
			}
			b.quiet(page, w.URL)
		}
	}
}

// TestReaderAccessible: the checker finds nothing in the search, the check, the
// slider and the map while they are in use, nor on a saved copy, light and dark,
// and nothing scrolls sideways on the smallest phone.
func TestReaderAccessible(t *testing.T) {
	t.Parallel()
	checker := axe(t)
	w := serveFiles(t, sampleDir(t))
	b := open(t, newBrowser(t))
	notes := map[string][]string{}
	examine := func(lang, page, use, scheme string) {
		b.view(320, 800, scheme)
		b.visit("about:blank")
		b.visit(w.URL + "/" + lang + "/" + page)
		b.until(page+" in use", use)
		b.fits(lang + "/" + page)
		b.audit(checker, "", lang+"/"+page+" "+scheme, notes)
	}
	for lang, schemes := range map[string][2]string{"ko": {"light", "dark"}, "en": {"dark", "light"}} {
		for page, use := range map[string]string{
			"search/#q=bavet":     hasFound,
			"scams/check/":        `["flag-passport-held", "flag-telegram-only", "channel-telegram"].map(i => document.getElementById(i).click()).length === 3`,
			"provinces/cambodia/": `(() => { const r = document.getElementById("days-range"); r.value = 3; r.dispatchEvent(new Event("input")); document.querySelector(".days-list").open = true; return true })()`,
		} {
			examine(lang, page, use, schemes[0])
		}
		examine(lang, "search/#q=zzzz", hasFound, schemes[1])
		examine(lang, "provinces/cambodia/", `(document.querySelector(".map-place").focus(), true)`, schemes[1])
	}
	b.ready()
	w.offline.Store(true)
	examine("ko", "help/", barText+` !== ""`, "light")
	examine("en", "help/", barText+` !== ""`, "dark")
	for what, where := range notes {
		t.Errorf("%s\n\t%s", what, strings.Join(where, "; "))
	}
}

// TestReaderBudgets holds what pages may weigh, compressed (standards OFF-02).
func TestReaderBudgets(t *testing.T) {
	dir := sampleDir(t)
	scripts, err := filepath.Glob(filepath.Join(dir, "assets", "*.js"))
	if err != nil || len(scripts) < 4 {
		t.Fatal(err, scripts)
	}
	for _, f := range scripts {
		if n := zipped(t, f); n > 10_000 {
			t.Errorf("%s: %d bytes", filepath.Base(f), n)
		} else {
			t.Logf("%s: %d bytes", filepath.Base(f), n)
		}
	}
	for _, lang := range langs {
		if n := zipped(t, filepath.Join(dir, lang, "provinces/cambodia/index.html")); n > 60_000 {
			t.Errorf("%s country page: %d bytes", lang, n)
		} else {
			t.Logf("%s country page: %d bytes", lang, n)
		}
	}
}
