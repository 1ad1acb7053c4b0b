package source

import (
	"bytes"
	"strings"

	"bongsu/generator/diag"
)

// File is a parsed text file. For YAML files Body is empty. Line numbers of
// Matter and Body count from the top of the file.
type File struct {
	Path     string
	Text     string // the whole text in its internal form
	Matter   Value
	Body     string
	BodyLine int  // line at which Body begins, from 1
	Plain    bool // of Markdown: holds no characters but visible ASCII, tabs, line breaks, Hangul syllables, and · – ‘ ’ “ ” … → and their like

	room *room // of Matter; nil where it has its own memory
}

// Release lets the memory of Matter be used for other files: its lists and maps
// must not be looked at any more. Its texts stay.
func (f *File) Release() {
	if f.room != nil {
		rooms.Put(f.room)
		f.room, f.Matter = nil, Value{}
	}
}

// ParseYAML reads a YAML file. With errors among the findings Matter holds what
// could be read all the same; its Kind is Null where that is nothing.
func ParseYAML(raw Raw) (File, diag.List) {
	text, diags := Text(raw)
	f := File{Path: raw.Path, Text: text}
	if text == "" && diags.HasErrors() {
		return f, diags
	}
	var more diag.List
	f.Matter, more = parseYAML(raw.Path, 1, without(text, diags))
	return f, append(diags, more...)
}

// ParseMarkdown reads a Markdown file: front matter between two lines ---, then
// the body. With errors among the findings BodyLine is 0 where the two could not
// be told apart, and Matter is as in ParseYAML. Matter does not hold on to Text.
func ParseMarkdown(raw Raw) (File, diag.List) {
	text, plain, diags := textOf(raw)
	f := File{Path: raw.Path, Text: text, Plain: plain}
	if text == "" && diags.HasErrors() {
		return f, diags
	}
	matter, body, line, d := split(raw.Path, without(text, diags))
	if d != nil {
		diags.Add(*d)
		return f, diags
	}
	f.Body, f.BodyLine = body, line
	var more diag.List
	f.Matter, more = parseYAML(raw.Path, 2, strings.Clone(matter)) // its values outlive the text
	return f, append(diags, more...)
}

// ParseQuick is ParseMarkdown for a file in which nothing is out of the ordinary;
// ok is false for any other. Text is the front matter alone and Body is empty:
// the body is given as the bytes that stand in raw.
func ParseQuick(raw Raw) (f File, body []byte, ok bool) {
	data := bytes.TrimPrefix(raw.Data, []byte("\ufeff"))
	closing := []byte("\n" + fence + "\n")
	end := bytes.Index(data, closing)
	if end < 0 || !plain(data) {
		return f, nil, false
	}
	end += len(closing)
	f = File{Path: raw.Path, Text: string(data[:end]), Plain: true}
	matter, rest, line, d := split(raw.Path, f.Text)
	if d != nil || rest != "" { // the fence that was found is not the one
		return f, nil, false
	}
	f.BodyLine = line
	f.room = rooms.Get().(*room)
	if f.Matter, ok = parseSimple(raw.Path, 2, matter, f.room); !ok {
		f.Release()
	}
	return f, data[end:], ok
}

const fence = "---"

// split cuts front matter from the body. line is where the body begins.
func split(file, text string) (matter, body string, line int, d *diag.Diagnostic) {
	at := func(c diag.Code, msg, hint string) *diag.Diagnostic {
		x := c.At(diag.Position{File: file, Line: 1, Col: 1}, "%s", msg).WithHint("%s", hint)
		return &x
	}
	first, rest, _ := strings.Cut(text, "\n")
	if strings.TrimRight(first, " \t") != fence {
		return "", "", 0, at(diag.MissingMatter, "file does not begin with front matter",
			"put a line ---, the fields, and another line --- at the top")
	}
	line = 2
	for begin := 0; begin <= len(rest); {
		l, _, more := strings.Cut(rest[begin:], "\n")
		if strings.TrimRight(l, " \t") == fence {
			return rest[:begin], rest[min(begin+len(l)+1, len(rest)):], line + 1, nil
		}
		if !more {
			break
		}
		begin += len(l) + 1
		line++
	}
	return "", "", 0, at(diag.UnclosedMatter, "front matter that begins here is not closed",
		"put a line --- between the fields and the text")
}
