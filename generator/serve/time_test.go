package serve

import (
	"context"
	"io/fs"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"bongsu/generator/build"
	"bongsu/templates"
)

// smallSite reads the small site of the command line's scripts into memory.
func smallSite(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	base := os.DirFS("../cli/testdata/site")
	err := fs.WalkDir(base, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(base, name)
		files[name] = &fstest.MapFile{Data: data, Mode: 0o644}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestTime runs the loop of builds on a fake clock: an advisory is published,
// takes effect and is held, and the served pages follow by themselves; a clock
// that jumps is followed within the longest sleep.
func TestTime(t *testing.T) {
	files := smallSite(t)
	synctest.Test(t, func(t *testing.T) {
		start := time.Date(2025, 9, 30, 23, 59, 0, 0, time.FixedZone("KST", 9*3600))
		epoch, jump := time.Now(), time.Duration(0)
		now := func() time.Time { return start.Add(time.Since(epoch) + jump) }
		server := New("127.0.0.1:0", now)
		builds := 0
		loop := &build.Loop{
			Builder: build.NewBuilder(), Options: build.Options{Root: files, Templates: templates.FS},
			Changes: make(chan build.Change), Now: now,
			Built: func(e build.Event) {
				builds++
				if e.Result.Diags.HasErrors() {
					t.Errorf("faults: %v", e.Result.Diags)
				}
				server.Show(e.Result)
			},
			Failed: func(err error) { t.Error(err) },
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- loop.Run(ctx) }()
		page := func(path string) (int, string) {
			w := httptest.NewRecorder()
			r := httptest.NewRequest("GET", path, nil)
			r.Host = "localhost"
			server.Handler().ServeHTTP(w, r)
			return w.Code, w.Body.String()
		}
		expect := func(after time.Duration, what string, status int, special, held bool) {
			t.Helper()
			time.Sleep(after)
			synctest.Wait()
			if got, _ := page("/ko/advisories/north-raised.html"); got != status {
				t.Errorf("%s (%v): the advisory answers %d, want %d", what, now(), got, status)
			}
			_, body := page("/ko/provinces/utopia/north.html")
			_, main, _ := strings.Cut(body, "<main")
			main, _, _ = strings.Cut(main, "<h2")
			if strings.Contains(main, "특별여행주의보") != special || strings.Contains(main, "끝날 예정이었") != held {
				t.Errorf("%s (%v): special %v, want %v; held %v, want %v", what, now(), !special, special, strings.Contains(main, "끝날 예정이었"), held)
			}
		}
		expect(0, "before it is issued", 404, false, false)
		expect(9*time.Hour, "just before it is issued", 404, false, false)
		expect(time.Minute, "issued", 200, false, false)
		expect(15*time.Hour, "in effect", 200, true, false)
		if builds != 3 {
			t.Errorf("%d builds until it was in effect, want 3: idle means idle", builds)
		}
		jump += 40 * 24 * time.Hour // the machine slept, or its clock was set
		expect(21*time.Second, "past its end", 200, true, true)
		cancel()
		if err := <-ended; err != context.Canceled {
			t.Errorf("the loop ended with %v", err)
		}
	})
}
