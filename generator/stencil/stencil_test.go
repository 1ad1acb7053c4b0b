package stencil

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"
)

// functions are of every form that the compiler knows, and one that it does not.
var functions = template.FuncMap{
	"loud":  strings.ToUpper,
	"bold":  func(s string) template.HTML { return template.HTML("<b>" + template.HTMLEscapeString(s) + "</b>") },
	"year":  func(t time.Time) template.HTML { return template.HTML("<i>" + t.Format("2006") + "</i>") },
	"roman": func(n int) string { return strings.Repeat("I", n) },
	"say":   func(key string, args ...any) string { return key + fmt.Sprint(args...) },
	"add":   func(a, b int) int { return a + b },
	"break": func(s string) string { panic("broken by " + s) },
}

// bound parses and escapes templates as render does.
func bound(t testing.TB, texts map[string]string) *Set {
	t.Helper()
	root := template.New("").Option("missingkey=error").Funcs(functions)
	for name, text := range texts {
		if _, err := root.New(name).Parse(text); err != nil {
			t.Fatal(err)
		}
	}
	for name := range texts {
		root.Lookup(name).Execute(io.Discard, nil) // escapes; fails for want of a dot
	}
	all := func(string) *template.Template { return root }
	return New(all, all, functions)
}

// same executes a template both ways and compares bytes and errors.
func same(t *testing.T, s *Set, name string, dot any) string {
	t.Helper()
	var got, want bytes.Buffer
	err, wantErr := s.Execute(&got, name, dot), s.Interpreted().Execute(&want, name, dot)
	if fmt.Sprint(err) != fmt.Sprint(wantErr) {
		t.Errorf("error %v, want %v", err, wantErr)
	}
	if got.String() != want.String() {
		t.Errorf("%q, want %q", got.String(), want.String())
	}
	if part, err := s.Fragment(name, dot); string(part) != want.String() || fmt.Sprint(err) != fmt.Sprint(wantErr) {
		t.Errorf("fragment %q, %v, want %q", part, err, want.String())
	}
	return want.String()
}

type inner struct{ Deep string }

type leaf struct {
	inner
	Name string
	Kind kind
	N    int
	List []*leaf
	Up   *leaf
}

type kind string

// Loud is a method, which the compiler leaves to html/template.
func (l *leaf) Loud() string { return strings.ToUpper(l.Name) }

type tree struct {
	Title  string
	Markup template.HTML
	Data   template.JS
	N      int
	Ratio  float64
	Yes    bool
	When   time.Time
	Kind   kind
	Leaf   *leaf
	None   *leaf
	Leaves []leaf
	Words  []string
	Empty  []string
	Map    map[string]string
	Any    any
	Mode   mode
}

type mode int

func (m mode) String() string { return "mode <" + fmt.Sprint(int(m)) + ">" }

func sample() *tree {
	l := &leaf{inner: inner{"d<>"}, Name: "a & b", Kind: "k+", N: 300}
	l.List = []*leaf{{Name: "x"}, {Name: "y", Up: l}}
	return &tree{
		Title: `"Tom" & <b>`, Markup: "<b>bold</b>", Data: `{"a":1}`, N: -5, Ratio: 1e21, Yes: true, When: time.Unix(0, 0).UTC(), Kind: "k",
		Leaf: l, Leaves: []leaf{*l, {}}, Words: []string{"one", "two", "<three>"}, Map: map[string]string{"a": "b'"}, Any: "any<", Mode: 3,
	}
}

// TestWhatIsCompiled holds what the compiler understands: equal bytes, and
// nothing left to html/template.
func TestWhatIsCompiled(t *testing.T) {
	for _, text := range []string{
		`plain`,
		``,
		`<p title="{{.Title}}">{{.Title}}</p><a href="{{.Title}}">`,
		`{{.Markup}} {{.N}} {{.Yes}} {{.Ratio}} {{.Kind}} <p title="{{.N}}{{.Yes}}{{.Ratio}}">`,
		`<script type="application/ld+json">{{.Data}}</script>`,
		`{{.Leaf.Name}} {{.Leaf.Deep}} {{$.Leaf.Kind}} {{.Map.a}} {{(.Leaf).Name}}`,
		`{{if .Yes}}a{{end}}{{if .None}}b{{else}}c{{end}}{{if .Empty}}d{{else if .Words}}e{{else}}f{{end}}{{if .N}}g{{end}}{{if .Ratio}}h{{end}}{{if .When}}i{{end}}{{if .Map}}j{{end}}`,
		`{{if and .Yes .Words}}a{{end}}{{if and .Yes .Empty}}b{{end}}{{if or .Empty .Yes}}c{{end}}{{if or .None .Empty}}d{{end}}{{if not .Yes}}e{{end}}{{if not (and .Yes (not .None))}}f{{end}}{{if and .None .None.Name}}g{{end}}`,
		`{{if eq .Kind "k"}}a{{end}}{{if ne .Kind "k"}}b{{end}}{{if eq .N 5}}c{{end}}{{if eq .Title .Leaf.Name}}d{{end}}{{if eq (loud .Leaf.Name) "A & B"}}e{{end}}`,
		`{{with .Leaf}}{{.Name}}{{$.Title}}{{else}}no{{end}}{{with .None}}no{{else}}{{.N}}{{end}}{{with $x := .Leaf}}{{$x.Name}}{{end}}{{with .Empty}}{{else with .Words}}{{range .}}{{.}}{{end}}{{end}}`,
		`{{range .Words}}[{{.}}]{{end}}{{range .Empty}}x{{else}}{{.Title}}{{end}}`,
		`{{range $i, $w := .Words}}{{if $i}}, {{end}}{{$i}}{{$w}}{{.}}{{end}}{{range $w := .Words}}{{$w}}{{end}}{{range .Leaves}}{{.Name}}{{end}}`,
		`{{$x := .Title}}{{if .Yes}}{{$x := .Leaf.Name}}{{$x}}{{end}}{{$x}}{{range .Words}}{{$y := .}}{{$x}}{{$y}}{{end}}`,
		`{{loud .Title}} {{bold .Title}} {{year .When}} {{roman 3}} {{.Title | loud}} {{.Title | loud | bold}} {{loud "x"}} <p title="{{loud .Title}}">`,
		`{{say "a"}} {{say "b" "n" .N "s" .Title "k" .Kind "m" .Mode "t" true "l" .Leaf.N "w" .When}} {{say .Title .Leaf.Name}} {{say "p" (loud .Title)}}`,
		`{{say "a" "<&+'"}}{{"b" | loud}}{{bold "<"}}{{roman 2}}{{"c<"}}{{7}}{{true}}<p title="{{say "d\"" 1}}"><a href="{{say "javascript:e"}}"></a><textarea>{{say "</f>"}}</textarea>`,
		`{{if .Empty}}{{break "never"}}{{end}}`,
		`{{template "other" .Leaf}}{{range .Leaf.List}}{{template "other" .}}{{end}}`,
	} {
		t.Run(text, func(t *testing.T) {
			s := bound(t, map[string]string{"main": text, "other": `<{{.Name}}{{with .Up}}{{$.Name}}{{template "other" .}}{{end}}>`})
			same(t, s, "main", sample())
			same(t, s, "main", *sample())
			if gaps := s.Gaps(); len(gaps) > 0 {
				t.Error(gaps)
			}
		})
	}
}

// TestWhatIsLeft holds that what the compiler does not understand is still
// rendered, by html/template.
func TestWhatIsLeft(t *testing.T) {
	for _, text := range []string{
		`{{.Leaf.Loud}}`, `{{.When.Year}}`, `{{.Any}}`, `{{.Mode}}`, `{{with .Any}}{{.}}{{end}}`, `{{len .Words}}`, `{{index .Words 1}}`,
		`{{printf "%q" .Title}}`, `{{add 1 2}}`, `{{range 3}}{{.}}{{end}}`, `{{range .Map}}{{.}}{{end}}`, `{{range .Words}}{{if eq . "two"}}{{break}}{{end}}{{.}}{{end}}`,
		`{{$x := 1}}{{$x = 2}}{{$x}}`, `{{or .Empty .Title}}`, `{{.Leaf}}`, `{{1.5}} {{'a'}} {{0x10}}`, `<p title="{{.Markup}}">`, `<title>{{.Markup}}</title>`,
		`<a href={{.Title}}>`, `<script type="application/ld+json">{{.Title}} {{.Map}}</script>`, `<p title="{{template "plain" .}}">`, `{{template "plain"}}`,
		`{{eq .Kind "k"}}`, `{{if eq .N 1 2}}a{{end}}`, `{{if eq .Kind .N}}a{{end}}`, `{{block "b" .Any}}{{.}}{{end}}`, `<a href="{{.Markup}}">`, `{{.Title | html}}`,
	} {
		t.Run(text, func(t *testing.T) {
			s := bound(t, map[string]string{"main": text, "plain": "<b>'"})
			same(t, s, "main", sample())
			if len(s.Gaps()) == 0 {
				t.Error("nothing was left")
			}
		})
	}
}

// TestPartIsLeft holds that a template which is understood goes on where a part
// is not.
func TestPartIsLeft(t *testing.T) {
	s := bound(t, map[string]string{"main": `{{range .Leaf.List}}<p>{{template "part" .}}</p>{{end}}`, "part": `{{.Loud}}`})
	if got := same(t, s, "main", sample()); !strings.Contains(got, "<p>X</p>") {
		t.Errorf("%q", got)
	}
	if gaps := s.Gaps(); len(gaps) != 1 || !strings.HasPrefix(gaps[0], "part with *stencil.leaf") {
		t.Error(gaps)
	}
}

// TestFaults holds that errors are those of html/template, with their places.
func TestFaults(t *testing.T) {
	for text, want := range map[string]string{
		"{{.Nothing}}":                      "main:1:2: ",
		"\n{{.None.Name}}":                  "main:2:7: ",
		"\n {{.Map.b}}":                     "no entry for key",
		"{{range .Title}}{{end}}":           "range can't iterate",
		"{{template \"loop\" .}}":           "exceeded maximum template depth",
		"{{break .Title}}":                  "broken by",
		"{{template \"other\" .Leaf.List}}": "other:1:2: ",
		"a{{break \"constants\"}}":          "broken by constants",
	} {
		if text == "{{break .Title}}" {
			text = "{{.Title | break}}"
		}
		t.Run(text, func(t *testing.T) {
			s := bound(t, map[string]string{"main": text, "loop": "{{template \"loop\" .}}", "other": "{{.Gone}}"})
			err := s.Execute(new(bytes.Buffer), "main", sample())
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%v, want %q", err, want)
			}
			same(t, s, "main", sample())
		})
	}
	s := bound(t, map[string]string{"main": "x"})
	same(t, s, "nothing", 1)
	same(t, s, "main", nil)
}

// TestAfterFault holds that a fault leaves nothing behind.
func TestAfterFault(t *testing.T) {
	s := bound(t, map[string]string{"main": `a{{$x := .Name}}{{$x}}{{.Up.Name}}`})
	var b bytes.Buffer
	b.WriteString("before ")
	if err := s.Execute(&b, "main", &leaf{}); err == nil {
		t.Fatal("no error")
	}
	b.Truncate(len("before "))
	if err := s.Execute(&b, "main", &leaf{Name: "n", Up: &leaf{Name: "u"}}); err != nil || b.String() != "before anu" {
		t.Errorf("%q, %v", b.String(), err)
	}
}

// TestConstants holds that a function is called once where its arguments are
// constants, and that texts are those of the set's own functions, where the
// escaped templates have others.
func TestConstants(t *testing.T) {
	calls := 0
	parsed := func(text string) (func(string) *template.Template, template.FuncMap) {
		funcs := template.FuncMap{"say": func(key string, args ...any) string {
			calls++
			return text + key + fmt.Sprint(args...)
		}}
		root := template.Must(template.New("main").Funcs(funcs).Parse(`<p title="{{say "a'"}}">{{say "b" 1}}{{say "c" .Name}}`))
		if err := root.Execute(io.Discard, &leaf{}); err != nil {
			t.Fatal(err)
		}
		return func(string) *template.Template { return root }, funcs
	}
	escaped, _ := parsed("en<")
	s := New(escaped, nil, func() template.FuncMap { _, funcs := parsed("ko<"); return funcs }())
	calls = 0
	for i, want := range []int{3, 4} {
		if got, err := s.Fragment("main", &leaf{Name: "n"}); err != nil || got != `<p title="ko&lt;a&#39;">ko&lt;b1ko&lt;cn` {
			t.Error(got, err)
		}
		if calls != want {
			t.Errorf("%d calls after run %d, want %d", calls, i+1, want)
		}
	}
}

// TestTogether executes a template from many goroutines, which compile it at
// once.
func TestTogether(t *testing.T) {
	s := bound(t, map[string]string{"main": `{{range .Leaf.List}}{{template "other" .}}{{end}}`, "other": `{{.Name}}`})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				if out, err := s.Fragment("main", sample()); err != nil || out != "xy" {
					t.Error(out, err)
				}
			}
		})
	}
	all.Wait()
}

// TestTypes holds that one template serves dots of several types.
func TestTypes(t *testing.T) {
	s := bound(t, map[string]string{"main": `{{.Name}}`})
	for _, dot := range []any{&leaf{Name: "a"}, leaf{Name: "b"}, struct{ Name template.HTML }{"<c>"}, map[string]string{"Name": "<d>"}, struct{ Name int }{5}} {
		if same(t, s, "main", dot) == "" {
			t.Errorf("%s gives nothing", reflect.TypeOf(dot))
		}
	}
	if gaps := s.Gaps(); len(gaps) > 0 {
		t.Error(gaps)
	}
}
