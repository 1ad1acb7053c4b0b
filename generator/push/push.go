// Package push tells others that a site changed, after it was published: hubs
// of feeds (WebSub), search engines (IndexNow), programs (a webhook), and the
// cache of a CDN (purging).
//
// In: the paths that changed, and Settings. Out: requests. It must not read
// files or the environment, and nothing of the site depends on it: what fails
// is tried a few times, then reported.
package push

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

// Limits of one request.
const (
	tries   = 3
	pause   = 500 * time.Millisecond // doubled after each try
	timeout = 10 * time.Second
	atOnce  = 4
)

// Settings say whom to tell. Who is nil is not told.
type Settings struct {
	Site     Addresses
	WebSub   *WebSub
	IndexNow *IndexNow
	Webhook  *Webhook
	Purge    *Purge
}

// Notice is what happened. Paths are those of output files.
type Notice struct {
	Added, Changed, Deleted []string
	Content                 string    // version of the content
	Issued                  time.Time // when it was published
}

// Addresses turns paths of output files into addresses of the web.
type Addresses struct {
	Base  string // with a final slash
	Clean bool   // addresses of pages have no ending
}

// Of gives the address of a file: that of its folder for an index.html.
func (a Addresses) Of(path string) string {
	if p, ok := strings.CutSuffix("/"+path, "/index.html"); ok {
		return a.Base + strings.TrimPrefix(p+"/", "/")
	}
	if a.Clean {
		path = strings.TrimSuffix(path, ".html")
	}
	return a.Base + path
}

// All gives the addresses under which a file is asked for; that of its packed
// copies is its own.
func (a Addresses) All(path string) []string {
	main := a.Of(path)
	if plain := a.Base + path; plain != main {
		return []string{main, plain}
	}
	return []string{main}
}

// URLs lists the addresses whose answers changed, for caches.
func (n Notice) URLs(a Addresses) []string {
	var out []string
	for _, list := range [][]string{n.Added, n.Changed, n.Deleted} {
		for _, p := range list {
			out = append(out, a.All(p)...)
		}
	}
	return out
}

// Send tells everybody. Caches come first, so that whoever is told after them
// does not read an old answer. The error joins what failed.
func Send(ctx context.Context, s Settings, n Notice) error {
	var failed []error
	if s.Purge != nil {
		failed = append(failed, s.Purge.send(ctx, n.URLs(s.Site)))
	}
	g := new(errgroup.Group)
	rest := make([]error, 3)
	if s.WebSub != nil {
		g.Go(func() error { rest[0] = s.WebSub.send(ctx, s.Site, n); return nil })
	}
	if s.IndexNow != nil {
		g.Go(func() error { rest[1] = s.IndexNow.send(ctx, s.Site, n); return nil })
	}
	if s.Webhook != nil {
		g.Go(func() error { rest[2] = s.Webhook.send(ctx, s.Site, n); return nil })
	}
	_ = g.Wait()
	return errors.Join(append(failed, rest...)...)
}

// client asks with a time limit and never follows to another address: a
// message with a secret in it would go along.
var client = &http.Client{
	Timeout:       timeout,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// post sends a body, again where that may help.
func post(ctx context.Context, what, url string, body []byte, headers map[string]string) error {
	wait := pause
	for n := 1; ; n++ {
		retry, err := postOnce(ctx, url, body, headers)
		if err == nil {
			return nil
		}
		if !retry || n == tries || ctx.Err() != nil {
			return fmt.Errorf("%s was not told (%s): %w", what, url, err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
		wait *= 2
	}
}

func postOnce(ctx context.Context, url string, body []byte, headers map[string]string) (retry bool, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return false, err
	}
	req.Header.Set("User-Agent", "bongsu-publish")
	for k, v := range headers {
		req.Header.Set(k, v)
	}
	resp, err := client.Do(req)
	if err != nil {
		return true, err
	}
	defer resp.Body.Close()
	text, _ := io.ReadAll(io.LimitReader(resp.Body, 300))
	if resp.StatusCode >= 200 && resp.StatusCode < 300 {
		return false, nil
	}
	retry = resp.StatusCode >= 500 || resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode == http.StatusRequestTimeout
	return retry, fmt.Errorf("the answer is %s %q", resp.Status, strings.TrimSpace(string(text)))
}
