package render

import "strings"

// shrink drops comments and white space that mean nothing from a style sheet:
// blanks around { } ; and commas, those behind the colon of a property, and the
// last semicolon of a block.
func shrink(css string) string {
	css = uncomment(css)
	out := make([]byte, 0, len(css))
	for line := range strings.SplitSeq(css, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		out = shrinkLine(out, line)
		if !isMark(out[len(out)-1]) {
			out = append(out, '\n')
		}
	}
	return strings.ReplaceAll(string(append(out, '\n')), ";}", "}")
}

// uncomment drops comments.
func uncomment(css string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(css, "/*")
		_, after, closed := strings.Cut(rest, "*/")
		if !found || !closed {
			break
		}
		b.WriteString(before)
		css = after
	}
	b.WriteString(css)
	return b.String()
}

// shrinkLine appends a line that neither begins nor ends with a blank.
func shrinkLine(out []byte, line string) []byte {
	start := len(out) // of the line, or of what may be a property
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case isMark(c):
			for len(out) > start && isBlank(out[len(out)-1]) {
				out = out[:len(out)-1]
			}
			out = append(out, c)
			if c == '{' || c == ';' {
				start = len(out)
			}
		case c == ':' && isProperty(out[start:]):
			out = append(out, c)
		default:
			out = append(out, c)
			continue
		}
		for i+1 < len(line) && isBlank(line[i+1]) {
			i++
		}
	}
	return out
}

func isMark(c byte) bool { return c == '{' || c == '}' || c == ';' || c == ',' }

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

// isProperty reports whether a text is the name of a property.
func isProperty(name []byte) bool {
	for _, c := range name {
		if c != '-' && (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return len(name) > 0
}
