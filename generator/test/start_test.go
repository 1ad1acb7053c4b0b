package test

import (
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"testing"
)

// What packages may do before main begins. Every command pays for it, and
// `bongsu --help` is to be there within 10 ms. Counts are of the allocator, so
// they are the same on every machine. A package that does more than the most of
// one has a line of its own, or fails: make its work begin when it is needed
// (sync.OnceValue), or leave the dependency alone.
const (
	startBytes  = 1_500_000 // today 1,360,000
	startAllocs = 10_000    // today 9,200
	oneBytes    = 150_000   // the most of one package
	oneAllocs   = 1_500
)

// heavy are the packages that may do more than others.
var heavy = map[string]struct{ bytes, allocs int }{
	"github.com/yuin/goldmark/extension": {300_000, 2_300}, // expressions of bare links, which it compiles unasked
}

var initLine = regexp.MustCompile(`(?m)^init (\S+) @.* (\d+) bytes, (\d+) allocs$`)

// TestStart holds what the packages do before main.
func TestStart(t *testing.T) {
	cmd := exec.Command(program(t), "--help")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatal(err, string(out))
	}
	var bytes, allocs int
	for _, m := range initLine.FindAllSubmatch(out, -1) {
		name := string(m[1])
		b, _ := strconv.Atoi(string(m[2]))
		a, _ := strconv.Atoi(string(m[3]))
		bytes, allocs = bytes+b, allocs+a
		most, ok := heavy[name]
		if !ok {
			most.bytes, most.allocs = oneBytes, oneAllocs
		}
		if b > most.bytes || a > most.allocs {
			t.Errorf("%s makes %d bytes in %d allocations before main, more than %d in %d", name, b, a, most.bytes, most.allocs)
		}
	}
	if bytes == 0 {
		t.Fatalf("no package told what it did:\n%s", out)
	}
	if bytes > startBytes || allocs > startAllocs {
		t.Errorf("all packages make %d bytes in %d allocations before main, more than %d in %d", bytes, allocs, startBytes, startAllocs)
	}
	t.Logf("%d bytes, %d allocations", bytes, allocs)
}
