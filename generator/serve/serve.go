// Package serve shows a site in the browser while it is being edited: the last
// good site, from memory, with the faults of what came after it.
//
// In: results of builds. Out: HTTP. It must not read content, write files, or
// answer a request that did not come to a loopback name (unless the operator
// chose another address).
package serve

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"bongsu/generator/build"
	"bongsu/generator/diag"
	"bongsu/generator/host"
)

// Server answers requests from the last good site. Its zero value is not
// usable; see New.
type Server struct {
	hosts []string // names that the Host header may carry, without port
	now   func() time.Time
	state atomic.Pointer[state]

	mu      sync.Mutex
	clients map[*client]bool
	closed  bool
}

// state is what the server shows between two builds; it is frozen.
type state struct {
	site   *pages    // nil before the first good build
	prefix string    // address under which the site stands
	diags  diag.List // of the newest build
	bar    bar
}

// pages are the output files of a build.
type pages struct {
	files []build.File // by path
	known sync.Map     // int to *page: those that were asked for
}

// at gives the page of an output path, or nil.
func (p *pages) at(name string) *page {
	i, ok := slices.BinarySearchFunc(p.files, name, func(f build.File, n string) int { return strings.Compare(f.Path, n) })
	if !ok {
		return nil
	}
	return p.number(i)
}

func (p *pages) number(i int) *page {
	x, ok := p.known.Load(i)
	if !ok {
		x, _ = p.known.LoadOrStore(i, &page{file: p.files[i]})
	}
	return x.(*page)
}

// page is an output file, rendered when first asked for.
type page struct {
	file build.File

	mu   sync.Mutex // guards the rest
	data []byte
	etag string
	err  error
}

// New makes a server for the address that it will listen on.
func New(addr string, now func() time.Time) *Server {
	s := &Server{hosts: []string{"localhost", "127.0.0.1", "::1"}, now: now, clients: map[*client]bool{}}
	if host, _, err := net.SplitHostPort(addr); err == nil && host != "" {
		s.hosts = append(s.hosts, host)
	}
	s.state.Store(&state{prefix: "/"})
	return s
}

// Show makes the result of a build visible: its site where it has no errors,
// else its faults over the last good site. Open pages are told.
func (s *Server) Show(r *build.Result) {
	old := s.state.Load()
	next := &state{site: old.site, prefix: old.prefix, diags: r.Diags, bar: old.bar}
	if !r.Diags.HasErrors() {
		next.site = &pages{files: r.Files}
		next.prefix = r.Site.Links.Prefix
		next.bar = barOf(r.Site)
	}
	s.state.Store(next)
	s.tell(next)
}

// content renders the page once and gives its bytes.
func (p *page) content() ([]byte, string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.data == nil && p.err == nil {
		var b bytes.Buffer
		if p.err = p.file.Render(&b); p.err == nil {
			p.data = b.Bytes()
			p.etag = etagOf(p.data)
		}
	}
	return p.data, p.etag, p.err
}

// sum gives the etag of the page without keeping its bytes; scratch is used to
// render it.
func (p *page) sum(scratch *bytes.Buffer) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.etag == "" && p.err == nil {
		scratch.Reset()
		if p.err = p.file.Render(scratch); p.err == nil {
			p.etag = etagOf(scratch.Bytes())
		}
	}
	return p.etag, p.err
}

// etagOf names bytes by their content.
func etagOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:12])
}

// Handler answers requests.
func (s *Server) Handler() http.Handler { return http.HandlerFunc(s.serve) }

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	if !s.allowed(r.Host) {
		http.Error(w, "bongsu serves this site to this machine only; start it with --addr to choose another address", http.StatusForbidden)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("Cache-Control", "no-cache")
	st := s.state.Load()
	if name, ok := strings.CutPrefix(r.URL.Path, livePath); ok {
		s.live(w, r, name)
		return
	}
	rest, ok := strings.CutPrefix(r.URL.Path, st.prefix)
	if !ok {
		http.Redirect(w, r, st.prefix, http.StatusFound)
		return
	}
	s.page(w, r, st, rest)
}

// allowed checks the Host header, so that a foreign page cannot read the site
// through a name that leads to this machine (DNS rebinding).
func (s *Server) allowed(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.Trim(name, "[]")
	for _, h := range s.hosts {
		if strings.EqualFold(name, h) {
			return true
		}
	}
	return false
}

// page answers with an output file, or with the page for what is not there.
func (s *Server) page(w http.ResponseWriter, r *http.Request, st *state, rest string) {
	if st.site == nil {
		s.waiting(w)
		return
	}
	p, redirect := st.find(rest)
	if redirect {
		http.Redirect(w, r, r.URL.Path+"/", http.StatusFound)
		return
	}
	status := http.StatusOK
	if p == nil {
		status = http.StatusNotFound
		if p = st.site.at("404.html"); p == nil {
			http.NotFound(w, r)
			return
		}
	}
	data, etag, err := p.content()
	if err != nil {
		http.Error(w, "this page cannot be rendered: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", host.MediaType(p.file.Path))
	if strings.HasSuffix(p.file.Path, ".html") {
		data = inject(data, st.prefix+rest, etag)
	}
	if status != http.StatusOK {
		w.WriteHeader(status)
		if r.Method != http.MethodHead {
			_, _ = w.Write(data)
		}
		return
	}
	w.Header().Set("ETag", `"`+etag+`"`)
	http.ServeContent(w, r, "", p.file.Modified(), bytes.NewReader(data))
}

// find gives the page at an address below the prefix. redirect asks for the
// same address with a slash.
func (st *state) find(rest string) (p *page, redirect bool) {
	if rest == "" || strings.HasSuffix(rest, "/") {
		return st.site.at(rest + "index.html"), false
	}
	if p := st.site.at(rest); p != nil {
		return p, false
	}
	if p := st.site.at(rest + ".html"); p != nil && path.Ext(rest) == "" {
		return p, false
	}
	return nil, st.site.at(rest+"/index.html") != nil
}

// Sweep renders every page that nobody asked for yet, so that faults of
// templates show, and counts the pages whose bytes differ from those of the
// state before. Other files are left until they are asked for: no template
// makes them, and some sum up thousands. It stops when ctx is done or a newer
// state is shown.
func (s *Server) Sweep(ctx context.Context, before *Snapshot) (*Snapshot, int, error) {
	st := s.state.Load()
	if st.site == nil {
		return before, 0, nil
	}
	now := &Snapshot{etags: map[string]string{}}
	changed := 0
	var scratch bytes.Buffer
	for i, f := range st.site.files {
		if path.Ext(f.Path) != ".html" {
			continue
		}
		if ctx.Err() != nil || s.state.Load() != st {
			return before, 0, context.Canceled
		}
		etag, err := st.site.number(i).sum(&scratch)
		if err != nil {
			return before, 0, err
		}
		now.etags[f.Path] = etag
		if before != nil && before.etags[f.Path] != etag {
			changed++
		}
	}
	if before == nil {
		changed = len(now.etags)
	}
	return now, changed, nil
}

// Snapshot remembers what every page was.
type Snapshot struct{ etags map[string]string }
