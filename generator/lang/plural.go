package lang

import (
	"slices"
	"strings"

	"bongsu/generator/diag"

	"go.yaml.in/yaml/v4"
)

// formNames are the names of plural forms in CLDR. All are kept, so that a key
// keeps its meaning when further forms are supported.
var formNames = []string{"zero", "one", "two", "few", "many", "other"}

// oneValues gives the values of n that take the form one, by language; CLDR
// plural rules for whole numbers. Languages outside the table are like English.
var oneValues = map[string][]string{
	"en": {"1"},
	"fr": {"0", "1"}, "pt": {"0", "1"}, "hi": {"0", "1"},
	"id": nil, "ja": nil, "km": nil, "ko": nil, "lo": nil, "ms": nil,
	"my": nil, "th": nil, "vi": nil, "yue": nil, "zh": nil,
}

// onesOf gives the values that take the form one; none where the language has
// one form.
func onesOf(tag string) []string {
	if ones, ok := oneValues[baseOf(tag)]; ok {
		return ones
	}
	return oneValues["en"]
}

// hasForms reports whether a map holds plural forms.
func hasForms(n *yaml.Node) bool {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if slices.Contains(formNames, n.Content[i].Value) {
			return true
		}
	}
	return false
}

// plural reads the forms of one message.
func (l *loader) plural(key string, n *yaml.Node) {
	ones := onesOf(l.lang)
	allowed := []string{"other"}
	if ones != nil {
		allowed = []string{"one", "other"}
	}
	forms, names, sound := map[string]pattern{}, []string{"n"}, true
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if !slices.Contains(allowed, k.Value) {
			l.list.Add(diag.UnknownField.At(l.at(k), "plural form %q of %q is not one of %s in language %q",
				k.Value, key, strings.Join(allowed, ", "), l.lang))
			sound = false
			continue
		}
		if _, ok := forms[k.Value]; ok {
			l.list.Add(diag.DuplicateKey.At(l.at(k), "plural form %q of %q is given twice", k.Value, key))
			sound = false
			continue
		}
		p, used, ok := l.text(key, v)
		forms[k.Value], names, sound = p, append(names, used...), sound && ok
	}
	other, ok := forms["other"]
	if !ok {
		l.list.Add(diag.MissingField.At(l.at(n), "%q has plural forms but no form %q", key, "other"))
		return
	}
	if !sound {
		return
	}
	m := &message{other: other, ones: ones, names: sortNames(names)}
	if one, ok := forms["one"]; ok {
		m.one = &one
	}
	l.messages[key] = m
}
