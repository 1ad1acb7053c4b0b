package test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// axe is the accessibility checker; it is put into each page by the tests
// alone.
func axe(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Skip("axe-core is not installed: run generator/test/setup.sh")
	}
	return string(data)
}

// audit runs rules of the checker on the page as it stands, and notes what they
// find: every rule, or those of some names as a list of JavaScript.
func (b *tab) audit(axe, rules, name string, notes map[string][]string) {
	b.t.Helper()
	if b.eval(`typeof axe`) == "undefined" {
		b.do(chromedp.Evaluate[chromedp.Void](axe + ";0"))
	}
	report := b.eval(`axe.run(document, {resultTypes: ["violations"], rules: {"label-content-name-mismatch": {enabled: false}}` + rules + `}).then(r => JSON.stringify(r.violations.map(
		v => ({id: v.id, help: v.help, nodes: v.nodes.map(n => n.html.slice(0, 160) + " " + (n.any[0] || n.all[0] || n.none[0] || {message: ""}).message)}))))`)
	var found []struct {
		ID, Help string
		Nodes    []string
	}
	if err := json.Unmarshal([]byte(report), &found); err != nil {
		b.t.Fatalf("%s: %v: %s", name, err, report)
	}
	for _, v := range found {
		what := fmt.Sprintf("%s: %s: %s", v.ID, v.Help, v.Nodes[0])
		notes[what] = append(notes[what], fmt.Sprintf("%s (%d times)", name, len(v.Nodes)))
	}
}

// addresses lists the pages of every kind in both languages, and the pages
// outside the languages.
func addresses() map[string]string {
	out := map[string]string{"index": "/", "missing": "/404.html"}
	for _, k := range kinds {
		for _, l := range langs {
			out[k.name+" "+l] = "/" + l + "/" + k.path
		}
	}
	return out
}

// pageViews are how a page is looked at: on a small phone and a desk, light and
// dark. Each language takes one half of the four, so that of every kind of page
// each width, each scheme and each language meets the others.
func pageViews(address string) []pageView {
	if strings.HasPrefix(address, "/en/") {
		return []pageView{{320, "dark"}, {1280, "light"}}
	}
	return []pageView{{320, "light"}, {1280, "dark"}}
}

type pageView struct {
	width  int64
	scheme string
}

// TestPages visits every kind of page once, in both languages, and asks what
// must hold of all of them: what it loads, what the console says, what the
// accessibility checker finds, that nothing scrolls sideways (320 px is a desk
// at 400 % zoom), and that the keyboard reaches everything and shows where it
// is.
func TestPages(t *testing.T) {
	checker := axe(t)
	w := serveFiles(t, sampleDir(t))
	browser := newBrowser(t)
	all := addresses()
	names := slices.Sorted(maps.Keys(all))
	var mu sync.Mutex
	notes := map[string][]string{}
	t.Run("all", func(t *testing.T) {
		for part := range 2 { // two tabs, since loading leaves a processor idle
			t.Run(fmt.Sprint(part), func(t *testing.T) {
				t.Parallel()
				b := open(t, browser)
				b.do(fresh())
				found := map[string][]string{}
				for i, name := range names {
					if i%2 == part {
						b.examine(w, checker, name, all[name], found)
					}
				}
				mu.Lock()
				defer mu.Unlock()
				for what, where := range found {
					notes[what] = append(notes[what], where...)
				}
			})
		}
	})
	for what, where := range notes {
		slices.Sort(where)
		t.Errorf("%s\n\ton %d views, such as %s", what, len(where), strings.Join(where[:min(4, len(where))], "; "))
	}
}

// fresh lets every page load as if it were the first that a reader sees.
func fresh() chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		if _, err := cdp.Call(ctx, t, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, t, network.SetBypassServiceWorker, network.SetBypassServiceWorkerParams{Bypass: true})
		return err
	})
}

// examine looks at a page in every way that TestPages names.
func (b *tab) examine(w *web, checker, name, address string, notes map[string][]string) {
	b.t.Helper()
	for i, v := range pageViews(address) {
		b.view(v.width, 800, v.scheme)
		if i == 0 {
			b.taken()
			b.visit(w.URL + address)
			b.until("the page", `document.readyState === "complete"`)
			b.firstView(name, w.URL)
		}
		where := fmt.Sprintf("%s at %d px, %s", name, v.width, v.scheme)
		b.fits(where)
		// The checker's own rule compares words between spaces, which takes
		// "3단계" for a word without 3.
		if wrong := b.eval(`[...document.querySelectorAll("a[aria-label], button[aria-label]")].filter(e => {
			const seen = [...e.querySelectorAll("text")].filter(x => x.getAttribute("visibility") !== "hidden").map(x => x.textContent).join(" ") || e.innerText || "";
			return /[\p{L}\p{N}]/u.test(seen) && !e.getAttribute("aria-label").includes(seen.trim()) }).map(e => e.outerHTML.slice(0, 200)).join("; ")`); wrong != "" {
			b.t.Errorf("%s: the name lacks the visible text: %s", where, wrong)
		}
		b.audit(checker, "", where, notes)
	}
	b.switches(name, address)
	b.keyboard(name)
	b.view(640, 800, "light")
	b.eval(`document.documentElement.style.fontSize = "200%", ""`)
	b.fits(name + " with text of 200 %")
}

// switches fails where the other language is not that of the same page.
func (b *tab) switches(name, address string) {
	b.t.Helper()
	for i, l := range langs {
		rest, ok := strings.CutPrefix(address, "/"+l+"/")
		if !ok {
			continue
		}
		if got, want := b.eval(`[...document.querySelectorAll(".header-switch a")].map(a => a.pathname).join(" ")`), "/"+langs[1-i]+"/"+rest; got != want {
			b.t.Errorf("%s: the other language is at %q, want %q", name, got, want)
		}
	}
}

// fits fails where a page scrolls sideways.
func (b *tab) fits(where string) {
	b.t.Helper()
	if over := b.eval(`(() => { const over = document.documentElement.scrollWidth - innerWidth; if (over <= 0) return "";
		const wide = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 3);
		return over + " px: " + wide.map(e => e.outerHTML.slice(0, 120)).join(" | ") })()`); over != "" {
		b.t.Errorf("%s scrolls sideways by %s", where, over)
	}
}

// firstView fails where a page loads more than one document, one style sheet
// and one script, or anything from other hosts, or where the console or the
// policy of the page complains.
func (b *tab) firstView(name, origin string) {
	b.t.Helper()
	requests := b.quiet(name, origin)
	count := map[string]int{}
	for _, r := range requests {
		kind, _, _ := strings.Cut(r, " ")
		count[kind]++
	}
	if count["Document"] != 1 || count["Stylesheet"] > 1 || count["Script"] > 1 || len(requests)-count["Image"] > 6 {
		b.t.Errorf("%s makes the requests %q", name, requests)
	}
}

// keyboard goes through a page by keyboard: the skip link comes first, every
// link and control is reached in the order of the page, shows that it has the
// focus, and is not hidden behind what stays on the screen.
func (b *tab) keyboard(name string) {
	b.t.Helper()
	b.do(chromedp.Evaluate[chromedp.Void](`window.seen = []; window.dull = []; window.behind = [];
		window.wanted = [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")].filter(
			e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.closest("[hidden]") === null && e.tabIndex >= 0);
		window.clear = e => [...e.getClientRects()].some(r => [[.5, .5], [.1, .5], [.9, .5]].some(([x, y]) => {
			const on = document.elementFromPoint(r.x + r.width * x, r.y + r.height * y);
			return on && (e.contains(on) || on.contains(e)) }));
		addEventListener("keydown", () => {
			const e = document.activeElement;
			if (e !== document.body && !e.closest("svg") && !clear(e)) behind.push(e.outerHTML.slice(0, 120));
		}, true);
		addEventListener("focusin", e => {
			const s = getComputedStyle(e.target);
			seen.push(e.target);
			if (parseFloat(s.outlineWidth) < 2 || s.outlineStyle === "none") dull.push(e.target.outerHTML.slice(0, 120));
		}); 0`))
	for range 12 {
		for range 5 {
			b.do(chromedp.KeyEvent("\t"))
		}
		if b.eval(`String(document.activeElement === document.body && seen.length > 0)`) == "true" {
			break
		}
	}
	if first := b.eval(`seen[0] ? seen[0].className : ""`); first != "skip" {
		b.t.Errorf("%s: the first stop of the keyboard is %q", name, first)
	}
	for what, list := range map[string]string{"no visible focus on": "dull", "the focus is hidden on": "behind"} {
		if got := b.eval(list + `.join("; ")`); got != "" {
			b.t.Errorf("%s: %s %s", name, what, got)
		}
	}
	if missed := b.eval(`(() => { const last = Math.max(...seen.map(e => wanted.indexOf(e)));
		return wanted.slice(0, last + 1).filter(e => !seen.includes(e) && !(e.type === "radio")).map(e => e.outerHTML.slice(0, 120)).join("; ") })()`); missed != "" {
		b.t.Errorf("%s: the keyboard does not reach %s", name, missed)
	}
}
