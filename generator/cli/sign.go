package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bongsu/generator/proof"
	"bongsu/generator/publish"
)

// passwordVariable names the variable of the environment that opens a key.
const passwordVariable = "BONGSU_KEY_PASSWORD"

// sign adds the signed manifest to the wanted files. The one that stands in the
// folder out is kept while it says the same and most of its time is left, so
// that building again changes nothing.
func sign(r *run, files []publish.File, base, out, keyFile string, valid time.Duration) ([]publish.File, error) {
	key, err := SecretKey(r.Dir, keyFile)
	if err != nil {
		return nil, err
	}
	if valid <= 0 {
		return nil, errUsage{fmt.Errorf("--valid %s is no time for which a manifest can hold", valid)}
	}
	now := r.clock()
	if r.Now != "" {
		o, done, err := r.options()
		if err != nil {
			return nil, err
		}
		done()
		now = o.Now
	}
	sums := make([]proof.File, len(files))
	byPath := make(map[string][]byte, len(files))
	for i, f := range files {
		sums[i] = proof.Sum(f.Path, f.Data)
		byPath[f.Path] = f.Data
	}
	m, err := proof.New(sums, func(p string) ([]byte, error) { return byPath[p], nil },
		proof.Stamp{Site: base, Program: "bongsu " + Version(), Issued: now, Valid: valid})
	if err != nil {
		return nil, err
	}
	if data, err := os.ReadFile(filepath.Join(out, proof.Name)); err == nil {
		if old, err := proof.Decode(data); err == nil && old.Standing(m, now) {
			m = old
		}
	}
	encoded := m.Encode()
	return append(files,
		publish.File{Path: proof.Name, Data: encoded, Modified: m.Issued},
		publish.File{Path: proof.SignatureName, Data: key.Sign(m, encoded), Modified: m.Issued}), nil
}

// SecretKey reads the secret key that a word names: a file, or env:NAME for a
// variable of the environment that holds the text of one. A file in the site's
// folder is refused: it would go wherever the content goes.
func SecretKey(siteDir, word string) (*proof.Key, error) {
	var text []byte
	if name, ok := strings.CutPrefix(word, "env:"); ok {
		if text = []byte(os.Getenv(name)); len(text) == 0 {
			return nil, errUsage{fmt.Errorf("the variable %s, which shall hold the secret key, is not set", name)}
		}
	} else {
		inside, err := within(siteDir, word)
		if err != nil {
			return nil, err
		}
		if inside {
			return nil, errUsage{fmt.Errorf("the secret key %s lies in the site's folder, which is copied and shared; move it elsewhere", word)}
		}
		if text, err = os.ReadFile(word); err != nil {
			return nil, err
		}
	}
	key, err := proof.ParseKey(text, os.Getenv(passwordVariable))
	if err != nil {
		return nil, fmt.Errorf("%s: %w (the password is read from $%s)", word, err, passwordVariable)
	}
	return key, nil
}

// within reports whether a file lies below a folder, links followed.
func within(dir, file string) (bool, error) {
	real := func(p string) (string, error) {
		p, err := filepath.Abs(p)
		if err != nil {
			return "", err
		}
		return filepath.EvalSymlinks(p)
	}
	d, err := real(dir)
	if err != nil {
		return false, err
	}
	f, err := real(file)
	if err != nil {
		return false, err
	}
	rel, err := filepath.Rel(d, f)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)), nil
}
