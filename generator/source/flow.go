package source

import "strings"

// flow reads a value within one line for simple.
type flow struct {
	*simple
	line simpleLine
	at   int // offset of what is read next
}

// value reads one value. Within brackets (depth over 0) a text without quotes
// ends where the item ends.
func (f *flow) value(depth int) (Value, bool) {
	text := f.line.text
	if f.at == len(text) || depth > simpleNesting {
		return Value{}, false
	}
	v := Value{Pos: f.simple.at(f.line, f.at)}
	switch c := text[f.at]; {
	case c == '[':
		return f.list(v, depth)
	case c == '{':
		return f.pairs(v, depth)
	case c == '"' || c == '\'':
		return f.quoted(v, c)
	case letter(c), digit(c), c >= 0x80:
		return f.word(v, depth)
	}
	return v, false
}

// quoted reads a text in quotes that holds no escape.
func (f *flow) quoted(v Value, quote byte) (Value, bool) {
	rest := f.line.text[f.at+1:]
	end := strings.IndexByte(rest, quote)
	if end < 0 || strings.IndexByte(rest[:end], '\\') >= 0 {
		return v, false
	}
	f.at += end + 2
	if f.at < len(f.line.text) && !strings.ContainsRune(" ,]}", rune(f.line.text[f.at])) {
		return v, false
	}
	v.Kind, v.Text, v.Quoted = Scalar, rest[:end], true
	return v, true
}

// word reads a text without quotes.
func (f *flow) word(v Value, depth int) (Value, bool) {
	text := f.line.text[f.at:]
	end := len(text)
	if depth > 0 {
		if end = strings.IndexAny(text, ",[]{}"); end < 0 || text[end] == '[' || text[end] == '{' {
			return v, false
		}
		text = text[:end]
		if strings.ContainsAny(text, "?#&*!|>'\"%@`") {
			return v, false
		}
	}
	if depth == 0 {
		text, _, _ = strings.Cut(text, " #")
		end = len(text)
	}
	f.at += end
	text = strings.TrimRight(text, " ")
	if text == "null" || strings.HasSuffix(text, ":") || strings.Contains(text, ": ") || strings.Contains(text, " #") {
		return v, false
	}
	v.Kind, v.Text = Scalar, text
	return v, true
}

// list reads [a, b].
func (f *flow) list(v Value, depth int) (Value, bool) {
	v.Kind, v.Items = Sequence, space(&f.room.items, 4)
	for f.open(']') {
		item, ok := f.value(depth + 1)
		if !ok || !f.end(']') {
			return v, false
		}
		v.Items = append(v.Items, item)
	}
	return v, f.close(']')
}

// pairs reads {a: b, c: d}.
func (f *flow) pairs(v Value, depth int) (Value, bool) {
	v.Kind, v.Pairs = Map, space(&f.room.pairs, 4)
	for f.open('}') {
		pair := Pair{Key: keyOf(f.line.text[f.at:]), Pos: f.simple.at(f.line, f.at)}
		if _, known := v.Get(pair.Key); pair.Key == "" || known || len(v.Pairs) == maxPairs {
			return v, false
		}
		f.at += len(pair.Key) + 1
		f.spaces()
		var ok bool
		if pair.Value, ok = f.value(depth + 1); !ok || !f.end('}') {
			return v, false
		}
		v.Pairs = append(v.Pairs, pair)
	}
	return v, f.close('}')
}

func (f *flow) spaces() {
	for f.at < len(f.line.text) && f.line.text[f.at] == ' ' {
		f.at++
	}
}

// open goes over an opening bracket or a comma, and reports whether an item
// follows.
func (f *flow) open(bracket byte) bool {
	comma := f.line.text[f.at] == ','
	if f.line.text[f.at] == bracket {
		return false
	}
	f.at++
	f.spaces()
	return comma || f.at < len(f.line.text) && f.line.text[f.at] != bracket
}

// end goes over the spaces after an item, and reports whether a comma or the
// closing bracket follows.
func (f *flow) end(bracket byte) bool {
	f.spaces()
	return f.at < len(f.line.text) && (f.line.text[f.at] == ',' || f.line.text[f.at] == bracket)
}

// close goes over a closing bracket, and reports whether it is there.
func (f *flow) close(bracket byte) bool {
	if f.at >= len(f.line.text) || f.line.text[f.at] != bracket {
		return false
	}
	f.at++
	return true
}
