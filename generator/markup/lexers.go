package markup

import (
	"embed"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
)

// lexerFiles are the descriptions of languages that come from chroma v2.27.0
// unchanged, under the notice in lexers/LICENSE. chroma's own package of lexers is not imported: it reads all
// of its languages when a program starts.
//
//go:embed lexers/*.xml
var lexerFiles embed.FS

// fileLanguages are the languages that have a file.
var fileLanguages = []string{"bash", "css", "diff", "html", "javascript", "json", "python", "xml", "yaml"}

// aliases are other names of languages; plain text is the empty one.
var aliases = map[string]string{
	"sh": "bash", "shell": "bash", "js": "javascript", "py": "python", "yml": "yaml",
	"htm": "html", "svg": "xml", "rss": "xml", "atom": "xml", "geojson": "json", "jsonl": "json",
	"golang": "go", "patch": "diff", "text": "", "txt": "", "plain": "", "markdown": "", "md": "", "csv": "",
}

// longestCode is the most code in bytes that is highlighted; more is shown
// plain, because some patterns take long on hostile text.
const longestCode = 64 << 10

// lexers loads each language when it is first used.
type lexers struct {
	load map[string]func() chroma.Lexer
}

func newLexers() *lexers {
	l := &lexers{load: map[string]func() chroma.Lexer{
		"go":         sync.OnceValue(func() chroma.Lexer { return ruleLexer("Go", goRules) }),
		scamLanguage: sync.OnceValue(func() chroma.Lexer { return ruleLexer("scam", scamRules) }),
	}}
	for _, name := range fileLanguages {
		l.load[name] = sync.OnceValue(func() chroma.Lexer { return fileLexer(name) })
	}
	return l
}

// fileLexer reads a language from its file. A file that cannot be read gives
// nothing, and so plain text; a test reads every file.
func fileLexer(name string) chroma.Lexer {
	lexer, err := chroma.NewXMLLexer(lexerFiles, "lexers/"+name+".xml")
	if err != nil {
		return nil
	}
	if name == "html" { // it hands scripts and styles on, to lexers of its own registry
		registry := chroma.NewLexerRegistry()
		registry.Register(fileLexer("javascript"))
		registry.Register(fileLexer("css"))
		registry.Register(lexer)
	}
	return lexer
}

// ruleLexer makes a lexer from rules written here. Rules that do not compile
// give no tokens; a test uses every one.
func ruleLexer(name string, rules func() chroma.Rules) chroma.Lexer {
	lexer, err := chroma.NewLexer(&chroma.Config{Name: name, CaseInsensitive: name == scamLanguage}, rules)
	if err != nil {
		return nil
	}
	return lexer
}

// name gives the language that a word after a fence names; plain text is "".
func (l *lexers) name(word string) (string, bool) {
	word = strings.ToLower(word)
	if name, ok := aliases[word]; ok {
		return name, true
	}
	if _, ok := l.load[word]; ok {
		return word, true
	}
	return "", false
}

// names lists the languages.
func (l *lexers) names() []string { return slices.Sorted(maps.Keys(l.load)) }

// tokens splits code. Whatever goes wrong, the tokens together are the code:
// then it is one token of plain text.
func (l *lexers) tokens(name, code string) (tokens []chroma.Token) {
	plain := []chroma.Token{{Type: chroma.Text, Value: code}}
	load, ok := l.load[name]
	if !ok || len(code) > longestCode {
		return plain
	}
	lexer := load()
	if lexer == nil {
		return plain
	}
	// chroma tells errors of its iterators by panicking and asks its callers to
	// recover.
	defer func() {
		if recover() != nil {
			tokens = plain
		}
	}()
	it, err := lexer.Tokenise(nil, code)
	if err != nil {
		return plain
	}
	var all strings.Builder
	for t := it(); t != chroma.EOF; t = it() {
		all.WriteString(t.Value)
		if last := len(tokens) - 1; last >= 0 && tokens[last].Type == t.Type {
			tokens[last].Value += t.Value
		} else {
			tokens = append(tokens, t)
		}
	}
	if all.String() != code {
		return plain
	}
	return tokens
}

// goRules describe Go as far as the colours go.
func goRules() chroma.Rules {
	return chroma.Rules{"root": {
		{Pattern: `\s+`, Type: chroma.TextWhitespace},
		{Pattern: `//[^\n]*|/\*[\s\S]*?\*/`, Type: chroma.Comment},
		{Pattern: "\"(?:\\\\.|[^\"\\\\\\n])*\"|`[^`]*`|'(?:\\\\.|[^'\\\\\\n])+'", Type: chroma.LiteralString},
		{Pattern: `(?:break|case|chan|const|continue|default|defer|else|fallthrough|for|func|go|goto|if|import|interface|map|package|range|return|select|struct|switch|type|var|nil|true|false|iota)\b`, Type: chroma.Keyword},
		{Pattern: `[\pL_][\pL\pN_]*(?=\()`, Type: chroma.NameFunction},
		{Pattern: `[\pL_][\pL\pN_]*`, Type: chroma.Name},
		{Pattern: `0[xXbBoO][0-9a-fA-F_]+|[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9]+)?`, Type: chroma.LiteralNumber},
		{Pattern: `[^\s\pL\pN_"'` + "`" + `/]+|.`, Type: chroma.Punctuation},
	}}
}
