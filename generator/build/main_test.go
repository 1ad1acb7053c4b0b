package build

import (
	"os"
	"runtime/debug"
	"testing"
)

// TestMain lets the heap grow as the program does: these tests build thousands
// of small sites.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	os.Exit(m.Run())
}
