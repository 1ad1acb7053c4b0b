package build

import (
	"bytes"
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/output"
	"bongsu/generator/render"
	"bongsu/templates"
)

var steps = flag.Int("steps", 2000, "steps of TestWarmEqualsCold")

// TestWarmEqualsCold makes random edits, mistakes and mends, and after each
// compares a Builder that saw them all, and runs of the program that know what
// the run before left, with one that knows nothing: findings and every output
// byte must be equal.
func TestWarmEqualsCold(t *testing.T) {
	const workers = 4
	for w := range workers {
		t.Run(fmt.Sprint(w), func(t *testing.T) {
			t.Parallel()
			e := newEditor(t, uint64(w))
			warm := NewBuilder()
			o := Options{Root: e.files, Templates: templates.FS, Now: e.now, Clock: e.clock}
			compare(t, e, warm, o, "start")
			good, bad := 0, 0
			for range *steps / workers {
				what, changed := e.step()
				o.Changed, o.Now, o.Clock = changed, e.now, e.clock
				if compare(t, e, warm, o, what) {
					good++
					e.bad = 0
				} else {
					bad++
					e.bad++
				}
				if t.Failed() {
					return
				}
			}
			if e.disk.held == 0 && *steps/workers >= 400 { // fewer may hold no such edit
				t.Errorf("runs of the program made %d files and took none over", e.disk.made)
			}
			if good < *steps/workers/4 || bad < *steps/workers/20 {
				t.Errorf("%d steps gave a site and %d faults: too few of one kind", good, bad)
			}
		})
	}
}

// compare builds warm and cold and reports whether the content was good.
func compare(t *testing.T, e *editor, warm *Builder, o Options, what string) bool {
	t.Helper()
	got, gotSums := outcome(t, warm, o)
	o.Changed = nil
	cold := NewBuilder()
	e.lend(cold, o)
	want, wantSums := outcome(t, cold, o)
	e.take(cold)
	if got != want {
		t.Fatalf("after %s: warm found\n%s\ncold found\n%s", what, got, want)
	}
	for name, sum := range wantSums {
		if gotSums[name] != sum {
			t.Fatalf("after %s: %s differs", what, name)
		}
	}
	if len(gotSums) != len(wantSums) {
		t.Fatalf("after %s: %d files warm, %d cold", what, len(gotSums), len(wantSums))
	}
	if e.runs++; e.runs%4 > 1 { // what is kept is good for more than one step, too
		return len(wantSums) > 0
	}
	r := e.disk.run(t, o, func(b *Builder) { e.lend(b, o) })
	if found := findingsOf(t, r); found != want {
		t.Fatalf("after %s: a run after others found\n%s\na cold one\n%s", what, found, want)
	}
	for name, sum := range wantSums {
		if e.disk.sums[name] != sum.data {
			t.Fatalf("after %s: %s differs in a run after others", what, name)
		}
	}
	if len(wantSums) > 0 && len(e.disk.sums) != len(wantSums) {
		t.Fatalf("after %s: %d files in a run after others, %d cold", what, len(e.disk.sums), len(wantSums))
	}
	return len(wantSums) > 0
}

// made is what a file was made into.
type made struct {
	data     [32]byte
	modified string
}

func outcome(t *testing.T, b *Builder, o Options) (findings string, sums map[string]made) {
	t.Helper()
	r, err := b.Build(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	text := findingsOf(t, r)
	for i, f := range r.Files {
		if strings.HasPrefix(f.Path, "cards/") { // pictures are slow, and named after what they show
			r.Files[i].Render = output.Fixed(f.Path, time.Time{}, nil).Render
		}
	}
	files, err := r.Render(context.Background())
	if err != nil {
		return text + err.Error(), nil
	}
	sums = map[string]made{}
	for _, f := range files {
		sums[f.Path] = made{sha256.Sum256(f.Data), f.Modified.String()}
	}
	return text, sums
}

func findingsOf(t *testing.T, r *Result) string {
	t.Helper()
	var text bytes.Buffer
	if err := diag.Print(&text, r.Diags, diag.Human, false); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// editor changes a small site at random.
type editor struct {
	files fstest.MapFS
	rng   *rand.Rand
	now   time.Time
	good  map[string][]byte // what a broken file was before
	count int
	base  fstest.MapFS           // the site at first
	bad   int                    // steps since the content was good
	sets  map[string]*render.Set // loaded templates by what they depend on
	clock time.Time              // of the machine
	disk  disk
	runs  int // steps, some of which were followed by a run
}

func newEditor(t *testing.T, seed uint64) *editor {
	t.Helper()
	e := &editor{files: fstest.MapFS{}, rng: rand.New(rand.NewPCG(seed, 7)), now: time.Date(2025, 10, 15, 0, 0, 0, 0, time.UTC), clock: time.Date(2025, 10, 15, 9, 0, 0, 0, time.UTC), good: map[string][]byte{}, sets: map[string]*render.Set{}}
	base := os.DirFS("../cli/testdata/site")
	err := fs.WalkDir(base, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(base, name)
		e.files[name] = &fstest.MapFile{Data: data, Mode: 0o644}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	e.base = maps.Clone(e.files)
	return e
}

// lend gives a cold Builder templates that an earlier cold one loaded: to load
// them is most of a small build. The Builder takes them only if the files are
// equal. Every fortieth time it gets none.
func (e *editor) lend(cold *Builder, o Options) {
	e.count++
	config := Peek(o.Root)
	salt, err := templateSalt(o, config.Languages, config.Zone)
	if set := e.sets[salt]; err == nil && set != nil && e.count%40 != 0 {
		cold.set, cold.setSalt = set, salt
	}
}

func (e *editor) take(cold *Builder) {
	if cold.set != nil {
		e.sets[cold.setSalt] = cold.set
	}
}

// records lists the files of records.
func (e *editor) records() []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(e.files)) {
		if path.Ext(name) == ".md" {
			out = append(out, name)
		}
	}
	return out
}

func (e *editor) pick(list []string) string { return list[e.rng.IntN(len(list))] }

// step makes one change and names the files that it touched.
func (e *editor) step() (what string, changed map[string]bool) {
	e.clock = e.clock.Add(time.Duration(e.rng.IntN(4)) * time.Second)
	if e.bad > 4 {
		return e.checkout()
	}
	if len(e.good) > 0 && e.rng.IntN(2) == 0 {
		name := e.pick(slices.Sorted(maps.Keys(e.good)))
		e.put(name, string(e.good[name]))
		delete(e.good, name)
		return "mending " + name, touched(name)
	}
	edits := []func() (string, []string){
		e.text, e.prose, e.prose, e.prose, e.title, e.measure, e.add, e.add, e.remove, e.rename, e.breakRecord, e.breakYAML, e.vocabulary, e.template, e.time, e.draft, e.link, e.revise,
	}
	what, names := edits[e.rng.IntN(len(edits))]()
	return what, touched(names...)
}

// checkout brings back the first state of every file at once.
func (e *editor) checkout() (string, map[string]bool) {
	changed := map[string]bool{}
	for name, f := range e.files {
		if e.base[name] != f {
			changed[name] = true
			delete(e.files, name)
		}
	}
	for name, f := range e.base {
		if e.files[name] != f {
			changed[name] = true
			e.files[name] = f
		}
	}
	clear(e.good)
	e.bad = 0
	return "a checkout", changed
}

func touched(names ...string) map[string]bool {
	m := map[string]bool{}
	for _, n := range names {
		m[n] = true
	}
	return m
}

func (e *editor) put(name, text string) {
	if text == "" {
		delete(e.files, name)
		return
	}
	e.files[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644, ModTime: e.clock}
}

func (e *editor) read(name string) string { return string(e.files[name].Data) }

func (e *editor) text() (string, []string) {
	name := e.pick(e.records())
	e.put(name, e.read(name)+fmt.Sprintf("\n문장 %d. [북주](UT-1), [도움](/help/#held).\n", e.rng.IntN(1000)))
	return "a text: " + name, []string{name}
}

// prose changes what a body says, without a link or a heading.
func (e *editor) prose() (string, []string) {
	name := e.pick(e.records())
	e.put(name, e.read(name)+fmt.Sprintf("\n그냥 문장 %d.\n", e.rng.IntN(1000)))
	return "a sentence: " + name, []string{name}
}

// line replaces the first line that begins with a key.
func line(text, key, value string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, key+":") {
			lines[i] = key + ": " + value
			break
		}
	}
	return strings.Join(lines, "\n")
}

func (e *editor) title() (string, []string) {
	name := e.pick(e.records())
	e.put(name, line(e.read(name), "title", fmt.Sprintf("제목 %d", e.rng.IntN(1000))))
	return "a title: " + name, []string{name}
}

func (e *editor) measure() (string, []string) {
	for _, name := range e.records() {
		if text := e.read(name); strings.Contains(text, "- {level: ") && e.rng.IntN(2) == 0 {
			at := strings.Index(text, "- {level: ")
			end := at + strings.Index(text[at:], "}")
			e.put(name, text[:at]+fmt.Sprintf("- {level: %s, places: [%s]", e.pick([]string{"1", "special", "3", "9"}), e.pick([]string{"UT", "UT-1", "UT-2", "UT-1/port", "UT-7"}))+text[end:])
			return "a measure: " + name, []string{name}
		}
	}
	return e.text()
}

func (e *editor) add() (string, []string) {
	n := e.rng.IntN(40)
	name := fmt.Sprintf("content/advisories/%d/new-%d.ko.md", 2024+n%3, n)
	at := e.now.AddDate(0, 0, e.rng.IntN(40)-30).Format(time.DateOnly)
	e.put(name, fmt.Sprintf("---\ntitle: 새 공지 %d\nsummary: 요약입니다.\nissued: %s\nuntil: %s\ncategories: [crime]\nlevels:\n  - {level: special, places: [%s]}\n---\n## 바뀐 내용\n\n본문 %d.\n",
		n, at, e.now.AddDate(0, 0, 20+e.rng.IntN(30)).Format(time.DateOnly), e.pick([]string{"UT-1", "UT-2", "UT-1/port"}), n))
	if e.rng.IntN(2) == 0 {
		return "adding " + name, []string{name}
	}
	tr := strings.Replace(name, ".ko.", ".en.", 1)
	e.put(tr, fmt.Sprintf("---\ntitle: New notice %d\nsummary: Summary.\ntranslates: 1\n---\nText.\n", n))
	return "adding " + name + " and its translation", []string{name, tr}
}

func (e *editor) remove() (string, []string) {
	list := slices.DeleteFunc(e.records(), func(n string) bool { return !strings.Contains(n, "/new-") })
	if len(list) == 0 {
		return e.add()
	}
	name := e.pick(list)
	e.put(name, "")
	delete(e.good, name)
	return "removing " + name, []string{name}
}

func (e *editor) rename() (string, []string) {
	list := slices.DeleteFunc(e.records(), func(n string) bool { return !strings.Contains(n, "/new-") })
	if len(list) == 0 {
		return e.add()
	}
	old := e.pick(list)
	name := strings.Replace(old, "/new-", fmt.Sprintf("/moved-%d-", e.rng.IntN(1000)), 1)
	if e.rng.IntN(4) == 0 {
		name = strings.Replace(name, ".ko.md", ".md", 1) // a mistake
	}
	e.put(name, e.read(old))
	e.put(old, "")
	delete(e.good, old)
	return "renaming " + old + " to " + name, []string{old, name}
}

func (e *editor) spoil(name string, how func(string) string) (string, []string) {
	if e.good[name] == nil {
		e.good[name] = e.files[name].Data
	}
	e.put(name, how(e.read(name)))
	return "spoiling " + name, []string{name}
}

func (e *editor) breakRecord() (string, []string) {
	how := []func(string) string{
		func(s string) string { return s[:len(s)/2] },
		func(s string) string { return strings.Replace(s, "\n---\n", "\n", 1) },
		func(s string) string { return s + "\n<b>x</b>\n" },
		func(s string) string { return line(s, "issued", "morgen") },
		func(s string) string { return s + "\n[x](/advisories/nothing)\n" },
		func(s string) string { return s + "\n[x](/help/#nothing)\n" },
		func(s string) string { return strings.Replace(s, "title:", "titel:", 1) },
	}
	return e.spoil(e.pick(e.records()), how[e.rng.IntN(len(how))])
}

func (e *editor) breakYAML() (string, []string) {
	name := "content/" + e.pick([]string{"site.yaml", "levels.yaml", "categories.yaml", "contacts.yaml", "provinces/utopia/country.yaml"})
	return e.spoil(name, func(s string) string {
		if e.rng.IntN(2) == 0 {
			return s + "\n  x: [\n"
		}
		return strings.Replace(s, "name:", "nam:", 1)
	})
}

func (e *editor) vocabulary() (string, []string) {
	n := e.rng.IntN(100)
	if e.rng.IntN(2) == 0 {
		e.put("content/site.yaml", line(e.read("content/site.yaml"), "title", fmt.Sprintf("{ko: 알림 %d, en: Warnings %d}", n, n)))
		return "site.yaml", []string{"content/site.yaml"}
	}
	name := "content/provinces/utopia/country.yaml"
	e.put(name, strings.Replace(e.read(name), "slug: south", fmt.Sprintf("slug: south%d", n), 1))
	return "a slug of a province", []string{name}
}

// template overlays, changes, breaks or removes a template or strings.
func (e *editor) template() (string, []string) {
	name := e.pick([]string{"parts/footer/footer.html", "strings/ko.yaml", "css/3-base.css", "base.html"})
	at := "templates/" + name
	if e.files[at] != nil && e.rng.IntN(2) == 0 {
		e.put(at, "")
		delete(e.good, at)
		return "removing " + at, []string{at}
	}
	data, err := fs.ReadFile(templates.FS, name)
	if err != nil {
		return e.text()
	}
	text := string(data)
	switch {
	case e.rng.IntN(3) == 0 && path.Ext(name) == ".html":
		text += "{{end}}"
	case path.Ext(name) == ".html":
		text = strings.Replace(text, "<a ", fmt.Sprintf("<a data-n=\"%d\" ", e.rng.IntN(5)), 1)
	case path.Ext(name) == ".css":
		text += fmt.Sprintf("\n.x%d { color: red }\n", e.rng.IntN(5))
	}
	e.put(at, text)
	return "overlaying " + at, []string{at}
}

func (e *editor) time() (string, []string) {
	e.now = e.now.AddDate(0, 0, e.rng.IntN(21)-10)
	return "moving to " + e.now.Format(time.DateOnly), nil
}

func (e *editor) draft() (string, []string) {
	name := e.pick(e.records())
	e.put(name, strings.Replace(e.read(name), "\nissued:", "\ndraft: true\nissued:", 1))
	return "drafting " + name, []string{name}
}
