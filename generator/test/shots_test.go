package test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestShots pictures every kind of page for people to look at: on a phone and a
// desk, in both languages, light, dark and printed. It runs with make shots
// and prints the folder.
func TestShots(t *testing.T) {
	if os.Getenv("BONGSU_SHOTS") == "" {
		t.Skip("run make shots")
	}
	dir, err := os.MkdirTemp("", "bongsu-shots-")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("shots:", dir)
	w := serveFiles(t, sampleDir(t))
	b := open(t, newBrowser(t))
	for name, address := range addresses() {
		file := func(view, ext string) string {
			return filepath.Join(dir, strings.ReplaceAll(name, " ", "-")+"-"+view+ext)
		}
		for _, width := range []int64{360, 1280} {
			for _, scheme := range []string{"light", "dark"} {
				b.view(width, 800, scheme)
				b.visit(w.URL + address)
				b.save(file(fmt.Sprintf("%d-%s", width, scheme), ".png"), b.whole())
			}
		}
		b.save(file("print", ".pdf"), chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize()))
	}
}

// whole pictures the whole page, not only what the window shows.
func (b *tab) whole() chromedp.Action[[]byte] {
	return func(ctx context.Context, t *chromedp.Target) ([]byte, error) {
		beyond := true
		r, err := cdp.Call(ctx, t, page.CaptureScreenshot, page.CaptureScreenshotParams{CaptureBeyondViewport: &beyond})
		return r.Data, err
	}
}

func (b *tab) save(file string, picture chromedp.Action[[]byte]) {
	b.t.Helper()
	data, err := chromedp.Run(b.ctx, picture)
	if err == nil {
		err = os.WriteFile(file, data, 0o644)
	}
	if err != nil {
		b.t.Fatalf("%s: %v", file, err)
	}
}

// sheet is the object of a page in a PDF.
var sheet = regexp.MustCompile(`/Type\s*/Page[^s]`)

// TestPrint: an advisory fits one sheet of A4 (the longest two, since no type is
// smaller than 9 pt), and the help page two, with a card to cut out that has the
// numbers and a code; menus are not printed.
func TestPrint(t *testing.T) {
	t.Parallel()
	w := serveFiles(t, sampleDir(t))
	b := open(t, newBrowser(t))
	for address, most := range map[string]int{
		"/ko/advisories/phnom-penh-lowered.html": 1, "/en/advisories/thai-border-50km-level-3.html": 1, "/en/advisories/korea-desk-opened.html": 1,
		"/ko/advisories/travel-ban-bokor-bavet-poipet.html": 2, "/en/advisories/travel-ban-bokor-bavet-poipet.html": 2,
		"/ko/help/": 2, "/en/help/": 2,
	} {
		b.visit(w.URL + address)
		pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize()))
		if err != nil {
			t.Fatal(err)
		}
		if n := len(sheet.FindAll(pdf, -1)); n < 1 || n > most || !bytes.HasPrefix(pdf, []byte("%PDF")) {
			t.Errorf("%s prints on %d sheets, want at most %d", address, n, most)
		}
		b.do(b.media("print", "light"))
		shown := func(selector string) bool {
			return b.eval(`String([...document.querySelectorAll("`+selector+`")].some(e => e.checkVisibility()))`) == "true"
		}
		for _, menu := range []string{".nav", ".header-help", ".skip:not(:focus)", ".copy-button"} {
			if shown(menu) {
				t.Errorf("%s prints %s", address, menu)
			}
		}
		if small := b.eval(`[...document.querySelectorAll("body *")].filter(e => e.checkVisibility() && !e.closest(".card, sup, .flag") && parseFloat(getComputedStyle(e).fontSize) < 11.9 &&
			[...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())).map(e => e.outerHTML.slice(0, 80)).join("; ")`); small != "" {
			t.Errorf("%s prints below 9 pt: %s", address, small)
		}
		if strings.Contains(address, "help") && !(shown(".card .qr") && shown(".card li strong")) {
			t.Errorf("%s prints no card with a code and numbers", address)
		}
		b.do(b.media("", "light"))
	}
}

// TestHelpFirstScreen: the first screen of a small phone shows a number that can
// be called, and the way out stands at the top right.
func TestHelpFirstScreen(t *testing.T) {
	t.Parallel()
	w := serveFiles(t, sampleDir(t))
	b := open(t, newBrowser(t))
	for _, l := range langs {
		b.view(360, 640, "light")
		b.visit(w.URL + "/" + l + "/help/")
		if got := b.eval(`(() => { const r = document.querySelector(".contact-call").getBoundingClientRect();
			return r.bottom <= innerHeight && r.height >= 44 ? "" : r.top + " to " + r.bottom })()`); got != "" {
			t.Errorf("%s: the first number stands at %s of 640 px", l, got)
		}
		if got := b.eval(`(() => { const r = document.querySelector(".exit-link").getBoundingClientRect();
			return r.right > innerWidth - 24 && r.bottom < 160 && r.height >= 24 ? "" : JSON.stringify(r) })()`); got != "" {
			t.Errorf("%s: the way out stands at %s", l, got)
		}
	}
}

// TestExit: the way out leaves no page to come back to.
func TestExit(t *testing.T) {
	t.Parallel()
	w := serveFiles(t, sampleDir(t))
	b := open(t, newBrowser(t))
	b.visit(w.URL + "/ko/")
	b.visit(w.URL + "/ko/help/")
	b.eval(`document.querySelector(".exit-link").href = "` + w.URL + `/404.html", ""`)
	b.do(chromedp.Click(chromedp.CSS(".exit-link")))
	b.until("the other page", `location.pathname === "/404.html"`)
	b.eval(`history.back(), ""`) // the page may come back as it was, without being loaded
	b.until("the page before", `location.pathname === "/ko/"`)
}

// TestCopy: a message to copy has a button that copies just the message, and
// says so.
func TestCopy(t *testing.T) {
	t.Parallel()
	w := serveFiles(t, sampleDir(t))
	b := open(t, newBrowser(t))
	b.visit(w.URL + "/ko/help/")
	b.eval(`addEventListener("copy", () => window.copied = String(getSelection())), ""`)
	b.do(chromedp.Click(chromedp.CSS("pre.copy + button")))
	if got, want := b.eval(`window.copied || ""`), b.eval(`document.querySelector("pre.copy").innerText`); strings.TrimSpace(got) != strings.TrimSpace(want) || want == "" {
		t.Errorf("copied %q, want %q", got, want)
	}
	if got := b.eval(`document.querySelector(".copy-done").textContent`); got != "복사했습니다" {
		t.Errorf("the page says %q", got)
	}
	b.do(b.scripts(false))
	b.visit(w.URL + "/ko/help/")
	b.do(b.scripts(true))
	if n := b.eval(`String(document.querySelectorAll("button").length)`); n != "0" {
		t.Errorf("without scripts there are %s buttons that do nothing", n)
	}
}
