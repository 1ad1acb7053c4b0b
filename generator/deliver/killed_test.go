package deliver

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"bongsu/generator/proof"
)

// errDead stands for a process that is no more: none of its calls get through.
var errDead = fmt.Errorf("killed: %w", ErrDenied)

// A run is killed at each of its steps, before it took effect or just after,
// and the next one publishes the same or another site. At no step does a reader
// find a link to nothing, and in the end nothing of the killed run is left.
func TestKilledAtEachStep(t *testing.T) {
	sites := map[int]*Site{1: folder(t, edition(1), ""), 2: folder(t, edition(2), ""), 3: folder(t, edition(3), "")}
	killed, done := 0, false
	for at := 1; !done; at++ {
		for _, took := range []bool{false, true} {
			for _, then := range []int{2, 3} {
				synctest.Test(t, func(t *testing.T) {
					m := newMemory()
					must(t, m, sites[1], options("a"))
					watch := func(op, key string) error {
						if bad := m.broken(); bad != "" {
							t.Errorf("killed at %d, after %s %s: %s", at, op, key, bad)
						}
						return nil
					}
					n := 0
					m.before = func(op, key string) error {
						if n++; n > at || n == at && !took {
							return errDead
						}
						return nil
					}
					m.after = func(op, key string) error {
						_ = watch(op, key)
						if n >= at {
							return errDead
						}
						return nil
					}
					o := options("a")
					o.Workers = 1
					_, err := Publish(t.Context(), m, sites[2], o)
					if done = err == nil; !done {
						killed++
					}
					m.before, m.after = func(string, string) error { return nil }, watch
					var told Changes
					o = options("b")
					o.After = func(_ context.Context, c Changes) error { told = c; return nil }
					must(t, m, sites[then], o)
					wantSite(t, m, edition(then))
					if !done && !strings.Contains(fmt.Sprint(told), fmt.Sprintf("only-%d", then)) {
						t.Errorf("killed at %d: changes told afterwards: %+v", at, told)
					}
				})
			}
		}
	}
	if killed < 50 {
		t.Errorf("only %d runs were killed", killed)
	}
}

// A killed run is finished without sending again what got through.
func TestResume(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		s := folder(t, edition(1), "")
		puts := 0
		m.before = func(op, key string) error {
			if op == "put" && !strings.HasPrefix(key, private) {
				puts++
			}
			if puts > 6 {
				return errDead
			}
			return nil
		}
		o := options("a")
		o.Workers = 1
		if _, err := Publish(t.Context(), m, s, o); err == nil {
			t.Fatal("not killed")
		}
		m.before = func(string, string) error { return nil }
		r := must(t, m, s, options("b"))
		if r.Unchanged != 6 || r.Uploaded != len(edition(1))-6 || !r.Finished {
			t.Errorf("%+v", r)
		}
	})
}

// recorded notes who writes files of the site.
type recorded struct {
	*memory
	who string
	log *[]string
}

func (r recorded) Put(ctx context.Context, key string, data []byte, h Headers, absent bool) error {
	if !strings.HasPrefix(key, private) && (len(*r.log) == 0 || (*r.log)[len(*r.log)-1] != r.who) {
		*r.log = append(*r.log, r.who)
	}
	return r.memory.Put(ctx, key, data, h, absent)
}

// Three publish at once: they take turns, and the site of one stands whole.
func TestSeveralAtOnce(t *testing.T) {
	var sites []*Site
	for i := range 3 {
		files := edition(1)
		for p, text := range files {
			if strings.HasSuffix(p, ".html") {
				files[p] = text + fmt.Sprint(" from ", i)
			}
		}
		sites = append(sites, folder(t, files, ""))
	}
	for range 20 {
		synctest.Test(t, func(t *testing.T) {
			m := newMemory()
			m.before = func(op, key string) error {
				time.Sleep(time.Millisecond) // lets the others go on
				return nil
			}
			var log []string
			errs := make(chan error)
			for i, s := range sites {
				go func() {
					who := fmt.Sprint(i)
					_, err := Publish(t.Context(), recorded{m, who, &log}, s, options(who))
					errs <- err
				}()
			}
			if err := errors.Join(<-errs, <-errs, <-errs); err != nil {
				t.Error(err)
			}
			if len(log) != 3 {
				t.Fatalf("turns: %q", log)
			}
			for p, f := range m.files {
				if strings.HasSuffix(p, ".html") && !strings.HasSuffix(string(f.data), " from "+log[2]) {
					t.Errorf("%s is not of %s: %s", p, log[2], f.data)
				}
			}
			var held []string
			for k := range m.files {
				if strings.HasPrefix(k, lockPrefix) {
					held = append(held, k)
				}
			}
			if len(held) != 1 || !strings.Contains(string(m.files[held[0]].data), `"released":true`) {
				t.Errorf("locks %q", held)
			}
		})
	}
}

// A run that slept longer than its lease stops before it writes anything else.
func TestSleeper(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		asleep := make(chan bool)
		state := "awake"
		m.before = func(op, key string) error {
			switch {
			case state == "awake" && op == "put" && key == "ko/index.html":
				state = "asleep"
				close(asleep)
				time.Sleep(100 * time.Second)
				state = "woken"
				return errors.New("the connection is gone")
			case state == "asleep" && op == "put" && key == lockKey(1):
				time.Sleep(100 * time.Second)
				return errors.New("the connection is gone")
			}
			return nil
		}
		failed := make(chan error)
		go func() {
			_, err := Publish(t.Context(), m, folder(t, edition(1), ""), options("sleeper"))
			failed <- err
		}()
		<-asleep
		waited := ""
		o := options("other")
		o.Waiting = func(owner string) { waited = owner }
		start := time.Now()
		must(t, m, folder(t, edition(2), ""), o)
		if took := time.Since(start); took < 30*time.Second || took > 60*time.Second || waited != "sleeper" {
			t.Errorf("took over after %v, waited for %q", took, waited)
		}
		if err := <-failed; !errors.Is(err, ErrLost) {
			t.Errorf("the sleeper says %v", err)
		}
		wantSite(t, m, edition(2))
	})
}

// Every third call fails, sometimes after it took effect.
func TestFaultyStore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		n := 0
		m.before = func(string, string) error {
			if n++; n%3 == 0 {
				return errors.New("500")
			}
			return nil
		}
		m.after = func(op, key string) error {
			if n%7 == 0 {
				return errors.New("the answer was lost")
			}
			return nil
		}
		o := options("a")
		o.Workers = 1
		for i := 1; i <= 3; i++ {
			must(t, m, folder(t, edition(i), ""), o)
			wantSite(t, m, edition(i))
		}
	})
}

// Packed texts are stored under their own names, and the copy verifies.
func TestEncodings(t *testing.T) {
	files := edition(1)
	files["ko/long.html"] = strings.Repeat("여행경보 ", 200)
	for _, encoding := range []string{"gzip", "br"} {
		m := newMemory()
		s := folder(t, files, encoding)
		must(t, m, s, options("a"))
		f := m.files["ko/long.html"]
		if f.ContentEncoding != encoding || len(f.data) > 200 || m.files["index.html"].ContentEncoding != "" {
			t.Errorf("%+v, %d bytes", f.Headers, len(f.data))
		}
		c, err := Copy(t.Context(), m)
		if err != nil {
			t.Fatal(err)
		}
		r, err := proof.Verify(t.Context(), c, proof.Expect{Now: day})
		if err != nil || len(r.Findings) != 0 || r.Files != len(files) {
			t.Errorf("%+v, %v", r, err)
		}
		if r := must(t, m, s, options("a")); r.Uploaded != 0 {
			t.Errorf("the same again: %+v", r)
		}
		if r := must(t, m, folder(t, files, ""), options("a")); r.Uploaded != 1 {
			t.Errorf("another encoding: %+v", r)
		}
	}
}

// What After was not told is told next time.
func TestAfterFails(t *testing.T) {
	m := newMemory()
	s := folder(t, edition(1), "")
	o := options("a")
	o.After = func(context.Context, Changes) error { return errors.New("the hub is down") }
	if _, err := Publish(t.Context(), m, s, o); !errors.As(err, new(AfterError)) {
		t.Fatalf("error %v", err)
	}
	calls := 0
	o.After = func(_ context.Context, c Changes) error {
		if calls++; len(c.Added) != len(edition(1)) {
			t.Errorf("told %+v", c)
		}
		return nil
	}
	must(t, m, s, o)
	must(t, m, s, o)
	if calls != 1 {
		t.Errorf("told %d times", calls)
	}
}

func TestPhases(t *testing.T) {
	for p, want := range map[string]phase{
		"assets/style.1.css": assets, "cards/a.png": assets, "favicon.ico": assets, "assets/site.1.js.br": assets,
		"ko/advisories/a.html": pages, "ko/help--history.html": pages, "ko/advisories/a.html.gz": pages,
		"ko/advisories/index.html": lists, "api/v1/levels.json": lists, "sitemap.xml": lists, "ko/search/a.json": lists, "data.json": lists,
		"ko/feeds/alerts.rss": feeds, "en/feeds/a/b.json": feeds, "cap/index.atom": feeds,
		"index.html": root, "ko/advisories/a.txt": assets, "ko/index.html": entries, "ko/index.html.br": entries, "sw.js": entries, "404.html": entries, "ko/site.webmanifest": entries,
	} {
		if got := phaseOf(p); got != want {
			t.Errorf("%s is of phase %d, want %d", p, got, want)
		}
	}
}
