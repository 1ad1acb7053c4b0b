package diag

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
)

// quality is a finding in a code quality report of GitLab.
type quality struct {
	Description string `json:"description"`
	Check       Code   `json:"check_name"`
	Fingerprint string `json:"fingerprint"` // of the same finding in other reports
	Severity    string `json:"severity"`
	Location    struct {
		Path  string `json:"path"`
		Lines struct {
			Begin int `json:"begin"`
		} `json:"lines"`
	} `json:"location"`
}

// qualitySeverity gives the words of GitLab for how grave a finding is.
var qualitySeverity = map[Severity]string{Error: "blocker", Warning: "minor", Note: "info"}

// PrintGitLab writes the list as a code quality report of GitLab, which shows it
// beside the lines of a merge request. A fingerprint holds no line, so that a
// finding stays the same when lines move; the second of two alike is numbered.
func PrintGitLab(w io.Writer, l List) error {
	out, alike := make([]quality, len(l)), map[string]int{}
	for i, d := range l {
		key := d.Pos.File + "\n" + string(d.Code) + "\n" + d.Message
		alike[key]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%d", key, alike[key]))
		q := quality{Description: d.Message, Check: d.Code, Fingerprint: hex.EncodeToString(sum[:16]), Severity: qualitySeverity[d.Severity]}
		if d.Hint != "" {
			q.Description += "; " + d.Hint
		}
		q.Location.Path, q.Location.Lines.Begin = d.Pos.File, max(d.Pos.Line, 1)
		out[i] = q
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(out)
}
