package stencil

import (
	"bytes"
	"fmt"
	"html/template"
	"testing"
)

type frameOf struct {
	Title string
	Main  template.HTML
	Name  string
}

// TestWrap: a template in another one gives what html/template gives where it
// is executed first, whatever the other does with it, and also where it is
// empty or fails.
func TestWrap(t *testing.T) {
	for _, outer := range []string{
		"<main>{{.Main}}</main>", "{{.Main}}{{.Title}}{{.Main}}", "{{with .Main}}a{{.}}b{{else}}none{{end}}", "{{if .Main}}some{{end}}", "{{.Title}}",
		`<p title="{{.Main}}">`, "<title>{{.Main}}</title>", "{{$m := .Main}}{{$m}}", `{{template "part" .Main}}`, "{{len .Main}}", "{{.Main}}{{.Gone}}",
	} {
		for _, inner := range []string{"<b>{{.Name}}</b>{{$x := .Title}}{{$x}}", "", "{{with .Title}}{{.}}{{end}}", "a{{break .Title}}", "{{.Gone}}"} {
			for _, title := range []string{"", "R & D"} {
				s := bound(t, map[string]string{"outer": outer, "inner": inner, "part": "[{{.}}]"})
				var got, want bytes.Buffer
				got.WriteString("before")
				want.WriteString("before")
				a, b := &frameOf{Title: title}, &frameOf{Title: title}
				dot := &frameOf{Title: title, Name: "<n>"}
				err := s.Wrap(&got, "outer", a, func(m template.HTML) { a.Main = m }, "inner", dot)
				wantErr := s.Interpreted().Wrap(&want, "outer", b, func(m template.HTML) { b.Main = m }, "inner", dot)
				if fmt.Sprint(err) != fmt.Sprint(wantErr) || err == nil && got.String() != want.String() {
					t.Errorf("%q in %q: %q, %v, want %q, %v", inner, outer, got.String(), err, want.String(), wantErr)
				}
			}
		}
	}
}
