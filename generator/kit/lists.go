package kit

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"bongsu/generator/diag"
	"bongsu/generator/model"
)

const madeBy = "<!-- bongsu kit이 만듭니다. 고치지 마십시오. · Made by \"bongsu kit\"; do not edit. -->\n\n"

// Fields writes the list of every field of every kind of file, in Korean and
// English, as Markdown.
func Fields() string {
	var b strings.Builder
	b.WriteString("# 필드 목록 · Every field\n\n" + madeBy)
	b.WriteString("프로그램의 필드 표에서 만든 목록입니다. **●** 꼭 필요함, **◐** 원본 파일에 꼭 필요함, **○** 원본 파일에만 씀.\n")
	b.WriteString("번역 파일에는 ◐와 ○가 붙은 필드를 쓰지 않습니다.\n\n")
	b.WriteString("Made from the program's own table of fields. **●** required, **◐** required in the source file, **○** in the source file alone.\n")
	b.WriteString("A translation carries no field that is marked ◐ or ○.\n")
	written := map[string]bool{}
	common := commonFields()
	heading(&b, 2, "record")
	b.WriteString("`content/*/**/*.md`  \n모든 기록의 앞부분에 쓰는 필드입니다.  \nThe fields of the front matter of every record.\n\n")
	tables(&b, model.Form{Fields: common}, nil, written)
	for _, f := range model.FileForms() {
		heading(&b, 2, f.ID)
		fmt.Fprintf(&b, "`content/%s`  \n%s  \n%s\n\n", f.Files, f.Words.Ko, f.Words.En)
		var skip []string
		if f.Kind != nil {
			for _, x := range common {
				skip = append(skip, x.Key)
			}
			b.WriteString("[모든 기록의 필드](#record) · [the fields of every record](#record)\n\n")
		}
		tables(&b, f.Form, skip, written)
	}
	return b.String()
}

// commonFields gives the fields of every record: those of the kind that has no
// fields of its own.
func commonFields() []model.FieldForm {
	for _, f := range model.FileForms() {
		if f.ID == "pages" {
			return f.Form.Fields
		}
	}
	return nil
}

func heading(b *strings.Builder, level int, text string) {
	fmt.Fprintf(b, "\n%s %s\n\n", strings.Repeat("#", level), text)
}

// tables writes the table of a map and of the maps inside it, each once.
func tables(b *strings.Builder, f model.Form, skip []string, written map[string]bool) {
	var inner []model.Form
	head := false
	for _, x := range f.Fields {
		if slices.Contains(skip, x.Key) {
			continue
		}
		if !head {
			b.WriteString("| 필드 · field | | 값 · value | 뜻 | meaning |\n| --- | --- | --- | --- | --- |\n")
			head = true
		}
		fmt.Fprintf(b, "| `%s` | %s | %s | %s | %s |\n", x.Key, mark(x), example(x.Form), x.Words.Ko, x.Words.En)
		g := x.Form
		if g.Kind == model.ListForm {
			g = *g.Item
		}
		if g.Kind == model.MapForm && !written[g.Name] {
			written[g.Name] = true
			inner = append(inner, g)
		}
	}
	for _, g := range inner {
		heading(b, 3, g.Name)
		tables(b, g, nil, written)
	}
}

func mark(x model.FieldForm) string {
	switch {
	case x.Required:
		return "●"
	case x.RequiredInSource:
		return "◐"
	case x.Shared:
		return "○"
	}
	return ""
}

// examples show how a value is written, by what it refers to and by its kind.
var examples = map[string]string{
	string(model.LevelIDs): "`3`", string(model.CategoryIDs): "`crime`",
	string(model.ProvinceCodes): "`KH-1`", string(model.ContactIDs): "`call-centre`", string(model.RedFlagIDs): "`passport-held`",
	string(model.AdvisoryIDs): "`advisories/이름`",
	string(model.TextForm):    "글 · text", string(model.TextsForm): "`{ko: …, en: …}`", string(model.TimeForm): "`2025-10-16T09:00`",
	string(model.BoolForm): "`true` `false`", string(model.IntForm): "수 · number", string(model.NumberForm): "수 · number",
	string(model.PointForm): "`[104.92, 11.56]`",
}

// example shows how a value is written.
func example(f model.Form) string {
	switch {
	case f.Kind == model.ListForm && f.Item.Kind == model.MapForm:
		return "`- {…}` [" + f.Item.Name + "](#" + anchor(f.Item.Name) + ")"
	case f.Kind == model.ListForm && len(f.Item.Enum) > 0:
		return "목록 · list: " + example(*f.Item)
	case f.Kind == model.ListForm && f.Item.Kind == model.TextForm && f.Item.Refers+model.Vocabulary(f.Item.Example) == "":
		return "목록 · list: `[…, …]`"
	case f.Kind == model.ListForm:
		return "목록 · list: `[" + strings.Trim(example(*f.Item), "`") + ", …]`"
	case f.Kind == model.MapForm:
		return "`{…}` [" + f.Name + "](#" + anchor(f.Name) + ")"
	case len(f.Enum) > 0:
		return "`" + strings.Join(f.Enum, "` `") + "`"
	case f.Max > 0:
		return fmt.Sprintf("%d–%d", f.Min, f.Max)
	case f.Example != "":
		return "`" + f.Example + "`"
	case f.Refers != "":
		return examples[string(f.Refers)]
	}
	return examples[string(f.Kind)]
}

// anchor is what a heading becomes as the target of a link.
func anchor(s string) string { return strings.ReplaceAll(strings.ToLower(s), " ", "-") }

// Diagnostics writes the list of every finding with its remedy, in Korean and
// English, as Markdown.
func Diagnostics() string {
	var b strings.Builder
	b.WriteString("# 검사가 찾는 것 · Every diagnostic\n\n" + madeBy)
	b.WriteString("검사가 알린 줄 끝의 `[이름]`을 여기에서 찾으십시오. 오류가 하나라도 있으면 아무것도 공개되지 않습니다. 경고와 참고는 공개를 막지 않습니다.\n\n")
	b.WriteString("Look up the `[name]` at the end of a line of the check. While one error stands nothing is published; warnings and notes do not stop it.\n")
	for _, part := range []struct {
		severity diag.Severity
		title    string
	}{{diag.Error, "오류 · Errors"}, {diag.Warning, "경고 · Warnings"}, {diag.Note, "참고 · Notes (`bongsu check --notes`)"}} {
		heading(&b, 2, part.title)
		b.WriteString("| 이름 · name | 무엇 · what | 고치는 법 · remedy |\n| --- | --- | --- |\n")
		for _, code := range slices.Sorted(maps.Keys(diag.Codes)) {
			if info := diag.Codes[code]; info.Severity == part.severity {
				fmt.Fprintf(&b, "| `%s` | %s<br>%s | %s<br>%s |\n", code, cell(info.SummaryKo), cell(info.Summary), cell(info.RemedyKo), cell(info.Remedy))
			}
		}
	}
	return b.String()
}

// cell makes a text fit for a cell of a table.
func cell(s string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;", "**", "`**`", "[^1]", "`[^1]`").Replace(s)
}
