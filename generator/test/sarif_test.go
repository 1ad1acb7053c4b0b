package test

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"testing"

	"bongsu/generator/bench/corpus"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// sarifSchema is the schema of SARIF 2.1.0 by OASIS, in a package of npm.
const sarifSchema = "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"

// TestSARIF: what check --sarif prints follows the schema of the format, and
// places every mistake of a bad site where it is.
func TestSARIF(t *testing.T) {
	if !exists(sarifSchema) {
		t.Skip("the schema of SARIF is not installed: run generator/test/setup.sh")
	}
	schema, err := jsonschema.NewCompiler().Compile(sarifSchema)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := corpus.Write(dir, root+"/content", 450); err != nil {
		t.Fatal(err)
	}
	want, err := corpus.Seed(dir, 450)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program(t), "check", "--sarif")
	cmd.Dir = dir
	out, _ := cmd.Output() // the status tells that there are errors
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(doc); err != nil {
		t.Error(err)
	}
	var log struct {
		Runs []struct {
			Results []struct {
				RuleID    string
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine, StartColumn int }
					}
				}
			}
		}
	}
	if err := json.Unmarshal(out, &log); err != nil {
		t.Fatal(err)
	}
	found := map[corpus.Mistake]bool{}
	for _, r := range log.Runs[0].Results {
		at := r.Locations[0].PhysicalLocation
		found[corpus.Mistake{File: at.ArtifactLocation.URI, Line: at.Region.StartLine, Col: at.Region.StartColumn, Code: r.RuleID}] = true
	}
	for _, m := range want {
		m.File = string(bytes.ReplaceAll([]byte(m.File), []byte(" "), []byte("%20")))
		if !found[m] {
			t.Errorf("not found: %v", m)
		}
	}
}
