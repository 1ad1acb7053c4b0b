package diag

import (
	"encoding/json"
	"io"
	"slices"
	"strings"
)

// The types below are the part of SARIF 2.1.0 (OASIS, "Static Analysis Results
// Interchange Format") that Bongsu writes. Names and casing are the format's.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      Code        `json:"id"`
		Short   sarifText   `json:"shortDescription"`
		Help    sarifText   `json:"help"`
		Default sarifConfig `json:"defaultConfiguration"`
	}
	sarifConfig struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		Rule      Code            `json:"ruleId"`
		Index     int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifLocation struct {
		Physical struct {
			Artifact struct {
				URI string `json:"uri"`
			} `json:"artifactLocation"`
			Region *sarifRegion `json:"region,omitempty"`
		} `json:"physicalLocation"`
	}
	sarifRegion struct {
		Line    int        `json:"startLine"`
		Col     int        `json:"startColumn,omitempty"`
		EndCol  int        `json:"endColumn,omitempty"`
		Snippet *sarifText `json:"snippet,omitempty"`
	}
)

// PrintSARIF writes the list as one SARIF 2.1.0 log. Every code that occurs is
// described in English and in Korean. Readers of the format count the paths of
// files from the top of a repository.
func PrintSARIF(w io.Writer, l List, version string) error {
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "bongsu", Version: version, Rules: []sarifRule{}}
	var codes []Code
	for _, d := range l {
		codes = append(codes, d.Code)
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	for _, c := range codes {
		info := Codes[c]
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{
			ID: c, Short: sarifText{sentence(info.Summary)}, Help: sarifText{info.Remedy + " " + info.RemedyKo},
			Default: sarifConfig{info.Severity.String()},
		})
	}
	for _, d := range l {
		i, _ := slices.BinarySearch(codes, d.Code)
		run.Results = append(run.Results, d.sarif(i))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

func (d Diagnostic) sarif(rule int) sarifResult {
	text := sentence(d.Message)
	if d.Hint != "" {
		text += " " + sentence(d.Hint)
	}
	var at sarifLocation
	at.Physical.Artifact.URI = uri(d.Pos.File)
	if d.Pos.Line > 0 {
		at.Physical.Region = &sarifRegion{Line: d.Pos.Line, Col: d.Pos.Col}
		if d.Pos.Col > 0 {
			at.Physical.Region.EndCol = d.Pos.Col + max(d.Width, 1)
		}
		if d.Line != "" {
			at.Physical.Region.Snippet = &sarifText{d.Line}
		}
	}
	return sarifResult{Rule: d.Code, Index: rule, Level: d.Severity.String(), Message: sarifText{text}, Locations: []sarifLocation{at}}
}

// sentence makes a message a sentence: the format wants full ones.
func sentence(s string) string {
	if s != "" && s[0] >= 'a' && s[0] <= 'z' {
		s = strings.ToUpper(s[:1]) + s[1:]
	}
	if !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "?") {
		s += "."
	}
	return s
}

// uri writes a path as a relative URI reference.
func uri(path string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(path) {
		c := path[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~/", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.WriteString("%" + string(hex[c>>4]) + string(hex[c&15]))
	}
	return b.String()
}
