package search_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"bongsu/generator/bench/corpus"
	"bongsu/generator/build"
	"bongsu/generator/lang"
	"bongsu/generator/render"
	"bongsu/generator/search"
	"bongsu/generator/site"
	"bongsu/templates"
)

// made is a site with its words.
type made struct {
	site    *site.Site
	words   map[string]*lang.Catalog
	formats map[string]lang.Formatter
}

// load joins the site in a folder.
func load(tb testing.TB, dir string) made {
	tb.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		tb.Fatal(err)
	}
	defer root.Close()
	r, err := build.NewBuilder().Build(context.Background(), build.Options{Root: root.FS(), Templates: templates.FS})
	if err != nil || r.Diags.HasErrors() {
		tb.Fatal(err, r.Diags)
	}
	set, diags := render.Load(templates.FS, r.Site.Langs(), r.Site.Config.Zone)
	if diags.HasErrors() {
		tb.Fatal(diags)
	}
	m := made{r.Site, map[string]*lang.Catalog{}, map[string]lang.Formatter{}}
	for _, tag := range r.Site.Langs() {
		m.words[tag], m.formats[tag] = set.Catalog(tag), set.Format(tag)
	}
	return m
}

// files renders the whole index.
func (m made) files(tb testing.TB, memory *search.Memory) map[string][]byte {
	tb.Helper()
	out := map[string][]byte{}
	for _, f := range search.Files(m.site, m.words, m.formats, memory) {
		var b bytes.Buffer
		if err := f.Render(&b); err != nil {
			tb.Fatal(err)
		}
		if f.Modified().IsZero() || f.Modified().After(m.site.Now) {
			tb.Errorf("%s: modified %v", f.Path, f.Modified())
		}
		out[f.Path] = b.Bytes()
	}
	return out
}

func sampleSite(tb testing.TB) made { return load(tb, "../..") }

func corpusSite(tb testing.TB, n int) made {
	dir := tb.TempDir()
	if err := corpus.Write(dir, "../../content", n); err != nil {
		tb.Fatal(err)
	}
	return load(tb, dir)
}

// TestSameBytes: the index depends neither on the number of processors nor on
// what was built before.
func TestSameBytes(t *testing.T) {
	m := sampleSite(t)
	want := m.files(t, search.NewMemory())
	memory := search.NewMemory()
	corpusSite(t, 20).files(t, memory)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, n := range []int{1, 3, 8} {
		runtime.GOMAXPROCS(n)
		for range 2 {
			got := m.files(t, memory)
			if len(got) != len(want) {
				t.Fatalf("%d files, want %d", len(got), len(want))
			}
			for path, data := range want {
				if !bytes.Equal(got[path], data) {
					t.Errorf("%d processors: %s differs", n, path)
				}
			}
		}
	}
}

// TestNothingLive: no file of the index holds an indicator as it was written.
func TestNothingLive(t *testing.T) {
	m := sampleSite(t)
	files, checked := m.files(t, search.NewMemory()), 0
	for _, r := range m.site.Scams {
		for _, i := range r.Source.Scam.Indicators {
			for path, data := range files {
				if checked++; strings.Contains(string(data), i.Value) || bytes.Contains(data, []byte("://")) {
					t.Errorf("%s holds %q", path, i.Value)
				}
			}
		}
	}
	if checked == 0 {
		t.Error("the sample has no indicator")
	}
}

// query runs the script of the search page over the files of an index. It
// gives the titles, best first, for each query, and the slowest time.
func query(t testing.TB, files map[string][]byte, tag string, queries []string) (titles [][]string, slowest time.Duration, moved []int) {
	t.Helper()
	bin, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed: run generator/test/setup.sh")
	}
	dir := t.TempDir()
	for path, data := range files {
		if rest, ok := strings.CutPrefix(path, tag+"/search/"); ok {
			name := filepath.Join(dir, rest)
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	script, err := filepath.Abs("../../templates/pages/search/search.js")
	if err != nil {
		t.Fatal(err)
	}
	const program = `const fs = require("fs");
const {find} = new Function(fs.readFileSync(process.argv[1], "utf8") + "; return {find}")();
const dir = process.argv[2], queries = JSON.parse(fs.readFileSync(0, "utf8"));
(async () => {
  const out = [];
  for (const q of queries) {
    const read = new Set();
    const load = async name => {
      read.add(name.split("?")[0]);
      return JSON.parse(fs.readFileSync(dir + "/" + name.split("?")[0], "utf8"));
    };
    let ms = 1e9, r;
    for (let n = 0; n < 3; n++) {
      const start = performance.now();
      r = await find(q, load);
      ms = Math.min(ms, performance.now() - start);
    }
    const docs = [];
    for (const d of r.docs.slice(0, 10)) docs.push((await load("d/" + Math.floor(d / r.index.c) + ".json"))[d % r.index.c].t);
    out.push({titles: docs, n: r.docs.length, ms, read: [...read]});
  }
  process.stdout.write(JSON.stringify(out));
})();`
	arg, err := json.Marshal(queries)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(bin, "-e", program, script, dir)
	cmd.Stdin, cmd.Stderr = bytes.NewReader(arg), os.Stderr
	data, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var results []struct {
		Titles []string
		N      int
		MS     float64
		Read   []string
	}
	if err := json.Unmarshal(data, &results); err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		titles = append(titles, r.Titles)
		slowest = max(slowest, time.Duration(r.MS*float64(time.Millisecond)))
		sum := 0
		for _, name := range r.Read {
			sum += zipped(t, files[tag+"/search/"+name])
		}
		moved = append(moved, sum)
	}
	return titles, slowest, moved
}

func zipped(t testing.TB, data []byte) int {
	t.Helper()
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

// TestFound: every place of the sample is found first by every name and alias,
// in every language, and in Korean with every particle attached.
func TestFound(t *testing.T) {
	m := sampleSite(t)
	files := m.files(t, search.NewMemory())
	ends := strings.Fields("에서 으로 에게 까지 부터 은 는 이 가 을 를 의 에 로 와 과 도 만 에서는 에서도")
	for _, tag := range m.site.Langs() {
		var queries []string
		var want []string
		add := func(q, title string) { queries, want = append(queries, q), append(want, title) }
		for _, c := range m.site.Atlas.Countries {
			for _, p := range append(c.Provinces(), c) {
				title := p.Name.Get(tag)
				for _, name := range p.Name {
					add(name, title)
				}
				for _, alias := range p.Aliases {
					add(alias, title)
					if name := []rune(alias); tag == "ko" && len(name) > 1 && name[0] >= '가' {
						for _, end := range ends {
							add(alias+end, title)
						}
					}
				}
			}
		}
		got, _, _ := query(t, files, tag, queries)
		missed, notFirst := 0, 0
		for i, titles := range got {
			switch at := index(titles, want[i]); {
			case at < 0:
				missed++
				t.Errorf("%s: %q does not find %q but %q", tag, queries[i], want[i], first(titles))
			case at > 2:
				notFirst++
				t.Errorf("%s: %q finds %q at %d, after %q", tag, queries[i], want[i], at+1, first(titles))
			}
		}
		t.Logf("%s: %d queries, %d missed, %d not among the first three", tag, len(queries), missed, notFirst)
	}
}

func index(list []string, s string) int {
	for i, x := range list {
		if x == s {
			return i
		}
	}
	return -1
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// TestRecall: a word of a text finds the text, however it is inflected or
// spaced; what no text has finds nothing.
func TestRecall(t *testing.T) {
	m := sampleSite(t)
	files := m.files(t, search.NewMemory())
	for _, c := range []struct{ tag, query, want string }{
		{"ko", "코리아전담반에게", "코리아 전담"},
		{"ko", "코리아 전담반", "코리아 전담"},
		{"ko", "여행금지 보코산", "여행금지"},
		{"ko", "통장전달", "통장 전달"},
		{"ko", "태국국경", "태국"},
		{"en", "korea desk", "Korea desk"},
		{"en", "travel bans", "Travel ban"},
		{"en", "BANK BOOK", "bank"},
	} {
		titles, _, _ := query(t, files, c.tag, []string{c.query})
		if !strings.Contains(strings.Join(titles[0], "\n"), c.want) {
			t.Errorf("%s: %q finds %q, none with %q", c.tag, c.query, titles[0], c.want)
		}
	}
	for _, q := range []string{"뷁뷁뷁", "qqqqqq", "  ", "!!"} {
		if titles, _, _ := query(t, files, "ko", []string{q}); len(titles[0]) > 0 {
			t.Errorf("%q finds %q", q, titles[0])
		}
	}
}

// TestThousand: with 1,000 advisories a query takes less than 100 ms and moves
// few kilobytes, and the number of files stays bounded.
func TestThousand(t *testing.T) {
	m := corpusSite(t, 1000)
	files := m.files(t, search.NewMemory())
	sum := 0
	for _, data := range files {
		sum += zipped(t, data)
	}
	for _, tag := range m.site.Langs() {
		queries := map[string][]string{
			"ko": {"시아누크빌에서", "국경 지역 방문", "여행자는 현지 안내를 확인하십시오", "500호", "일자리 제안", "Kampot"},
			"en": {"border area travel", "embassy", "sihanoukville", "job contract", "notice 500", "co"},
		}[tag]
		_, slowest, moved := query(t, files, tag, queries)
		t.Logf("%s: slowest %v, moved %v bytes; all %d files %d bytes", tag, slowest, moved, len(files), sum)
		if slowest > 100*time.Millisecond {
			t.Errorf("%s: a query takes %v", tag, slowest)
		}
		for i, n := range moved {
			if n > 100_000 {
				t.Errorf("%s: %q moves %d bytes", tag, queries[i], n)
			}
		}
	}
	if n := len(files); n > 2*(256+256+1) {
		t.Errorf("%d files", n)
	}
}

func BenchmarkIndex(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		for _, kept := range []bool{false, true} {
			m := made{}
			b.Run(fmt.Sprintf("%d/kept=%t", n, kept), func(b *testing.B) {
				if m.site == nil {
					m = corpusSite(b, n)
				}
				memory := search.NewMemory()
				if kept {
					m.files(b, memory)
				}
				b.ResetTimer()
				for b.Loop() {
					if !kept {
						memory = search.NewMemory()
					}
					m.files(b, memory)
				}
			})
		}
	}
}
