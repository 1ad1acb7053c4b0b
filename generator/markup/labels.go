package markup

// labels holds the words that the renderer adds to a text. They stand here and
// not with the words of the templates because they are part of the HTML of a
// body, which is rendered before any template.
type labels struct {
	callouts  [len(calloutKinds)]string // in the order of calloutKinds
	code      string                    // name of a code block; a number follows
	ad        string                    // name of a quoted advertisement
	message   string                    // name of a message to copy
	table     string
	footnotes string
	footnote  string // name of a call; a number follows
	back      string // name of a link back to a call; a number follows
	done      string // name of a ticked mark in a task list
	open      string
}

// calloutKinds are the kinds of callouts, as written in lower case; each is
// also the end of a class name.
var calloutKinds = [...]string{"note", "tip", "important", "warning", "caution"}

// languages is the table of labels by language; English is the fallback.
var languages = map[string]*labels{
	"ko": {
		callouts: [...]string{"참고", "도움말", "중요", "경고", "위험"},
		code:     "코드", ad: "의심스러운 광고", message: "복사할 메시지", table: "표",
		footnotes: "각주", footnote: "각주", back: "본문으로 돌아가기", done: "완료", open: "미완료",
	},
	"en": {
		callouts: [...]string{"Note", "Tip", "Important", "Warning", "Danger"},
		code:     "Code", ad: "Suspicious advertisement", message: "Message to copy", table: "Table",
		footnotes: "Footnotes", footnote: "Footnote", back: "Back to the text", done: "Done", open: "Not done",
	},
}

// labelsFor gives the labels of a language, the first part of its tag.
func labelsFor(lang string) *labels {
	if l, ok := languages[lang]; ok {
		return l
	}
	return languages["en"]
}
