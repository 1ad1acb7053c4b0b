package cli

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"bongsu": func() { os.Exit(Main(os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs whole commands on small sites: testdata/script/*.txtar.
// Every script finds the site of _site.txtar in its folder site/.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			return os.CopyFS(filepath.Join(e.WorkDir, "site"), os.DirFS("testdata/site"))
		},
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"guide": follow},
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
	})
}
