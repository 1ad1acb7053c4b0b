package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bongsu/generator/proof"
	"bongsu/generator/publish"
)

type verifyCmd struct {
	Copy  string `arg:"" placeholder:"URL|DIR" help:"Address of the site, or a folder that holds it."`
	Key   string `placeholder:"KEY" help:"Public key of minisign: a file, or the line that begins with RW. Without it nobody can tell who wrote the manifest."`
	Known string `placeholder:"FILE" help:"Where the newest manifest that was seen is kept: a copy older than that is reported. Written after a check that found nothing."`
}

// Run checks a copy of a site. It exits with 1 where something is wrong.
func (c *verifyCmd) Run(r *run) error {
	want := proof.Expect{Now: r.clock(), Ignore: []string{publish.Manifest, ".gitignore", ".gitkeep"}}
	if r.Now != "" {
		o, done, err := r.options()
		if err != nil {
			return err
		}
		done()
		want.Now = o.Now
	}
	var err error
	if c.Key != "" {
		if want.Key, err = publicKey(c.Key); err != nil {
			return err
		}
	}
	if c.Known != "" {
		if want.Known, err = knownManifest(c.Known); err != nil {
			return err
		}
	}
	target, closeCopy, err := c.open()
	if err != nil {
		return err
	}
	defer closeCopy()
	report, err := proof.Verify(r.ctx, target, want)
	if err != nil {
		return fmt.Errorf("verify %s: %w", c.Copy, err)
	}
	if err := c.print(r, report); err != nil {
		return err
	}
	if len(report.Findings) > 0 {
		return errContent
	}
	if c.Known != "" {
		return writeFile(c.Known, report.Encoded)
	}
	return nil
}

// print says what was found.
func (c *verifyCmd) print(r *run, report *proof.Report) error {
	if r.JSON {
		if report.Findings == nil {
			report.Findings = []proof.Finding{}
		}
		m := cmp.Or(report.Manifest, &proof.Manifest{})
		return r.encode(struct {
			*proof.Report
			Issued  time.Time `json:"issued,omitzero"`
			Expires time.Time `json:"expires,omitzero"`
			Content string    `json:"content,omitempty"`
		}{report, m.Issued, m.Expires, m.Content})
	}
	for _, f := range report.Findings {
		fmt.Fprintf(r.stdout, "%-8s %s: %s\n", f.Kind, f.Path, f.Text)
	}
	signed := "signed"
	if !report.Signed {
		signed = "signature not checked: give --key"
		if c.Key != "" {
			signed = "not signed by this key, so nothing else was looked at"
		}
	}
	line := []string{plural(report.Files, "file"), plural(len(report.Findings), "finding"), signed}
	if m := report.Manifest; m != nil {
		line = append(line, "issued "+m.Issued.Format(time.RFC3339), "holds until "+m.Expires.Format(time.RFC3339),
			plural(m.Changes, "change")+" in the log", "content "+m.Content[:12])
	}
	fmt.Fprintln(r.stdout, strings.Join(line, ", "))
	return nil
}

// open gives the copy that is meant.
func (c *verifyCmd) open() (target proof.Copy, closeCopy func(), err error) {
	if strings.HasPrefix(c.Copy, "http://") || strings.HasPrefix(c.Copy, "https://") {
		target, err = webCopy(c.Copy)
		return target, func() {}, err
	}
	root, err := os.OpenRoot(c.Copy)
	if err != nil {
		return target, nil, err
	}
	return folderCopy(root), func() { root.Close() }, nil
}

// folderCopy reads a folder. Nothing outside it is read.
func folderCopy(root *os.Root) proof.Copy {
	return proof.Copy{
		Workers: 4,
		Read: func(_ context.Context, path string, limit int64) ([]byte, error) {
			f, err := root.Open(filepath.FromSlash(path))
			if err != nil {
				return nil, err
			}
			defer f.Close()
			return readSome(f, limit)
		},
		List: func(ctx context.Context) ([]string, error) {
			var out []string
			err := fs.WalkDir(root.FS(), ".", func(p string, d fs.DirEntry, err error) error {
				switch {
				case err == nil && p == ".bongsu": // of bongsu-publish
					return fs.SkipDir
				case err == nil && !d.IsDir():
					out = append(out, p)
				}
				return errors.Join(err, ctx.Err())
			})
			return out, err
		},
	}
}

// publicKey reads a key from a file, or from the word itself.
func publicKey(word string) (*proof.PublicKey, error) {
	text := word
	if data, err := os.ReadFile(word); err == nil {
		text = string(data)
	}
	key, err := proof.ParsePublicKey(text)
	if err != nil {
		return nil, errUsage{fmt.Errorf("--key %q: %w, or a file that holds one", word, err)}
	}
	return key, nil
}

// knownManifest reads the newest manifest seen; none is kept before the first.
func knownManifest(file string) (*proof.Manifest, error) {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	m, err := proof.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("--known %s: %w", file, err)
	}
	return m, nil
}

// writeFile puts a file in place whole.
func writeFile(name string, data []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(name), ".bongsu-*")
	if err != nil {
		return err
	}
	_, err = temp.Write(data)
	if err := errors.Join(err, temp.Close()); err != nil {
		os.Remove(temp.Name())
		return err
	}
	if err := os.Rename(temp.Name(), name); err != nil {
		os.Remove(temp.Name())
		return err
	}
	return nil
}
