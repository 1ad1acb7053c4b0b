package proof

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
)

// logOf writes a log of n lines that are chained rightly.
func logOf(n int) string {
	var b strings.Builder
	head := strings.Repeat("0", 64)
	for i := range n {
		line := fmt.Sprintf(`{"seq":%d,"place":"KH-%d","previous":%q}`, i+1, i, head)
		sum := sha256.Sum256([]byte(line))
		head = hex.EncodeToString(sum[:])
		b.WriteString(line + "\n")
	}
	return b.String()
}

func TestChain(t *testing.T) {
	long, err := ParseChain([]byte(logOf(5)))
	if err != nil || long.Lines != 5 {
		t.Fatal(long, err)
	}
	short, err := ParseChain([]byte(logOf(3)))
	if err != nil || !long.Holds(short.Head) || short.Holds(long.Head) {
		t.Errorf("a log that grew must hold what it was: %v", err)
	}
	if empty, err := ParseChain(nil); err != nil || !long.Holds(empty.Head) {
		t.Errorf("every log holds the empty one: %v", err)
	}
	lines := strings.SplitAfter(logOf(5), "\n")
	for name, text := range map[string]string{
		"a word changed":   strings.Replace(logOf(5), "KH-2", "KH-9", 1),
		"a line left out":  strings.Join(append(lines[:2:2], lines[3:]...), ""),
		"the first line":   strings.Join(lines[1:], ""),
		"lines exchanged":  lines[0] + lines[2] + lines[1] + lines[3] + lines[4],
		"the end cut off":  strings.TrimSuffix(logOf(5), "}\n"),
		"no line feed":     strings.TrimSuffix(logOf(5), "\n"),
		"an empty line":    logOf(5) + "\n",
		"something else":   "<html>",
		"a number changed": strings.Replace(logOf(5), `"seq":5`, `"seq":6`, 1),
	} {
		if _, err := ParseChain([]byte(text)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// Paths of a manifest are read from the folder that is checked, so none may
// lead out of it, and none may stand twice.
func TestDecodeRefuses(t *testing.T) {
	for _, paths := range [][]string{{"../x"}, {"/x"}, {"a/../../x"}, {""}, {"a//b"}, {`a\b`}, {"b", "a"}, {"a", "a"}, {Name}} {
		m := Manifest{Format: 1, Issued: day, Expires: day.Add(DefaultValid)}
		for _, p := range paths {
			m.Files = append(m.Files, Sum(p, nil))
		}
		m.Content = m.contentSum()
		if _, err := Decode(m.Encode()); err == nil {
			t.Errorf("%q: accepted", paths)
		}
	}
}
