package push

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// receiver notes what is sent to it. The first request to each address fails.
type receiver struct {
	mu   sync.Mutex
	got  map[string][]string // bodies by path
	head map[string]http.Header
	all  []string // paths in order
	hits map[string]int
}

func receive(t *testing.T) (*receiver, string) {
	r := &receiver{got: map[string][]string{}, head: map[string]http.Header{}, hits: map[string]int{}}
	s := httptest.NewServer(r)
	t.Cleanup(s.Close)
	return r, s.URL
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, _ := io.ReadAll(req.Body)
	r.mu.Lock()
	defer r.mu.Unlock()
	p := req.URL.Path
	if r.hits[p]++; r.hits[p] == 1 && p != "/refuses" {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	if p == "/refuses" {
		http.Error(w, "who are you?", http.StatusForbidden)
		return
	}
	r.got[p], r.head[p], r.all = append(r.got[p], string(body)), req.Header, append(r.all, p)
	w.WriteHeader(http.StatusAccepted)
}

var notice = Notice{
	Added:   []string{"ko/advisories/new.html", "ko/feeds/a/archive-1.atom"},
	Changed: []string{"index.html", "ko/advisories/index.html", "ko/feeds/alerts.rss", "ko/feeds/alerts.atom", "api/v1/levels.json", "assets/x.css"},
	Deleted: []string{"ko/scams/gone.html"},
	Content: "abc", Issued: time.Date(2025, 10, 15, 0, 0, 0, 0, time.UTC),
}

// Everybody is told, although each fails at first; the cache before the others.
func TestSend(t *testing.T) {
	r, at := receive(t)
	s := Settings{
		Site: Addresses{Base: "https://warn.example/sub/"}, WebSub: &WebSub{at + "/hub"}, IndexNow: &IndexNow{at + "/index", "0123456789abcdef"},
		Webhook: &Webhook{at + "/hook", "secret"}, Purge: &Purge{URL: at + "/purge", Token: "tok", Batch: 5},
	}
	if err := Send(t.Context(), s, notice); err != nil {
		t.Fatal(err)
	}
	if r.all[0] != "/purge" || r.all[1] != "/purge" || r.all[2] != "/purge" {
		t.Errorf("order %q", r.all)
	}
	var topics []string
	for _, b := range r.got["/hub"] {
		form, _ := url.ParseQuery(b)
		topics = append(topics, form.Get("hub.mode")+" "+form.Get("hub.url"))
	}
	slices.Sort(topics)
	if want := []string{"publish https://warn.example/sub/ko/feeds/alerts.atom", "publish https://warn.example/sub/ko/feeds/alerts.rss"}; !slices.Equal(topics, want) {
		t.Errorf("hub: %q", topics)
	}
	var index struct {
		Host, Key, KeyLocation string
		URLList                []string
	}
	if err := json.Unmarshal([]byte(r.got["/index"][0]), &index); err != nil {
		t.Fatal(err)
	}
	if index.Host != "warn.example" || index.KeyLocation != "https://warn.example/sub/0123456789abcdef.txt" || len(index.URLList) != 4 ||
		!slices.Contains(index.URLList, "https://warn.example/sub/ko/advisories/") || !slices.Contains(index.URLList, "https://warn.example/sub/ko/scams/gone.html") {
		t.Errorf("index: %+v", index)
	}
	body := r.got["/hook"][0]
	mac := hmac.New(sha256.New, []byte("secret"))
	mac.Write([]byte(body))
	if got := r.head["/hook"].Get(SignatureHeader); got != "sha256="+hex.EncodeToString(mac.Sum(nil)) {
		t.Errorf("signature %q", got)
	}
	for _, want := range []string{`"deleted":["https://warn.example/sub/ko/scams/gone.html"]`, `"content":"abc"`, `"issued":"2025-10-15T00:00:00Z"`} {
		if !strings.Contains(body, want) {
			t.Errorf("hook lacks %s: %s", want, body)
		}
	}
	if got := strings.Join(r.got["/purge"], ""); strings.Count(got, "https://") != 11 || !strings.Contains(got, `"https://warn.example/sub/","https://warn.example/sub/index.html"`) || r.head["/purge"].Get("Authorization") != "Bearer tok" {
		t.Errorf("purge: %s %v", got, r.head["/purge"])
	}
}

// A refusal is reported once and not tried again; the others are told all the same.
func TestRefusal(t *testing.T) {
	r, at := receive(t)
	s := Settings{Site: Addresses{Base: "https://warn.example/"}, WebSub: &WebSub{at + "/refuses"}, Webhook: &Webhook{at + "/hook", "secret"}}
	err := Send(t.Context(), s, notice)
	if err == nil || !strings.Contains(err.Error(), "the hub was not told") || !strings.Contains(err.Error(), "who are you?") {
		t.Errorf("error %v", err)
	}
	if r.hits["/refuses"] != 2 || len(r.got["/hook"]) != 1 {
		t.Errorf("hits %v", r.hits)
	}
}

func TestCleanAddresses(t *testing.T) {
	a := Addresses{Base: "https://warn.example/", Clean: true}
	for p, want := range map[string]string{"ko/a.html": "ko/a", "index.html": "", "ko/index.html": "ko/", "ko/feeds/a.rss": "ko/feeds/a.rss"} {
		if got := a.Of(p); got != a.Base+want {
			t.Errorf("%s: %s", p, got)
		}
	}
}
