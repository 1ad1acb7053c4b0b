package build

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"bongsu/generator/model"
	"bongsu/generator/search"
	"bongsu/templates"
)

// disk is what runs of the program leave: the output folder, by the sums of its
// files, and what is kept beside it.
type disk struct {
	list, words      []byte
	before           Before
	sums             map[string][32]byte
	held, made       int // files, over all runs
	index, indexHeld int // files of search, of the last run
}

// run builds as one run of the program does, from what the last one left.
func (d *disk) run(t *testing.T, o Options, lend func(*Builder)) *Result {
	t.Helper()
	b := NewBuilder()
	lend(b)
	b.Restore(string(d.list), "test", bytes.NewReader(d.words))
	o.Changed, o.Last = nil, &d.before
	r, err := b.Build(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if r.Diags.HasErrors() {
		return r
	}
	r.Hold()
	next := map[string][32]byte{}
	files := r.Outputs(nil)
	d.index, d.indexHeld = 0, 0
	for _, f := range files {
		if strings.Contains(f.Path, "/search/") {
			if d.index++; f.Held {
				d.indexHeld++
			}
		}
		if sum := d.sums[f.Path]; f.Held && f.Summed != nil {
			f.Summed(hex.EncodeToString(sum[:]))
		}
	}
	for _, f := range files {
		var data bytes.Buffer
		switch {
		case f.Held:
			next[f.Path] = d.sums[f.Path]
			d.held++
			continue
		case strings.HasPrefix(f.Path, "cards/"): // see outcome
		default:
			d.made++
			if err := f.Make(&data); err != nil {
				t.Fatal(f.Path, err)
			}
		}
		next[f.Path] = sha256.Sum256(data.Bytes())
	}
	d.sums, d.before = next, Before{Shared: r.Shared(), From: r.Site.Now, Until: r.Site.Next}
	d.keep(t, b)
	return r
}

func (d *disk) keep(t *testing.T, b *Builder) {
	t.Helper()
	k := b.Keep("test", false)
	if d.before.Mark = k.Mark; k.Empty {
		return
	}
	words := &memoryFile{data: slices.Clone(d.words)}
	if k.Whole {
		words.data = nil
	}
	list, err := k.Write(words, int64(len(words.data)))
	if err != nil {
		t.Fatal(err)
	}
	if !k.Whole {
		list = append(d.list[:k.Size:k.Size], list...)
	}
	d.list, d.words, d.before.Mark = list, words.data, k.Mark
}

// memoryFile is an io.WriterAt.
type memoryFile struct {
	mu   sync.Mutex
	data []byte
}

func (f *memoryFile) WriteAt(p []byte, at int64) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if end := int(at) + len(p); end > len(f.data) {
		f.data = append(f.data, make([]byte, end-len(f.data))...)
	}
	return copy(f.data[at:], p), nil
}

// opened is a file system that tells which files were read.
type opened struct {
	fstest.MapFS
	mu   sync.Mutex
	read map[string]int
}

func (u *opened) Open(name string) (fs.File, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if f := u.MapFS[name]; f != nil && !f.Mode.IsDir() {
		u.read[name]++
	}
	return u.MapFS.Open(name)
}

// sampleFiles copies the sample content into memory, an hour old at clock.
func sampleFiles(t *testing.T, clock time.Time) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	base := os.DirFS("../..")
	err := fs.WalkDir(base, Content, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(base, name)
		files[name] = &fstest.MapFile{Data: data, Mode: 0o644, ModTime: clock.Add(-time.Hour)}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestKept: a run reads no file that a run before it has read, and reads that
// one alone which changed; of the output it makes what the change is part of.
func TestKept(t *testing.T) {
	clock := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	u := &opened{MapFS: sampleFiles(t, clock)}
	o := Options{Root: u, Templates: templates.FS, Clock: clock}
	var d disk
	records := func() []string {
		var out []string
		for name := range u.read {
			if path.Ext(name) == ".md" {
				out = append(out, name)
			}
		}
		return out
	}
	run := func() (held, made int) {
		t.Helper()
		u.read, d.held, d.made = map[string]int{}, 0, 0
		if r := d.run(t, o, func(*Builder) {}); r.Diags.HasErrors() {
			t.Fatal(r.Diags)
		}
		return d.held, d.made
	}
	if held, _ := run(); held > 0 || len(records()) < 80 {
		t.Fatalf("the first run held %d files and read %d records", held, len(records()))
	}
	u.MapFS["content/levels.yaml"].ModTime = clock
	_, few := run()
	if len(records()) > 0 {
		t.Errorf("the second run read %v", records())
	}
	var name string
	for n := range u.MapFS {
		if strings.HasPrefix(n, "content/advisories/") && strings.HasSuffix(n, ".ko.md") && !isRevision(n) {
			name = max(name, n)
		}
	}
	u.MapFS[name] = &fstest.MapFile{Data: append(slices.Clone(u.MapFS[name].Data), "\n끝에 붙인 문장입니다.\n"...), Mode: 0o644, ModTime: clock.Add(-time.Second)}
	held, made := run()
	if got := records(); !slices.Equal(got, []string{name}) {
		t.Errorf("after an edit of %s the run read %v", name, got)
	}
	if made > few+60 || held < 400 {
		t.Errorf("after an edit the run made %d files and held %d; with none it made %d", made, held, few)
	}
	cold := disk{}
	cold.run(t, o, func(*Builder) {})
	if !maps.Equal(cold.sums, d.sums) {
		t.Error("the output is not that of a run that knows nothing")
	}
}

// TestKeptDamaged: whatever happens to what is kept, the output is right.
func TestKeptDamaged(t *testing.T) {
	clock := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	o := Options{Root: sampleFiles(t, clock), Templates: templates.FS, Clock: clock}
	lend := func(b *Builder) {}
	var good disk
	good.run(t, o, func(b *Builder) { lend = func(other *Builder) { other.set, other.setSalt = b.set, b.setSalt } })
	rng := rand.New(rand.NewPCG(1, 2))
	flip := func(data []byte) []byte {
		data = slices.Clone(data)
		for range 40 {
			data[rng.IntN(len(data))] ^= byte(1 + rng.IntN(255))
		}
		return data
	}
	for what, d := range map[string]disk{
		"list damaged":    {list: flip(good.list), words: good.words},
		"words damaged":   {list: good.list, words: flip(good.words)},
		"list cut off":    {list: good.list[:len(good.list)/2], words: good.words},
		"words cut off":   {list: good.list, words: good.words[:len(good.words)/2]},
		"words gone":      {list: good.list},
		"list of nothing": {list: []byte(strings.Repeat("x", 99)), words: good.words},
	} {
		r := d.run(t, o, lend)
		if r.Diags.HasErrors() || !maps.Equal(d.sums, good.sums) {
			t.Errorf("%s: another output; %v", what, r.Diags)
		}
	}
}

// TestShows: what File.Shows says is true of every file: with other bodies in
// a random half of the texts, no file changes that shows none of them.
func TestShows(t *testing.T) {
	clock := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	files := sampleFiles(t, clock)
	b := NewBuilder()
	build := func() *Result {
		r, err := b.Build(context.Background(), Options{Root: files, Templates: templates.FS, Clock: clock})
		if err != nil || r.Diags.HasErrors() {
			t.Fatal(err, r.Diags)
		}
		return r
	}
	first := build()
	shared, before := first.Shared(), sumsOf(t, first.Files)
	rng := rand.New(rand.NewPCG(3, 4))
	for range 4 {
		edited := map[bodyID]bool{}
		changed := maps.Clone(files)
		for _, r := range first.Site.All() {
			for _, lang := range slices.Sorted(maps.Keys(r.Docs)) {
				if rng.IntN(2) == 0 || !slices.Contains(bodied, r.Kind.ID) {
					continue
				}
				edited[bodyID{r.ID, lang}] = true
				doc := r.Docs[lang]
				changed[doc.Path] = &fstest.MapFile{Data: append(slices.Clone(files[doc.Path].Data), "\n마지막 문장. The last sentence.\n"...), Mode: 0o644}
			}
		}
		was := files
		files = changed
		r := build()
		files = was
		if r.Shared() != shared {
			t.Fatal("an edit of bodies counts as one of everything")
		}
		shown := 0
		after := sumsOf(t, r.Files)
		for _, f := range r.Files {
			if f.Shows == nil {
				continue
			}
			if shows(f, edited) {
				shown++
			} else if before[f.Path] != after[f.Path] {
				t.Errorf("%s changed with a body that it says it does not show", f.Path)
			}
		}
		if shown < 50 {
			t.Errorf("only %d files show one of %d bodies", shown, len(edited))
		}
	}
}

func shows(f File, edited map[bodyID]bool) bool {
	for id := range edited {
		if f.Shows(id.record, id.lang) {
			return true
		}
	}
	return false
}

// sumsOf gives the sums of files.
func sumsOf(t *testing.T, files []File) map[string][32]byte {
	t.Helper()
	out := map[string][32]byte{}
	for _, f := range files {
		data, err := renderOne(f)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Path] = sha256.Sum256(data)
	}
	return out
}

// TestKeptLost: where words are gone and their file changed meanwhile, no output
// is made rather than one without them.
func TestKeptLost(t *testing.T) {
	clock := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	files := sampleFiles(t, clock)
	o := Options{Root: files, Templates: templates.FS, Clock: clock}
	var d disk
	d.run(t, o, func(*Builder) {})
	b := NewBuilder()
	b.Restore(string(d.list), "test", bytes.NewReader(nil))
	r, err := b.Build(context.Background(), o)
	if err != nil || r.Diags.HasErrors() {
		t.Fatal(err, r.Diags)
	}
	advisory := r.Site.Advisories[0]
	path := advisory.Source.Path
	files[path] = &fstest.MapFile{Data: []byte("---\ntitle: x\n---\nother\n"), Mode: 0o644}
	if _, err := b.Keep("test", true).Write(&memoryFile{}, 0); err == nil || !strings.Contains(err.Error(), path+" was changed") {
		t.Errorf("kept: %v", err)
	}
	for _, f := range r.Outputs(nil) {
		if f.Path == "ko/"+advisory.Path+".html" {
			if err := f.Make(&bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), path+" was changed") {
				t.Errorf("%s: %v", f.Path, err)
			}
			return
		}
	}
	t.Fatal("the page is not there: " + advisory.Path)
}

// TestKeptSearch: of the search index, runs after edits of bodies make the files
// alone of whose terms one came, went or moved, and leave the index that a run
// makes that knows nothing: whatever was edited, several bodies at once, back to
// what they were, in one language and shown in the other, or by a run that does
// not know what they were.
func TestKeptSearch(t *testing.T) {
	clock := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	u := &opened{MapFS: sampleFiles(t, clock), read: map[string]int{}}
	o := Options{Root: u, Templates: templates.FS, Clock: clock}
	cold := NewBuilder()
	lend := func(b *Builder) { b.set, b.setSalt = cold.set, cold.setSalt }
	wanted := func() map[string][32]byte {
		cold.search = search.NewMemory()
		r, err := cold.Build(context.Background(), o)
		if err != nil || r.Diags.HasErrors() {
			t.Fatal(err, r.Diags)
		}
		return sumsOf(t, slices.DeleteFunc(r.Files, func(f File) bool { return !strings.Contains(f.Path, "/search/") }))
	}
	var names []string
	for name := range u.MapFS {
		if strings.HasPrefix(name, "content/scams/") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	names = names[:8]
	delete(u.MapFS, names[0]) // its record is shown in a language that it is not in
	delete(u.MapFS, names[2])
	names = slices.Delete(slices.Delete(names, 2, 3), 0, 1)
	for _, name := range names { // a short text leaves most of the index alone
		front, _, _ := strings.Cut(string(u.MapFS[name].Data), "\n---\n")
		u.MapFS[name] = &fstest.MapFile{Data: []byte(front + "\n---\n첫 문장입니다.\n"), Mode: 0o644, ModTime: clock.Add(-time.Hour)}
	}
	first := maps.Clone(u.MapFS)
	rng := rand.New(rand.NewPCG(5, 6))
	lines := []string{"한 문장입니다.", "여행금지 지역", "embassy 500 reports", "새낱말 뷁뷁 zyx", "통장 전달", "대사관", "```kauderwelsch\n글자\n```"} // the last one is warned of
	var d disk
	wanted()
	d.run(t, o, lend)
	some := 0
	for step := range 40 {
		for range 1 + rng.IntN(3) {
			name := names[rng.IntN(len(names))]
			data := slices.Clone(u.MapFS[name].Data)
			switch rng.IntN(4) {
			case 0:
				data = first[name].Data
			case 1: // take the last line away, if it is one of these
				if text, ok := strings.CutSuffix(string(data), "\n"); ok {
					if i := strings.LastIndexByte(text, '\n'); slices.Contains(lines, text[i+1:]) {
						data = data[:i+1]
					}
				}
			default:
				data = append(data, "\n"+lines[rng.IntN(len(lines))]+"\n"...)
			}
			u.MapFS[name] = &fstest.MapFile{Data: data, Mode: 0o644, ModTime: clock.Add(-time.Duration(step+3) * time.Minute)}
		}
		if rng.IntN(6) == 0 {
			d.list = d.list[:len(d.list)-1] // what it held last is not known
		}
		r := d.run(t, o, lend)
		if r.Diags.HasErrors() {
			t.Fatal(r.Diags)
		}
		for path, sum := range wanted() {
			if d.sums[path] != sum {
				t.Fatalf("step %d: %s is not as a run makes it that knows nothing", step, path)
			}
		}
		if 0 < d.indexHeld && d.indexHeld < d.index {
			some++
		}
	}
	if some < 20 {
		t.Errorf("%d runs made a part of the index", some)
	}
}

// TestKeptTemplates: a run after others sees what the site's own templates
// became, also where they are warned of, finds each fault of them, and has the
// output of a run that knows nothing.
func TestKeptTemplates(t *testing.T) {
	clock := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	files := sampleFiles(t, clock)
	o := Options{Root: files, Templates: templates.FS, Clock: clock}
	var d disk
	minutes := 0
	put := func(name, text string) {
		minutes++
		files[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644, ModTime: clock.Add(-time.Hour + time.Duration(minutes)*time.Minute)}
	}
	own := func(name string) string {
		data, err := fs.ReadFile(templates.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	const ko, footer = "templates/strings/ko.yaml", "templates/parts/footer/footer.html"
	const advisory = "content/advisories/2026/suspects-returned-73.ko.md"
	body := string(files[advisory].Data)
	for _, step := range []struct {
		what string
		do   func()
		bad  string // what is found
		held bool   // whether files are
	}{
		{"nothing", func() {}, "", false},
		{"a body", func() { put(advisory, body+"\n끝.\n") }, "", true},
		{"a fault", func() { put(footer, "<p>{{if}}") }, "templates/parts/footer/footer.html", false},
		{"a fault and a body", func() { put(advisory, body) }, "templates/parts/footer/footer.html", false},
		{"an unsafe template", func() { put(footer, "<p onclick=x>") }, "not allowed", false},
		{"an unknown word", func() { put(footer, `<p>{{t "no.such"}}`) }, `"no.such"`, false},
		{"a good template", func() { put(footer, own("parts/footer/footer.html")+"<p>1</p>") }, "", false},
		{"a body after it", func() { put(advisory, body+"\n끝.\n") }, "", true},
		{"a missing word", func() { put(ko, strings.Replace(own("strings/ko.yaml"), "  exit_note:", "  exit_noted:", 1)) }, "", false},
		{"a body with that", func() { put(advisory, body+"\n더.\n") }, "", true},
		{"a template with that", func() { put(footer, own("parts/footer/footer.html")+"<p>2</p>") }, "", false},
		{"a template in another's file", func() {
			put(footer, own("parts/footer/footer.html")+`{{template "own" .}}`)
			put("templates/parts/own/more.html", `{{define "own"}}<p>3</p>{{end}}`)
		}, "", false},
		{"a body after that", func() { put(advisory, body+"\n셋.\n") }, "", true},
	} {
		step.do()
		d.held = 0
		r := d.run(t, o, func(*Builder) {})
		if (d.held > 0) != step.held {
			t.Errorf("%s: %d files were held", step.what, d.held)
		}
		if found := findingsOf(t, r); r.Diags.HasErrors() != (step.bad != "") || !strings.Contains(found, step.bad) {
			t.Fatalf("%s: found %q, not %q", step.what, found, step.bad)
		}
		if step.bad != "" {
			continue
		}
		var cold disk
		cold.run(t, o, func(*Builder) {})
		if !maps.Equal(cold.sums, d.sums) {
			t.Errorf("%s: the output is not that of a run that knows nothing", step.what)
		}
	}
}

// TestAhead: what is begun early changes nothing of what is made, nor of what is
// left for later runs.
func TestAhead(t *testing.T) {
	clock := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	files := sampleFiles(t, clock)
	made := map[bool]map[string][32]byte{}
	for _, ahead := range []bool{false, true} {
		b := NewBuilder()
		r, err := b.Build(context.Background(), Options{Root: files, Templates: templates.FS, Clock: clock, Ahead: ahead})
		if err != nil || r.Diags.HasErrors() {
			t.Fatal(err, r.Diags)
		}
		if ahead {
			b.ahead.Wait()
			before := b.search.Count()
			if before == 0 {
				t.Error("nothing was begun")
			}
			for _, d := range r.Site.Advisories[0].Docs {
				if b.search.Collect([]*model.Doc{d}); b.search.Count() != before {
					t.Errorf("the terms of %s were not read", d.Path)
				}
			}
		}
		made[ahead] = sumsOf(t, r.Files)
	}
	if !maps.Equal(made[true], made[false]) {
		t.Error("the output differs")
	}
}
