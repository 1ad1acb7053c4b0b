package cli

import (
	"bytes"
	"os"
	"testing"
)

// TestInitLevels: a new site gets the same levels as the sample content.
func TestInitLevels(t *testing.T) {
	want, err := os.ReadFile("../../content/levels.yaml")
	if err != nil {
		t.Fatal(err)
	}
	got, err := beginnings.ReadFile("init/levels/mofa-kr.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("init/levels/mofa-kr.yaml is not content/levels.yaml")
	}
}
