package publish

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestSecondRunSaysWho(t *testing.T) {
	both(t, func(t *testing.T, run publisher) {
		dir := filepath.Join(t.TempDir(), "public")
		run.must(t, dir, files("a", "1"), quick)
		held, err := acquire(context.Background(), filepath.Dir(dir)+"/.public.lock", quick)
		if err != nil {
			t.Fatal(err)
		}
		defer release(held)
		told := 0
		o := Options{NoSync: true, LockWait: 50 * time.Millisecond, Waiting: func(pid int) { told = pid }}
		_, err = run(context.Background(), dir, files("a", "2"), o)
		if !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), strconv.Itoa(os.Getpid())) {
			t.Errorf("error %v", err)
		}
		if told != os.Getpid() {
			t.Errorf("told to wait for %d", told)
		}
		o.LockWait = -1
		if _, err = run(context.Background(), dir, files("a", "2"), o); !errors.Is(err, ErrLocked) {
			t.Errorf("no waiting: error %v", err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		o = Options{NoSync: true, Waiting: func(int) { cancel() }}
		if _, err = run(ctx, dir, files("a", "2"), o); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: error %v", err)
		}
		wantTree(t, dir, files("a", "1"))
	})
}

func TestSecondRunWaits(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	held, err := acquire(context.Background(), filepath.Dir(dir)+"/.public.lock", quick)
	if err != nil {
		t.Fatal(err)
	}
	o := Options{NoSync: true, Waiting: func(int) { release(held) }}
	publisher(Replace).must(t, dir, files("a", "2"), o)
	wantTree(t, dir, files("a", "2"))
}

func TestRunsAtOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	errs := make(chan error)
	for n := range 8 {
		run := []publisher{Replace, Update}[n%2]
		go func() {
			_, err := run(context.Background(), dir, generation(n+1), quick)
			errs <- err
		}()
	}
	for range 8 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	wantTree(t, dir, generation(readGeneration(dir)))
}

// A killed owner's number in the file is no lock.
func TestNoStaleLock(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	put(t, "1\n", filepath.Dir(dir), ".public.lock")
	publisher(Replace).must(t, dir, files("a", "1"), Options{NoSync: true, LockWait: -1})
}

func TestLockFileIsALink(t *testing.T) {
	base := t.TempDir()
	victim := put(t, "mine", base, "victim")
	if err := os.Symlink(victim, filepath.Join(base, ".public.lock")); err != nil {
		t.Fatal(err)
	}
	if _, err := Replace(context.Background(), filepath.Join(base, "public"), files("a", "1"), quick); err == nil {
		t.Error("accepted")
	}
	if data, _ := os.ReadFile(victim); string(data) != "mine" {
		t.Errorf("overwritten with %q", data)
	}
}
