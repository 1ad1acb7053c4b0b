// Package corpus makes up a site of any size for benchmarks: the same site for
// the same size on every machine.
//
// In: a size, and the content folder whose settings, vocabularies and country
// are taken over. Out: records one after the other, and files below content/
// in the layout of Bongsu. The texts mean nothing.
package corpus

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Langs are the languages of every record, that of the site first.
var Langs = []string{"ko", "en"}

// perCountry is how many provinces a made-up country has.
const perCountry = 20

// Corpus is a site of Advisories advisories and a tenth as many scam warnings
// in two languages. Every twentieth advisory sets a level.
type Corpus struct {
	Model      string // the content folder that files are taken over from
	Advisories int
	Countries  int // the model's one, the rest made up; 0 means 1
}

// Text is a record in one language.
type Text struct{ Title, Summary, Body string }

// Record is an advisory or a scam warning.
type Record struct {
	Folder   string // advisories or scams
	Name     string // the slug
	Number   int
	Issued   time.Time
	Category string // of an advisory
	Province Province
	Level    int             // set by an advisory; 0: none
	Texts    map[string]Text // by language
}

// last is the time of the newest record; the sample's as_of lies after it.
var last = time.Date(2026, 1, 30, 9, 0, 0, 0, time.FixedZone("KST", 9*3600))

// issued spreads n records over four years.
func issued(i, n int) time.Time {
	return last.Add(-time.Duration(n-1-i) * (4 * 365 * 24 * time.Hour / time.Duration(n)))
}

// Categories are the ids of the categories that advisories have.
var Categories = []string{"security", "crime", "scam", "health", "disaster", "conflict", "transport", "law"}

// Records makes the records, advisories first, the oldest first.
func (c Corpus) Records(countries []Country) iter.Seq[Record] {
	w := writer{rng: rand.New(rand.NewPCG(1, uint64(c.Advisories)))}
	for _, country := range countries {
		w.provinces = append(w.provinces, country.Provinces...)
	}
	return func(yield func(Record) bool) {
		for i := range c.Advisories {
			if !yield(w.advisory(i, c.Advisories)) {
				return
			}
		}
		scams := c.Advisories / 10
		for i := range scams {
			if !yield(w.scam(i, scams)) {
				return
			}
		}
	}
}

// writer makes up texts.
type writer struct {
	rng       *rand.Rand
	provinces []Province
}

func (w *writer) advisory(i, n int) Record {
	r := Record{
		Folder: "advisories", Name: fmt.Sprintf("notice-%05d", i), Number: i, Issued: issued(i, n),
		Province: w.provinces[w.rng.IntN(len(w.provinces))],
		Category: Categories[w.rng.IntN(len(Categories))],
	}
	if i%20 == 0 {
		r.Level = 1 + w.rng.IntN(3)
	}
	r.Texts = w.texts(r, "제%d호 지역 안전공지", "Safety notice %d")
	return r
}

func (w *writer) scam(i, n int) Record {
	r := Record{
		Folder: "scams", Name: fmt.Sprintf("offer-%05d", i), Number: i, Issued: issued(i, n),
		Province: w.provinces[w.rng.IntN(len(w.provinces))],
	}
	r.Texts = w.texts(r, "일자리 사기 %d", "Job scam %d")
	return r
}

func (w *writer) texts(r Record, titles ...string) map[string]Text {
	texts := map[string]Text{}
	for i, l := range []words{ko, en} {
		texts[Langs[i]] = Text{fmt.Sprintf(titles[i], r.Number), w.sentence(l).text, w.body(l, r)}
	}
	return texts
}

// Write writes a site of n advisories in one country; see Corpus.
func Write(dir, model string, n int) error {
	return Corpus{Model: model, Advisories: n}.Write(dir)
}

// shared are the files taken over from the model.
var shared = []string{
	"site.yaml", "levels.yaml", "categories.yaml", "red-flags.yaml", "contacts.yaml",
	"provinces/cambodia/country.yaml", "provinces/cambodia/map.geojson",
	"pages/help.ko.md", "pages/help.en.md",
}

// Write writes the site below dir/content.
func (c Corpus) Write(dir string) error {
	f := Folder{Dir: filepath.Join(dir, "content")}
	for _, name := range shared {
		data, err := os.ReadFile(filepath.Join(c.Model, name))
		if err != nil {
			return err
		}
		f.Write(name, string(data))
	}
	countries, err := c.Places()
	if err != nil {
		return err
	}
	for _, country := range countries[1:] {
		f.Write("provinces/"+country.Slug+"/country.yaml", country.yaml())
	}
	for r := range c.Records(countries) {
		name := r.Folder + "/" + r.Name
		head := scamHead
		if r.Folder == "advisories" {
			name = fmt.Sprintf("advisories/%d/%s", r.Issued.Year(), r.Name)
			head = advisoryHead
		}
		t := r.Texts["ko"]
		f.Write(name+".ko.md", fmt.Sprintf("---\ntitle: %s\nsummary: %s\nissued: %s\n%s---\n%s",
			t.Title, t.Summary, r.Issued.Format(time.RFC3339), head(r), t.Body))
		t = r.Texts["en"]
		f.Write(name+".en.md", fmt.Sprintf("---\ntitle: %s\nsummary: %s\ntranslates: 1\n---\n%s", t.Title, t.Summary, t.Body))
	}
	return f.Err
}

func advisoryHead(r Record) string {
	place := fmt.Sprintf("places: [%s]\n", r.Province.Code)
	if r.Level > 0 {
		except := ""
		if len(r.Province.Areas) > 0 { // a measure must not lower a named area silently
			except = ", except: [" + strings.Join(r.Province.Areas, ", ") + "]"
		}
		place = fmt.Sprintf("levels:\n  - {level: %d, places: [%s]%s}\n", r.Level, r.Province.Code, except)
	}
	return fmt.Sprintf("categories: [%s]\n%sreview: 2027-01-01\ncontacts: [consular-call-centre]\nsources:\n  - {title: 보도, url: \"https://news.example/%d\", publisher: 예시, date: %s}\n",
		r.Category, place, r.Number, r.Issued.Format(time.DateOnly))
}

func scamHead(r Record) string {
	return fmt.Sprintf("channels: [telegram]\nplaces: [%s]\nred_flags: [telegram-only, prepaid-flight]\n", r.Province.Code)
}

// Folder writes files below Dir and keeps the first error.
type Folder struct {
	Dir  string
	Err  error
	made map[string]bool
}

// Write writes a file, with the folders above it.
func (f *Folder) Write(name, text string) {
	path := filepath.Join(f.Dir, filepath.FromSlash(name))
	if parent := filepath.Dir(path); f.Err == nil && !f.made[parent] {
		if f.made == nil {
			f.made = map[string]bool{}
		}
		f.made[parent] = true
		f.Err = os.MkdirAll(parent, 0o755)
	}
	if f.Err == nil {
		f.Err = os.WriteFile(path, []byte(text), 0o644)
	}
}
