package model

import (
	"strings"
	"testing"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/source"
)

func TestLocate(t *testing.T) {
	for _, c := range []struct {
		path             string
		kind, slug, lang string
		code             string
	}{
		{"content/advisories/2025/travel-ban.ko.md", "advisories", "travel-ban", "ko", ""},
		{"content/advisories/travel-ban.en.md", "advisories", "travel-ban", "en", ""},
		{"content/scams/a.ko.md", "scams", "a", "ko", ""},
		{"content/pages/help.zh-Hant.md", "pages", "help", "zh-hant", ""},
		{"content/provinces/cambodia/kampot.ko.md", "provinces", "cambodia/kampot", "ko", ""},
		{"content/travel-ban.ko.md", "", "", "", "unknown-kind"},
		{"content/notices/travel-ban.ko.md", "", "", "", "unknown-kind"},
		{"content/advisories/2025/travel-ban.md", "", "", "", "bad-file-name"},
		{"content/advisories/2025/travel_ban.ko.md", "", "", "", "bad-file-name"},
		{"content/advisories/2025/Travel.ko.md", "", "", "", "bad-file-name"},
		{"content/advisories/2025/여행.ko.md", "", "", "", "bad-file-name"},
		{"content/advisories/2025/travel-.ko.md", "", "", "", "bad-file-name"},
		{"content/advisories/2025/travel.korean.md", "", "", "", "bad-file-name"},
		{"content/advisories/2025/10/travel-ban.ko.md", "", "", "", "bad-file-name"},
		{"content/provinces/kampot.ko.md", "", "", "", "bad-file-name"},
		{"content/provinces/cambodia/x/kampot.ko.md", "", "", "", "bad-file-name"},
	} {
		kind, slug, lang, d := Locate(c.path)
		switch {
		case d != nil:
			if string(d.Code) != c.code || d.Pos.File != c.path || d.Hint == "" {
				t.Errorf("%s: %v", c.path, d)
			}
		case c.code != "" || kind.ID != c.kind || slug != c.slug || lang != c.lang:
			t.Errorf("%s: %s %s %s", c.path, kind.ID, slug, lang)
		}
	}
}

func TestLocateRevision(t *testing.T) {
	for _, c := range []struct {
		path, of, slug, lang string
		n                    int
	}{
		{"content/advisories/2025/revisions/travel-ban.ko.r2.md", "content/advisories/2025/travel-ban.ko.md", "travel-ban", "ko", 2},
		{"content/pages/revisions/help.en.r12.md", "content/pages/help.en.md", "help", "en", 12},
		{"content/provinces/cambodia/revisions/kampot.ko.r1.md", "content/provinces/cambodia/kampot.ko.md", "cambodia/kampot", "ko", 1},
		{path: "content/advisories/2025/revisions/travel-ban.ko.md"},
		{path: "content/advisories/2025/revisions/travel-ban.ko.r0.md"},
		{path: "content/advisories/2025/revisions/travel-ban.ko.r01.md"},
		{path: "content/advisories/2025/revisions/travel-ban.r1.md"},
		{path: "content/advisories/2025/revisions/x/travel-ban.ko.r1.md"},
		{path: "content/notices/revisions/travel-ban.ko.r1.md"},
	} {
		r, d := LocateRevision(c.path)
		if d != nil {
			if c.of != "" || d.Pos.File != c.path || d.Hint == "" {
				t.Errorf("%s: %v", c.path, d)
			}
			continue
		}
		if r.Of != c.of || r.Slug != c.slug || r.Lang != c.lang || r.N != c.n || r.Path != c.path {
			t.Errorf("%s: %+v", c.path, r)
		}
	}
}

func markdown(t testing.TB, text string) source.File {
	t.Helper()
	f, diags := source.ParseMarkdown(source.Raw{Path: "content/advisories/a.ko.md", Data: []byte(text)})
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	return f
}

func TestDecodeDoc(t *testing.T) {
	const text = `---
title: " 여행
  금지 "
summary: >
  가지
  마십시오.
issued: 2025-10-15T18:00
categories: [crime]
levels:
  - {level: 4, places: [KH-7/bokor]}
  - {level: "2", places: [KH], except: [KH-1]}
changes:
  - {at: 2025-10-20, note: 고침}
  - {at: 2025-11-20, note: 끝, major: true}
aliases: [old, older]
withdrawn: {at: 2025-12-01, reason: 잘못}
---
본문`
	d, diags := DecodeDoc(markdown(t, text), KindOf("advisories"), "a", "ko", context)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if d.Title != "여행 금지" || d.Summary != "가지 마십시오." {
		t.Errorf("title %q, summary %q", d.Title, d.Summary)
	}
	if !d.Advisory.Effective.Equal(d.Issued.Time) || d.Issued.Format(time.RFC3339) != "2025-10-15T18:00:00+09:00" {
		t.Errorf("issued %v, effective %v", d.Issued, d.Advisory.Effective)
	}
	if d.Revision() != 3 || !d.Changes[1].Major || d.Changes[0].Major {
		t.Errorf("revision %d of %+v", d.Revision(), d.Changes)
	}
	if m := d.Advisory.Levels; len(m) != 2 || m[0].Level.ID != "4" || m[1].Level.ID != "2" || m[1].Except[0].ID != "KH-1" || m[1].Places[0].Pos.Line != 11 {
		t.Errorf("levels %+v", m)
	}
	if d.AliasAt[1].Line != 15 || d.AliasAt[1].Col != 16 || d.Has["withdrawn"].Line != 16 {
		t.Errorf("positions %v, %v", d.AliasAt, d.Has["withdrawn"])
	}
	if f := d.CheckSource(); len(f) > 0 {
		t.Error(f)
	}
}

// TestSharedFields holds for every field of every kind whether a translation
// may carry it (content-model.md, "Layout").
func TestSharedFields(t *testing.T) {
	free := map[string]bool{"title": true, "summary": true, "translates": true, "changes": true, "legal": true, "withdrawn": true}
	for _, k := range Kinds {
		for _, f := range k.fields {
			src := Doc{Kind: k, Path: "a.ko.md", Has: markdownHas("withdrawn", "legal")}
			d := Doc{Kind: k, Path: "a.en.md", Has: markdownHas(f.key)}
			if found := d.CheckTranslation(&src); (len(found) == 0) != free[f.key] {
				t.Errorf("%s, field %q: %v", k.ID, f.key, found)
			}
		}
	}
}

func TestSharedFieldNamesItsPlace(t *testing.T) {
	src, _ := DecodeDoc(markdown(t, "---\ntitle: x\nsummary: y\nissued: 2025-01-01\n---\n"), KindOf("pages"), "a", "ko", context)
	d := Doc{Kind: src.Kind, Path: "a.en.md", Has: markdownHas("issued")}
	found := d.CheckTranslation(src)
	if len(found) != 1 || !strings.Contains(found[0].Hint, "content/advisories/a.ko.md:4:1") {
		t.Error(found)
	}
}

// markdownHas gives positions for keys, as a file that carries them.
func markdownHas(keys ...string) map[string]diag.Position {
	has := map[string]diag.Position{}
	for i, k := range keys {
		has[k] = diag.Position{File: "a.en.md", Line: i + 2, Col: 1}
	}
	return has
}
