package diag

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Format names a way of writing diagnostics.
type Format string

const (
	// Human is for a person at a terminal: the line, a caret, a hint.
	Human Format = "human"
	// JSON is one object a line, for programs.
	JSON Format = "json"
	// CI is the workflow-command form that GitHub shows beside the line.
	CI Format = "ci"
)

// Print writes the list in the format. Color applies to Human only.
func Print(w io.Writer, l List, f Format, color bool) error {
	b := bufio.NewWriter(w)
	for _, d := range l {
		switch f {
		case JSON:
			printJSON(b, d)
		case CI:
			printCI(b, d)
		default:
			printHuman(b, d, color)
		}
	}
	return b.Flush()
}

func printHuman(w io.Writer, d Diagnostic, color bool) {
	paint := func(code, s string) string {
		if !color {
			return s
		}
		return "\x1b[" + code + "m" + s + "\x1b[0m"
	}
	sev := paint([...]string{"1;36", "1;33", "1;31"}[d.Severity-Note], d.Severity.String())
	fmt.Fprintf(w, "%s: %s: %s %s\n", paint("1", d.Pos.String()), sev, safe(d.Message), paint("2", "["+string(d.Code)+"]"))
	if d.Line != "" {
		text, caret := Excerpt(d)
		fmt.Fprintf(w, "    %s\n", text)
		if caret != "" {
			fmt.Fprintf(w, "    %s\n", paint("1;32", caret))
		}
	}
	if d.Hint != "" {
		fmt.Fprintf(w, "    %s %s\n", paint("1", "hint:"), safe(d.Hint))
	}
}

// excerptCells is the widest piece of a source line that is shown, in terminal
// cells.
const excerptCells = 100

// Excerpt gives the source line of a finding, cut to a terminal's width around
// the place, and a second line of the same cell width that marks the place.
// Double-width characters (Hangul, Han) count as two cells.
func Excerpt(d Diagnostic) (text, caret string) {
	runes := []rune(strings.Map(visible, d.Line))
	if d.Pos.Col == 0 || d.Pos.Col > len(runes)+1 {
		return string(runes[:min(len(runes), excerptCells)]), ""
	}
	start, lead := d.Pos.Col-1, ""
	for cells := 0; start > 0; start-- { // back from the place: a line may be very long
		if cells += cellsOf(runes[start-1 : start]); cells > excerptCells/2 {
			break
		}
	}
	if start > 0 {
		lead = "…"
	}
	end := start
	for cells := 0; end < len(runes); end++ {
		if cells += cellsOf(runes[end : end+1]); cells > excerptCells {
			break
		}
	}
	text = lead + string(runes[start:end])
	if end < len(runes) {
		text += "…"
	}
	markEnd := min(max(d.Pos.Col-1+max(d.Width, 1), d.Pos.Col), end)
	marked := 1
	if markEnd > d.Pos.Col-1 {
		marked = cellsOf(runes[d.Pos.Col-1 : markEnd])
	}
	indent := cellsOf([]rune(lead)) + cellsOf(runes[start:d.Pos.Col-1])
	return text, strings.Repeat(" ", indent) + strings.Repeat("^", max(marked, 1))
}

// cellsOf counts the terminal cells of the text.
func cellsOf(runes []rune) int {
	n := 0
	for _, r := range runes {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			if !unicode.Is(unicode.Mn, r) {
				n++
			}
		}
	}
	return n
}

// visible replaces characters that would move the cursor or hide text.
func visible(r rune) rune {
	if r == '\t' {
		return ' '
	}
	if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
		return '\ufffd'
	}
	return r
}

// safe makes text of unknown origin fit for one line of a terminal.
func safe(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' {
			return ' '
		}
		return visible(r)
	}, s)
}

// jsonDiagnostic is the JSON form; its keys are a contract.
type jsonDiagnostic struct {
	File     string `json:"file"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
	Width    int    `json:"width,omitempty"`
	Severity string `json:"severity"`
	Code     Code   `json:"code"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
	Text     string `json:"text,omitempty"`
}

// MarshalJSON writes the contract form of a finding.
func (d Diagnostic) MarshalJSON() ([]byte, error) {
	return json.Marshal(jsonDiagnostic{
		d.Pos.File, d.Pos.Line, d.Pos.Col, d.Width, d.Severity.String(), d.Code, d.Message, d.Hint, d.Line,
	})
}

func printJSON(w io.Writer, d Diagnostic) {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(d) // strings and numbers only: cannot fail but for w, which bufio reports at Flush
}

// printCI writes a workflow command. Values are escaped as that form asks.
func printCI(w io.Writer, d Diagnostic) {
	msg := d.Message
	if d.Hint != "" {
		msg += ". " + d.Hint
	}
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	prop := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	fmt.Fprintf(w, "::%s file=%s,line=%d,col=%d,title=%s::%s\n",
		[...]string{"notice", "warning", "error"}[d.Severity-Note], prop.Replace(d.Pos.File), max(d.Pos.Line, 1), max(d.Pos.Col, 1), prop.Replace(string(d.Code)), data.Replace(msg))
}
