// Package hugo writes the site of package corpus in the layout of Hugo, with
// templates that make the same kinds of pages, lists and feeds as Bongsu. It is
// written as somebody would who knows Hugo well: what pages share is cached.
//
// In: a corpus with one country. Out: a folder that hugo builds. Texts are the
// same; addresses in links are written as Hugo finds pages.
package hugo

import (
	"embed"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"bongsu/generator/bench/corpus"
)

//go:embed all:site
var site embed.FS

// Write writes the site into dir.
func Write(dir string, c corpus.Corpus) error {
	f := &corpus.Folder{Dir: dir}
	err := fs.WalkDir(site, "site", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := site.ReadFile(name)
		f.Write(strings.TrimPrefix(name, "site/"), string(data))
		return err
	})
	if err != nil {
		return err
	}
	countries, err := c.Places()
	if err != nil {
		return err
	}
	country := countries[0]
	f.Dir = filepath.Join(dir, "content")
	lists(f, country)
	years := map[int]bool{}
	for r := range c.Records(countries[:1]) {
		name := r.Folder + "/" + r.Name
		if r.Folder == "advisories" {
			name = fmt.Sprintf("advisories/%d/%s", r.Issued.Year(), r.Name)
			years[r.Issued.Year()] = true
		}
		links := strings.NewReplacer("]("+r.Province.Code+")", "](/places/"+r.Province.Slug+")")
		for _, lang := range corpus.Langs {
			t := r.Texts[lang]
			f.Write(name+"."+lang+".md", fmt.Sprintf("---\ntitle: %s\nsummary: %s\ndate: %s\nplaces: [%s]\n%s---\n%s",
				t.Title, t.Summary, r.Issued.Format(time.RFC3339), r.Province.Slug, head(r), links.Replace(t.Body)))
		}
	}
	for year := range years {
		for _, lang := range corpus.Langs {
			f.Write(fmt.Sprintf("advisories/%d/_index.%s.md", year, lang), fmt.Sprintf("---\ntitle: \"%d\"\nurl: archive/%d/\noutputs: [html]\n---\n", year, year))
		}
	}
	return f.Err
}

// head is what is the same in both languages.
func head(r corpus.Record) string {
	if r.Folder == "scams" {
		return "channels: [telegram]\nred_flags: [telegram-only, prepaid-flight]\n"
	}
	level := ""
	if r.Level > 0 {
		level = fmt.Sprintf("level: %d\nlevels: [\"%d\"]\n", r.Level, r.Level)
	}
	return fmt.Sprintf("categories: [%s]\n%sreview: 2027-01-01\ncontacts: [consular-call-centre]\nsources:\n  - {title: 보도, url: \"https://example.org/%d\", publisher: 예시, date: %s}\n",
		r.Category, level, r.Number, r.Issued.Format(time.DateOnly))
}

// feedsOnly keeps terms that have feeds but no page.
const feedsOnly = "build: {render: never}\ncascade: {target: {kind: term}, outputs: [rss, atom, jsonfeed]}\n"

// lists writes the pages above the records, and which outputs records have: a
// page, a copy as text, and one as data in the language that is made last.
func lists(f *corpus.Folder, c corpus.Country) {
	for _, lang := range corpus.Langs {
		name := func(ko, en string) string { return map[string]string{"ko": ko, "en": en}[lang] }
		page := func(path, title, more string) {
			f.Write(path+"."+lang+".md", fmt.Sprintf("---\ntitle: %s\n%s---\n", title, more))
		}
		advisory, scam := "html, text", "html"
		if lang == corpus.Langs[0] {
			page("_index", "처음", "")
		} else {
			advisory, scam = "html, text, record", "html, record"
			page("_index", "Home", "outputs: [html, rss, atom, jsonfeed]\n")
		}
		page("advisories/_index", name("여행경보와 안전공지", "Travel alerts and safety notices"), fmt.Sprintf("cascade: {target: {kind: page}, outputs: [%s]}\n", advisory))
		page("scams/_index", name("취업사기 경고", "Job scam warnings"), fmt.Sprintf("cascade: {target: {kind: page}, outputs: [%s]}\n", scam))
		page("alerts/_index", name("새 경보와 단계 변경", "New alerts and level changes"), "outputs: [rss, atom, jsonfeed]\n")
		page("changes", name("단계 변경", "Level changes"), "type: changes\n")
		page("help", name("도움 요청", "Get help"), "")
		page("about", name("이 사이트", "About this site"), "")
		page("places/_index", c.Names[lang], "url: provinces/cambodia/\n")
		page("categories/_index", name("분야", "Categories"), feedsOnly)
		page("levels/_index", name("경보 단계", "Levels"), "outputs: [html]\ncascade: {target: {kind: term}, outputs: [rss, atom, jsonfeed]}\n")
		for _, id := range corpus.Categories {
			page("categories/"+id+"/_index", id, "")
		}
		for level := 1; level <= 3; level++ {
			page(fmt.Sprintf("levels/%d/_index", level), fmt.Sprintf("%s %d", name("단계", "Level"), level), "")
		}
		for _, p := range c.Provinces {
			page("places/"+p.Slug+"/_index", p.Names[lang], fmt.Sprintf("code: %s\nbaseline: %d\n", p.Code, p.Level))
		}
	}
}
