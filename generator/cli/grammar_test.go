package cli

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
)

// TestGrammarOfOne: the grammar of one command says of it what the whole says.
func TestGrammarOfOne(t *testing.T) {
	for f := range reflect.TypeFor[commands]().Fields() {
		name := strings.ToLower(f.Name)
		if n := len(grammarOf([]string{name}).Plugins); n != 1 {
			t.Fatal(n)
		}
		for _, last := range []string{"--help", "--nothing"} {
			var got, want bytes.Buffer
			status, wanted := Main([]string{name, last}, &got, &got), Main([]string{"--json", name, last}, &want, &want)
			if status != wanted || got.String() != want.String() {
				t.Errorf("%s %s: %d, %s\nwant %d, %s", name, last, status, got.String(), wanted, want.String())
			}
		}
	}
}
