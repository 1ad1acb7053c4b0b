package test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

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

// TestAccessible: on every kind of page, in both languages, light and dark, on
// a small phone and a desk, the checker finds nothing, and nothing scrolls
// sideways.
func TestAccessible(t *testing.T) {
	checker := axe(t)
	w := serveFiles(t, sampleDir(t))
	b := open(t, newBrowser(t))
	notes := map[string][]string{}
	for name, address := range addresses() {
		for _, width := range []int64{320, 1280} {
			b.view(width, 800, "light")
			b.visit(w.URL + address)
			if over := b.eval(`(() => { const over = document.documentElement.scrollWidth - innerWidth; if (over <= 0) return "";
				const wide = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 3);
				return over + " px: " + wide.map(e => e.outerHTML.slice(0, 120)).join(" | ") })()`); over != "" {
				t.Errorf("%s at %d px scrolls sideways by %s", name, width, over)
			}
			// The checker's own rule compares words between spaces, which takes
			// "3단계" for a word without 3.
			if wrong := b.eval(`[...document.querySelectorAll("a[aria-label], button[aria-label]")].filter(e => {
				const seen = [...e.querySelectorAll("text")].filter(x => x.getAttribute("visibility") !== "hidden").map(x => x.textContent).join(" ") || e.innerText || "";
				return /[\p{L}\p{N}]/u.test(seen) && !e.getAttribute("aria-label").includes(seen.trim()) }).map(e => e.outerHTML.slice(0, 200)).join("; ")`); wrong != "" {
				t.Errorf("%s at %d px: the name lacks the visible text: %s", name, width, wrong)
			}
			b.audit(checker, "", fmt.Sprintf("%s at %d px", name, width), notes)
			b.do(b.media("", "dark")) // which changes colours alone
			b.audit(checker, `, runOnly: ["color-contrast", "link-in-text-block"]`, fmt.Sprintf("%s at %d px, dark", name, width), notes)
		}
	}
	for what, where := range notes {
		slices.Sort(where)
		t.Errorf("%s\n\ton %d views, such as %s", what, len(where), strings.Join(where[:min(4, len(where))], "; "))
	}
}

// TestAccessibleInUse: the checker finds nothing either while the job-offer
// check, the map, a search and the days of change are used, nor on a saved copy.
func TestAccessibleInUse(t *testing.T) {
	checker := axe(t)
	w := serveFiles(t, sampleDir(t))
	b := open(t, newBrowser(t))
	notes := map[string][]string{}
	for name, use := range map[string]struct{ path, act string }{
		"check":  {"scams/check/", `document.querySelectorAll("main input[type=checkbox]").forEach((box, i) => i < 3 && box.click())`},
		"map":    {"provinces/cambodia/", `document.querySelector(".map-place").focus()`},
		"days":   {"provinces/cambodia/", `document.querySelector("#days-previous").click()`},
		"search": {"search/", `(() => { const q = document.querySelector("main input"); q.value = "Kampot"; q.dispatchEvent(new Event("input", {bubbles: true})) })()`},
	} {
		for _, l := range langs {
			b.view(360, 800, "light")
			b.visit(w.URL + "/" + l + "/" + use.path)
			b.eval("(" + use.act + ", '')")
			b.audit(checker, "", name+" "+l, notes)
		}
	}
	b.visit(w.URL + "/ko/")
	b.ready()
	w.offline.Store(true)
	b.visit(w.URL + "/ko/help/")
	b.audit(checker, "", "saved copy", notes)
	for what, where := range notes {
		t.Errorf("%s\n\ton %s", what, strings.Join(where, "; "))
	}
}

// TestFirstView: each page loads one document, at most one style sheet and one
// script, nothing from other hosts, and nobody complains: not the console, not
// the policy of the page.
func TestFirstView(t *testing.T) {
	w := serveFiles(t, sampleDir(t))
	browser := newBrowser(t)
	host, _ := url.Parse(w.URL)
	for name, address := range addresses() {
		b := open(t, browser)
		b.do(chromedp.Navigate(w.URL + address))
		b.until("the page", `document.readyState === "complete"`)
		requests, messages := b.taken()
		count := map[string]int{}
		for _, r := range requests {
			kind, address, _ := strings.Cut(r, " ")
			count[kind]++
			if u, err := url.Parse(address); err != nil || u.Host != host.Host {
				t.Errorf("%s asks for %s", name, address)
			}
		}
		if count["Document"] != 1 || count["Stylesheet"] > 1 || count["Script"] > 1 || len(requests) > 6 {
			t.Errorf("%s makes the requests %q", name, requests)
		}
		for _, m := range messages {
			t.Errorf("%s: %s", name, m)
		}
		if err := chromedp.Do(b.ctx, chromedp.Stop()); err != nil {
			t.Error(err)
		}
	}
}

// TestKeyboard: the keyboard reaches every link and control, in the order of
// the page, and each shows that it has the focus; the skip link comes first.
func TestKeyboard(t *testing.T) {
	w := serveFiles(t, sampleDir(t))
	b := open(t, newBrowser(t))
	for name, address := range addresses() {
		b.view(1280, 900, "light")
		b.visit(w.URL + address)
		b.do(chromedp.Evaluate[chromedp.Void](`window.seen = []; window.dull = [];
			window.wanted = [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")].filter(
				e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.closest("[hidden]") === null && e.tabIndex >= 0);
			addEventListener("focusin", e => {
				const s = getComputedStyle(e.target);
				seen.push(e.target);
				if (parseFloat(s.outlineWidth) < 2 || s.outlineStyle === "none") dull.push(e.target.outerHTML.slice(0, 120));
			}); 0`))
		for range 400 {
			b.do(chromedp.KeyEvent("\t"))
			if b.eval(`String(document.activeElement === document.body && seen.length > 0 || seen.length >= 60)`) == "true" {
				break
			}
		}
		if first := b.eval(`seen[0] ? seen[0].className : ""`); first != "skip" {
			t.Errorf("%s: the first stop of the keyboard is %q", name, first)
		}
		if dull := b.eval(`dull.join("; ")`); dull != "" {
			t.Errorf("%s: no visible focus on %s", name, dull)
		}
		if missed := b.eval(`(() => { const last = wanted.indexOf(seen[seen.length - 1]);
			return wanted.slice(0, last + 1).filter(e => !seen.includes(e) && !(e.type === "radio")).map(e => e.outerHTML.slice(0, 120)).join("; ") })()`); missed != "" {
			t.Errorf("%s: the keyboard does not reach %s", name, missed)
		}
	}
}
