package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"bongsu/generator/cli"
	"bongsu/generator/deliver"
	"bongsu/generator/proof"
	"bongsu/generator/push"

	"github.com/mattn/go-isatty"
)

func (c *command) outDir() string {
	if filepath.IsAbs(c.Out) {
		return c.Out
	}
	return filepath.Join(c.Dir, c.Out)
}

// report prints what a run did, in one line.
func (c *command) report(r *deliver.Result) error {
	if c.DryRun && !c.JSON {
		for _, part := range []struct {
			sign string
			list []string
		}{{"+", r.Changes.Added}, {"~", r.Changes.Changed}, {"-", r.Changes.Deleted}} {
			for _, p := range part.list {
				fmt.Fprintf(c.stdout, "%s %s\n", part.sign, p)
			}
		}
	}
	seconds := time.Since(c.start).Seconds()
	if c.JSON {
		return json.NewEncoder(c.stdout).Encode(map[string]any{
			"to": c.URL, "uploaded": r.Uploaded, "deleted": r.Deleted, "unchanged": r.Unchanged, "kept": r.Kept, "bytes": r.Bytes,
			"seconds": seconds, "changes": r.Changes, "content": r.Manifest.Content, "issued": r.Manifest.Issued, "dry_run": c.DryRun,
		})
	}
	if r.Finished {
		fmt.Fprintln(c.stdout, "a run before this one was stopped; this one finished its work")
	}
	would := ""
	if c.DryRun {
		would = "would be "
	}
	_, err := fmt.Fprintf(c.stdout, "%s: %s%d uploaded (%s), %d deleted, %d unchanged, %.1f s\n",
		c.URL, would, r.Uploaded, size(r.Bytes), r.Deleted, r.Unchanged, seconds)
	return err
}

func size(n int64) string {
	switch {
	case n >= 1e6:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	case n >= 1e3:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%d bytes", n)
}

func (c *command) writePurgeList(changes deliver.Changes) error {
	if c.PurgeList == "" {
		return nil
	}
	n := push.Notice{Added: changes.Added, Changed: changes.Changed, Deleted: changes.Deleted}
	return os.WriteFile(c.PurgeList, []byte(strings.Join(n.URLs(c.site), "\n")+"\n"), 0o644)
}

// verify checks what lies in the storage.
func (c *command) verify(ctx context.Context, store *store) error {
	target, err := deliver.Copy(ctx, store)
	if err != nil {
		return err
	}
	want := proof.Expect{Now: c.start}
	if c.Key != "" {
		text := c.Key
		if data, err := os.ReadFile(c.Key); err == nil {
			text = string(data)
		}
		if want.Key, err = proof.ParsePublicKey(text); err != nil {
			return errUsage{fmt.Errorf("--key: %w", err)}
		}
	}
	r, err := proof.Verify(ctx, target, want)
	if err != nil {
		return err
	}
	for _, f := range r.Findings {
		fmt.Fprintf(c.stdout, "%-8s %s: %s\n", f.Kind, f.Path, f.Text)
	}
	fmt.Fprintf(c.stdout, "%s: %d files, %d findings\n", c.URL, r.Files, len(r.Findings))
	if len(r.Findings) > 0 {
		return errFound
	}
	return nil
}

// secretKey reads the key that signs, if one was named. One that lies in the
// site's folder is refused: it would go wherever the content goes.
func (c *command) secretKey() (*proof.Key, error) {
	if c.Key == "" {
		return nil, nil
	}
	key, err := cli.SecretKey(c.Dir, c.Key)
	if err != nil {
		return nil, errUsage{err}
	}
	return key, nil
}

// bar shows the progress on a terminal, and nothing elsewhere.
type bar struct {
	mu  sync.Mutex
	out io.Writer // nil: no terminal
	at  time.Time
}

func newBar(out io.Writer) *bar {
	if f, ok := out.(*os.File); ok && isatty.IsTerminal(f.Fd()) {
		return &bar{out: out}
	}
	return &bar{}
}

func (b *bar) show(p deliver.Progress) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.out == nil || p.Total == 0 || p.Done < p.Total && time.Since(b.at) < 100*time.Millisecond {
		return
	}
	b.at = time.Now()
	const width = 30
	full := min(width, width*p.Done/p.Total)
	fmt.Fprintf(b.out, "\r[%s%s] %d/%d files, %s ", strings.Repeat("#", full), strings.Repeat(".", width-full), p.Done, p.Total, size(p.Bytes))
}

func (b *bar) clear() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.out != nil && !b.at.IsZero() {
		fmt.Fprintf(b.out, "\r%s\r", strings.Repeat(" ", 78))
		b.at = time.Time{}
	}
}
