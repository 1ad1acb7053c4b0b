package push

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
)

// WebSub tells a hub which feeds changed; the hub tells their subscribers.
type WebSub struct{ Hub string }

func (w *WebSub) send(ctx context.Context, a Addresses, n Notice) error {
	var failed []error
	g := new(errgroup.Group)
	g.SetLimit(atOnce)
	topics := feedsOf(n)
	errs := make([]error, len(topics))
	for i, p := range topics {
		g.Go(func() error {
			form := url.Values{"hub.mode": {"publish"}, "hub.url": {a.Of(p)}, "hub.topic": {a.Of(p)}}
			errs[i] = post(ctx, "the hub", w.Hub, []byte(form.Encode()), map[string]string{"Content-Type": "application/x-www-form-urlencoded"})
			return nil
		})
	}
	_ = g.Wait()
	for _, err := range errs {
		if err != nil {
			failed = append(failed, err)
		}
	}
	if len(failed) > 1 {
		return fmt.Errorf("%d of %d feeds: %w", len(failed), len(topics), failed[0])
	}
	return errors.Join(failed...)
}

// feedsOf lists the feeds among what was added or changed, without their
// archives, which nobody subscribes to.
func feedsOf(n Notice) []string {
	var out []string
	for _, p := range slices.Concat(n.Added, n.Changed) {
		_, rest, _ := strings.Cut(p, "/")
		feed := strings.HasPrefix(rest, "feeds/") || p == "cap/index.atom"
		if feed && !strings.Contains(p, "/archive") && (strings.HasSuffix(p, ".rss") || strings.HasSuffix(p, ".atom") || strings.HasSuffix(p, ".json")) {
			out = append(out, p)
		}
	}
	return out
}

// IndexNow tells search engines which pages changed. Key also stands in a file
// of the site, KeyFile, which shows that the site is ours.
type IndexNow struct{ Endpoint, Key string }

// DefaultIndexNow is where a message reaches all search engines that take part.
const DefaultIndexNow = "https://api.indexnow.org/indexnow"

// mostIndexed is how many pages one message may name.
const mostIndexed = 10_000

// KeyFile gives the path and the bytes of the file that holds the key.
func (i *IndexNow) KeyFile() (path string, data []byte) { return i.Key + ".txt", []byte(i.Key) }

func (i *IndexNow) send(ctx context.Context, a Addresses, n Notice) error {
	var list []string
	for _, p := range slices.Concat(n.Added, n.Changed, n.Deleted) {
		if strings.HasSuffix(p, ".html") && p != "404.html" {
			list = append(list, a.Of(p))
		}
	}
	u, err := url.Parse(a.Base)
	if err != nil {
		return err
	}
	path, _ := i.KeyFile()
	for part := range slices.Chunk(list, mostIndexed) {
		body, err := json.Marshal(map[string]any{"host": u.Host, "key": i.Key, "keyLocation": a.Base + path, "urlList": part})
		if err != nil {
			return err
		}
		if err := post(ctx, "IndexNow", cmp.Or(i.Endpoint, DefaultIndexNow), body, map[string]string{"Content-Type": "application/json; charset=utf-8"}); err != nil {
			return err
		}
	}
	return nil
}

// Webhook tells a program of the operator what changed.
type Webhook struct{ URL, Secret string }

// SignatureHeader carries "sha256=" and the HMAC of the body with the secret,
// in hex. The body names the time at which the site was issued, so that an old
// message that is sent again shows.
const SignatureHeader = "Bongsu-Signature"

func (w *Webhook) send(ctx context.Context, a Addresses, n Notice) error {
	urls := func(paths []string) []string {
		out := make([]string, len(paths)) // [] rather than null
		for i, p := range paths {
			out[i] = a.Of(p)
		}
		return out
	}
	body, err := json.Marshal(map[string]any{
		"site": a.Base, "content": n.Content, "issued": n.Issued,
		"added": urls(n.Added), "changed": urls(n.Changed), "deleted": urls(n.Deleted),
	})
	if err != nil {
		return err
	}
	mac := hmac.New(sha256.New, []byte(w.Secret))
	mac.Write(body)
	return post(ctx, "the webhook", w.URL, body, map[string]string{
		"Content-Type": "application/json", SignatureHeader: "sha256=" + hex.EncodeToString(mac.Sum(nil)),
	})
}

// Purge makes a CDN forget answers: a request with {FIELD: [addresses]}, at the
// most Batch in one, and the token as bearer.
type Purge struct {
	URL, Token string
	Field      string // empty: files
	Batch      int    // 0: 30
}

func (p *Purge) send(ctx context.Context, urls []string) error {
	for part := range slices.Chunk(urls, cmp.Or(p.Batch, 30)) {
		body, err := json.Marshal(map[string]any{cmp.Or(p.Field, "files"): part})
		if err != nil {
			return err
		}
		headers := map[string]string{"Content-Type": "application/json"}
		if p.Token != "" {
			headers["Authorization"] = "Bearer " + p.Token
		}
		if err := post(ctx, "the cache", p.URL, body, headers); err != nil {
			return err
		}
	}
	return nil
}
