package cli

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"strings"
	"time"

	"bongsu/generator/pack"
	"bongsu/generator/proof"
)

// Limits of asking a web server.
const (
	webTimeout = 30 * time.Second
	webTries   = 3
	webWorkers = 8
)

// webCopy reads a site from a web server. Files are asked for unpacked; what
// is sent packed all the same, as some storage does, is unpacked. The server's
// own caches are passed by, those on the way are not: they are what readers get.
func webCopy(address string) (proof.Copy, error) {
	base, err := url.Parse(address)
	if err != nil || base.Host == "" {
		return proof.Copy{}, errUsage{fmt.Errorf("%q is not an address such as https://example.org/", address)}
	}
	if !strings.HasSuffix(base.Path, "/") {
		base.Path += "/"
	}
	client := &http.Client{
		Timeout:   webTimeout,
		Transport: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: webWorkers, Proxy: http.ProxyFromEnvironment},
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			if req.URL.Host != base.Host || len(via) > 3 {
				return fmt.Errorf("it leads on to %s: give that address", req.URL.Host)
			}
			return nil
		},
	}
	return proof.Copy{Workers: webWorkers, Read: func(ctx context.Context, path string, limit int64) (data []byte, err error) {
		at := base.JoinPath(strings.Split(path, "/")...).String()
		for try := range webTries {
			var again bool
			if data, again, err = fetch(ctx, client, at, limit); err == nil || !again || ctx.Err() != nil {
				break
			}
			select {
			case <-ctx.Done():
			case <-time.After(200 * time.Millisecond << try):
			}
		}
		return data, err
	}}, nil
}

// fetch asks once; again says whether asking again may help.
func fetch(ctx context.Context, client *http.Client, address string, limit int64) (data []byte, again bool, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, false, err
	}
	req.Header.Set("Accept-Encoding", "identity")
	req.Header.Set("User-Agent", "bongsu-verify")
	resp, err := client.Do(req)
	if err != nil {
		return nil, true, err
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusNotFound || resp.StatusCode == http.StatusGone:
		return nil, false, fmt.Errorf("%s: %w", address, fs.ErrNotExist)
	case resp.StatusCode != http.StatusOK:
		return nil, resp.StatusCode >= 500 || resp.StatusCode == http.StatusTooManyRequests, fmt.Errorf("%s: the server says %s", address, resp.Status)
	}
	for _, f := range pack.Formats() {
		if resp.Header.Get("Content-Encoding") == f.Encoding && !strings.HasSuffix(address, f.Suffix) {
			packed, err := readSome(resp.Body, limit+pack.Smallest)
			if err != nil {
				return nil, true, err
			}
			data, err := f.Unpack(packed, limit)
			if err != nil { // longer than listed, or spoilt: not the file either way
				return packed, false, nil
			}
			return data, false, nil
		}
	}
	data, err = readSome(resp.Body, limit)
	return data, true, err
}

// readSome reads at most limit bytes.
func readSome(r io.Reader, limit int64) ([]byte, error) { return io.ReadAll(io.LimitReader(r, limit)) }
