package kit

import (
	"strings"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// snippet is an entry of a file of snippets of VS Code. In its lines, {ko|en}
// are the words in the first language of the site, and <levels> a choice of
// its own words.
type snippet struct {
	name   string
	prefix []string
	words  model.Words
	lines  []string
}

// stamp is the time of the editor's clock, with its zone.
const stamp = "${CURRENT_YEAR}-${CURRENT_MONTH}-${CURRENT_DATE}T${CURRENT_HOUR}:${CURRENT_MINUTE}${CURRENT_TIMEZONE_OFFSET}"

// snippetTable is the table of snippets. It is read only.
var snippetTable = []snippet{
	{"advisory", []string{"advisory", "공지"}, model.Words{Ko: "여행경보나 안전공지의 원본 파일", En: "The source file of a travel alert or safety notice"}, []string{
		"---",
		"# yaml-language-server: \\$schema=../../../" + Schemas + "/advisories.json",
		"title: ${1:{제목|Title}}",
		"summary: ${2:{한두 문장의 요약입니다.|One or two sentences.}}",
		"issued: " + stamp,
		"categories: [${3<categories>}]",
		"levels:",
		"  - {level: ${4<levels>}, places: [${5<places>}]}",
		"contacts: [${6<contacts>}]",
		"---",
		"",
		"## {바뀐 내용|What changed} {#what-changed}",
		"",
		"${0:{본문입니다.|Text.}}",
	}},
	{"scam", []string{"scam", "사기"}, model.Words{Ko: "취업 사기 경보의 원본 파일", En: "The source file of a warning of a recruitment scam"}, []string{
		"---",
		"# yaml-language-server: \\$schema=../../" + Schemas + "/scams.json",
		"title: ${1:{제목|Title}}",
		"summary: ${2:{한두 문장의 요약입니다.|One or two sentences.}}",
		"issued: " + stamp,
		"channels: [${3<channels>}]",
		"places: [${4<places>}]",
		"red_flags: [${5<red-flags>}]",
		"contacts: [${6<contacts>}]",
		"---",
		"",
		"## {광고는 이렇게 말합니다|What the advertisement says} {#ad}",
		"",
		"${0:{본문입니다.|Text.}}",
	}},
	{"translation", []string{"translation", "번역"}, model.Words{Ko: "번역 파일", En: "The file of a translation"}, []string{
		"---",
		"title: ${1:Title}",
		"summary: ${2:One or two sentences.}",
		"translates: ${3:1}",
		"---",
		"",
		"${0:Text.}",
	}},
	{"level", []string{"level", "단계"}, model.Words{Ko: "levels의 한 줄", En: "A line of levels"}, []string{
		"- {level: ${1<levels>}, places: [${2<places>}]}",
	}},
	{"revision", []string{"revision", "변경"}, model.Words{Ko: "changes의 한 줄", En: "A line of changes"}, []string{
		"- {at: " + stamp + ", note: ${1:{바뀐 점입니다.|What changed.}}, major: ${2|false,true|}}",
	}},
	{"withdrawn", []string{"withdrawn", "철회"}, model.Words{Ko: "철회", En: "Taking a record back"}, []string{
		"withdrawn: {at: " + stamp + ", reason: ${1:{철회하는 까닭입니다.|Why it is taken back.}}}",
	}},
	{"source", []string{"source", "출처"}, model.Words{Ko: "sources의 한 줄", En: "A line of sources"}, []string{
		"- {title: ${1:{제목|Title}}, url: \"${2:https://example.org/}\", publisher: ${3:{펴낸 곳|Publisher}}, date: ${CURRENT_YEAR}-${CURRENT_MONTH}-${CURRENT_DATE}}",
	}},
}

// snippetsOf gives the file of snippets of a site.
func snippetsOf(s *site.Site) object {
	v := vocabulariesOf(s)
	out := object{}
	for _, x := range snippetTable {
		body := make([]string, len(x.lines))
		for i, line := range x.lines {
			body[i] = v.fill(line)
		}
		out["Bongsu: "+x.name] = object{
			"scope": "markdown", "prefix": x.prefix, "description": x.words.Ko + " · " + x.words.En, "body": body,
		}
	}
	return out
}

// fill puts the words of a site into a line of a snippet.
func (v vocabularies) fill(line string) string {
	for _, k := range []model.Vocabulary{model.LevelIDs, model.CategoryIDs, model.PlaceCodes, model.ContactIDs, model.RedFlagIDs} {
		var ids []string
		for _, w := range v.words[k] {
			ids = append(ids, w.id)
		}
		line = strings.ReplaceAll(line, "<"+string(k)+">", choices(ids))
	}
	line = strings.ReplaceAll(line, "<channels>", choices(model.Channels))
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(line, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		inner, after, closed := strings.Cut(rest, "}")
		ko, en, two := strings.Cut(inner, "|")
		switch {
		case !closed || !two || strings.ContainsAny(inner, "{$") || strings.HasSuffix(before, "$"):
			b.WriteByte('{')
			line = rest
		case v.langs[0] == "ko":
			b.WriteString(ko)
			line = after
		default:
			b.WriteString(en)
			line = after
		}
	}
}

// listed is how many words a choice offers; more are not looked through.
const listed = 80

// choices writes the end of a placeholder that offers words.
func choices(ids []string) string {
	if len(ids) == 0 {
		return ":"
	}
	return "|" + strings.Join(ids[:min(len(ids), listed)], ",") + "|"
}
