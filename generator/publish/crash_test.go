package publish

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"
)

// generation gives the wanted files number n: every file but the shared ones
// says the number, and odd and even sets have different paths.
func generation(n int) []File {
	side := [...]string{"even", "odd"}[n%2]
	list := []File{{Path: "generation", Data: []byte(strconv.Itoa(n)), Modified: day}}
	for i := range 30 {
		pad := bytes.Repeat([]byte{'.'}, 40*i)
		list = append(list,
			File{Path: fmt.Sprintf("shared/%d.html", i), Data: pad, Modified: day},
			File{Path: fmt.Sprintf("both/%d.html", i), Data: fmt.Appendf(nil, "%d %s end", n, pad), Modified: day},
			File{Path: fmt.Sprintf("%s/%d/%d.html", side, i/6, i), Data: fmt.Appendf(nil, "%d %s end", n, pad), Modified: day})
	}
	return list
}

// child publishes generations, each after the one on disk, until it is killed.
func child(dir, mode string) {
	run := publisher(Replace)
	if mode == "update" {
		run = Update
	}
	n := readGeneration(dir)
	for {
		fmt.Println(n, "published")
		n++
		if _, err := run(context.Background(), dir, generation(n), Options{NoSync: n%4 != 0}); err != nil {
			fmt.Println("child:", err)
			os.Exit(1)
		}
	}
}

func readGeneration(dir string) int {
	data, _ := os.ReadFile(filepath.Join(dir, "generation"))
	n, _ := strconv.Atoi(string(data))
	return n
}

// killed runs a child and kills it at a random moment after a few generations.
func killed(t *testing.T, dir, mode string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "PUBLISH_CHILD="+dir, "PUBLISH_CHILD_MODE="+mode)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := bufio.NewScanner(out)
	for range 1 + rand.IntN(3) {
		said.Scan()
	}
	time.Sleep(time.Duration(rand.IntN(20_000)) * time.Microsecond)
	cmd.Process.Kill()
	if err := cmd.Wait(); err == nil || cmd.ProcessState.ExitCode() != -1 {
		t.Fatalf("child was not killed: %v, %q", err, said.Text())
	}
}

// reader reads trees until told to stop: what lies between two readings of one
// generation number must be that generation, whole.
func reader(t *testing.T, dir string, stop <-chan struct{}) (whole int) {
	for {
		select {
		case <-stop:
			return whole
		default:
		}
		n := readGeneration(dir)
		if n == 0 {
			t.Error("the output folder was gone or empty")
			return whole
		}
		var problems []error
		for _, f := range generation(n) {
			data, err := os.ReadFile(filepath.Join(dir, f.Path))
			if err == nil && !bytes.Equal(data, f.Data) {
				err = fmt.Errorf("%s in generation %d: %.20q", f.Path, n, data)
			}
			if err != nil {
				problems = append(problems, err)
			}
		}
		if readGeneration(dir) != n {
			continue
		}
		whole++
		if len(problems) > 0 {
			t.Errorf("mixed tree: %v", errors.Join(problems...))
			return whole
		}
	}
}

func TestKilledReplace(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	publisher(Replace).must(t, dir, generation(1), quick)
	stop := make(chan struct{})
	var readers sync.WaitGroup
	whole := 0
	readers.Go(func() { whole = reader(t, dir, stop) })
	swaps, leftovers := 0, 0
	for i := 0; i < 50 && !t.Failed(); i++ {
		before := readGeneration(dir)
		killed(t, dir, "replace")
		n := readGeneration(dir)
		swaps += n - before
		wantTree(t, dir, generation(n))
		if left := readGeneration(filepath.Dir(dir) + "/.public.next"); left != n-1 {
			leftovers++ // not the tree swapped out
		}
		if i%5 == 4 { // otherwise the next child has to cope with the remains
			publisher(Replace).must(t, dir, generation(n+1), quick)
			wantTree(t, dir, generation(n+1))
		}
	}
	close(stop)
	readers.Wait()
	if whole == 0 || swaps == 0 || leftovers == 0 {
		t.Errorf("proved nothing: %d trees read, %d swaps, %d kills amid staging", whole, swaps, leftovers)
	}
	t.Logf("%d trees read, %d swaps, %d kills amid staging", whole, swaps, leftovers)
	if got := names(t, filepath.Dir(dir)); got != "[.public.lock .public.next public]" {
		t.Errorf("left over: %s", got)
	}
}

// A killed Update may leave a mix, but no half file, nothing the next run
// would refuse, and nothing left over after it.
func TestKilledUpdate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mixed := 0
	for i := 0; i < 20 && !t.Failed(); i++ {
		killed(t, dir, "update")
		n := readGeneration(dir)
		for p, text := range content(t, dir) {
			if filepath.Dir(p) == "both" && !isTemp(p) && !bytes.HasSuffix([]byte(text), []byte(" end")) {
				t.Errorf("half a file: %s: %.30q", p, text)
			}
		}
		r := publisher(Update).must(t, dir, generation(n), quick)
		if r.Changed() {
			mixed++
		}
		wantTree(t, dir, generation(n))
	}
	if mixed == 0 {
		t.Error("proved nothing: no kill fell amid an update")
	}
}

// noExchange stands for a file system that cannot exchange folders.
var noExchange = Options{NoSync: true, exchange: func(string, string) error { return errors.ErrUnsupported }}

func TestWithoutExchange(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	for n := 1; n <= 4; n++ {
		publisher(Replace).must(t, dir, generation(n), noExchange)
		wantTree(t, dir, generation(n))
	}
	if got := names(t, filepath.Dir(dir)); got != "[.public.lock .public.next public]" {
		t.Errorf("left over: %s", got)
	}
}

// The states in which a run using plain renames can be killed.
func TestKilledBetweenRenames(t *testing.T) {
	for renames := range 4 {
		for _, again := range []int{2, 3} { // the set it was killed with, and another
			dir := filepath.Join(t.TempDir(), "public")
			publisher(Replace).must(t, dir, generation(1), noExchange)
			next, old := filepath.Dir(dir)+"/.public.next", filepath.Dir(dir)+"/.public.old"
			_, err := Replace(context.Background(), dir, generation(2), Options{NoSync: true, exchange: func(a, b string) error {
				for _, r := range [][2]string{{dir, old}, {next, dir}, {old, next}}[:renames] {
					if err := os.Rename(r[0], r[1]); err != nil {
						t.Fatal(err)
					}
				}
				return os.ErrDeadlineExceeded
			}})
			if !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Fatal(err)
			}
			publisher(Replace).must(t, dir, generation(again), quick)
			wantTree(t, dir, generation(again))
			if exists(old) {
				t.Errorf("after %d renames: %s is left", renames, old)
			}
		}
	}
}
