package serve

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"strings"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/host"
	"bongsu/generator/site"
)

// livePath begins the addresses of what the server adds to a site.
const livePath = "/_bongsu/"

//go:embed live/live.js
var liveScript []byte

//go:embed live/live.css
var liveStyle []byte

// inject adds the live script to a page. etag says which bytes the page had.
func inject(data []byte, address, etag string) []byte {
	tag := fmt.Sprintf(`<script src="%slive.js" data-page="%s" data-etag="%s" defer></script>`, livePath, html.EscapeString(address), etag)
	i := bytes.LastIndex(data, []byte("</body>"))
	if i < 0 {
		i = len(data)
	}
	out := make([]byte, 0, len(data)+len(tag))
	out = append(out, data[:i]...)
	out = append(out, tag...)
	return append(out, data[i:]...)
}

// waiting is the page before the first good build.
func (s *Server) waiting(w http.ResponseWriter) {
	w.Header().Set("Content-Type", host.MediaType("page.html"))
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = w.Write(inject([]byte(`<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><title>Bongsu</title></head><body><h1>아직 보여 줄 사이트가 없습니다 · No site to show yet</h1></body></html>`), "", ""))
}

// live answers the addresses that the server adds.
func (s *Server) live(w http.ResponseWriter, r *http.Request, name string) {
	switch name {
	case "live.js":
		w.Header().Set("Content-Type", host.MediaType("live.js"))
		_, _ = w.Write(liveScript)
	case "live.css":
		w.Header().Set("Content-Type", host.MediaType("live.css"))
		_, _ = w.Write(liveStyle)
	case "events":
		s.events(w, r)
	default:
		http.NotFound(w, r)
	}
}

// client is an open page.
type client struct {
	page  string // its address
	etag  string // the bytes it shows
	style string // the style sheet it uses
	send  chan []byte
}

// message is what an open page is told; its JSON form is read by live.js.
type message struct {
	Reload bool          `json:"reload,omitempty"`
	Style  string        `json:"style,omitempty"` // address of a new style sheet
	Faults []faultOfPage `json:"faults"`
	Bar    bar           `json:"bar"`
}

// faultOfPage is a diagnostic as the overlay shows it.
type faultOfPage struct {
	Where    string `json:"where"`
	Severity string `json:"severity"`
	Code     string `json:"code"`
	Message  string `json:"message"`
	Line     string `json:"line"`
	Caret    string `json:"caret"`
	Hint     string `json:"hint"`
}

// bar lists what a reader does not see, or sees past its time.
type bar struct {
	Now       string   `json:"now"`
	Drafts    []string `json:"drafts"`
	Scheduled []string `json:"scheduled"`
	Held      []string `json:"held"`
}

func barOf(s *site.Site) bar {
	b := bar{Now: s.Now.Format("2006-01-02 15:04 -07:00"), Drafts: []string{}, Scheduled: []string{}, Held: []string{}}
	for _, r := range s.All() {
		switch {
		case r.Source.Draft:
			b.Drafts = append(b.Drafts, r.ID)
		case !r.Visible:
			b.Scheduled = append(b.Scheduled, r.ID+" ("+r.Issued.Format("2006-01-02 15:04")+")")
		case r.Status == site.StatusScheduled:
			b.Scheduled = append(b.Scheduled, r.ID+" ("+r.Source.Advisory.Effective.Format("2006-01-02 15:04")+")")
		case r.Held:
			b.Held = append(b.Held, r.ID)
		}
	}
	return b
}

// events keeps a stream to an open page (server-sent events).
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	flusher, ok := w.(http.Flusher)
	if !ok {
		http.Error(w, "no stream", http.StatusInternalServerError)
		return
	}
	q := r.URL.Query()
	c := &client{page: q.Get("page"), etag: q.Get("etag"), style: q.Get("style"), send: make(chan []byte, 1)}
	if !s.join(c) {
		http.Error(w, "closing", http.StatusServiceUnavailable)
		return
	}
	defer s.leave(c)
	w.Header().Set("Content-Type", "text/event-stream")
	w.WriteHeader(http.StatusOK)
	_, _ = fmt.Fprint(w, "retry: 500\n\n")
	c.push(s.messageFor(c, s.state.Load()))
	flusher.Flush()
	ping := time.NewTicker(20 * time.Second)
	defer ping.Stop()
	for {
		select {
		case <-r.Context().Done():
			return
		case data, ok := <-c.send:
			if !ok {
				return
			}
			_, _ = fmt.Fprintf(w, "data: %s\n\n", data)
		case <-ping.C:
			_, _ = fmt.Fprint(w, ": \n\n")
		}
		flusher.Flush()
	}
}

func (s *Server) join(c *client) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.clients[c] = true
	}
	return !s.closed
}

func (s *Server) leave(c *client) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.clients, c)
}

// Close ends every stream.
func (s *Server) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	for c := range s.clients {
		close(c.send)
		delete(s.clients, c)
	}
}

// tell tells every open page what a new state means for it.
func (s *Server) tell(st *state) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.clients {
		c.push(s.messageFor(c, st))
	}
}

// push leaves the newest message for the stream; an older one that was not
// sent yet is replaced.
func (c *client) push(m message) {
	data, err := json.Marshal(m)
	if err != nil {
		return // strings and lists only: cannot fail
	}
	select {
	case <-c.send:
	default:
	}
	c.send <- data
}

// messageFor says what an open page should do in a state. It reloads only if
// its bytes changed; where only the style sheet changed, that is swapped.
func (s *Server) messageFor(c *client, st *state) message {
	m := message{Faults: faultsOf(st.diags), Bar: st.bar}
	if st.site == nil {
		return m
	}
	p, _ := st.find(strings.TrimPrefix(c.page, st.prefix))
	if p == nil {
		p = st.site.at("404.html")
	}
	if p == nil {
		return m
	}
	data, etag, err := p.content()
	if err != nil || etag == c.etag {
		return m
	}
	if style := styleOf(data); style != "" && style != c.style && sameBut(c, data, style) {
		m.Style = style
		return m
	}
	m.Reload = true
	return m
}

// sameBut reports whether a page would be what the client shows if its style
// sheet had not changed.
func sameBut(c *client, data []byte, style string) bool {
	return c.style != "" && etagOf(bytes.ReplaceAll(data, []byte(style), []byte(c.style))) == c.etag
}

// styleOf finds the address of the style sheet in a page.
func styleOf(data []byte) string {
	_, rest, ok := bytes.Cut(data, []byte(`<link rel="stylesheet" href="`))
	if !ok {
		return ""
	}
	href, _, _ := bytes.Cut(rest, []byte(`"`))
	return string(href)
}

func faultsOf(l diag.List) []faultOfPage {
	out := []faultOfPage{}
	if !l.HasErrors() {
		return out
	}
	for _, d := range l {
		line, caret := diag.Excerpt(d)
		out = append(out, faultOfPage{d.Pos.String(), d.Severity.String(), string(d.Code), d.Message, line, caret, d.Hint})
	}
	return out
}
