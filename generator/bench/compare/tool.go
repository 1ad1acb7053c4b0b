package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"bongsu/generator/bench/corpus"
	"bongsu/generator/bench/hugo"
)

// hugoVersion is the newest Hugo that the Go of this module builds.
const hugoVersion = "v0.165.0"

// tool is a program that makes the site.
type tool struct {
	name    string
	program string
	version string
	write   func(dir string, c corpus.Corpus) error
	build   func(dir, cache string) []string
	serve   func(dir, cache, port string) []string
	// edited is the file of the newest advisory, below the site's folder.
	edited string
}

// install builds Bongsu as it stands, and Hugo once for all runs.
func install(s settings) ([]tool, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil, err
	}
	bin := filepath.Join(cache, "bongsu-bench", "bin")
	bongsu := tool{
		name: "Bongsu", program: filepath.Join(bin, "bongsu"), edited: "content/advisories/2026/%s.ko.md",
		write: func(dir string, c corpus.Corpus) error { return c.Write(dir) },
		build: func(dir, _ string) []string { return []string{"build", "-C", dir} },
		serve: func(dir, _, port string) []string { return []string{"serve", "-C", dir, "--addr", "127.0.0.1:" + port} },
	}
	if _, err := output("go", []string{"CGO_ENABLED=0"}, "build", "-o", bongsu.program, "./generator/cmd/bongsu"); err != nil {
		return nil, err
	}
	other := tool{
		name: "Hugo", program: s.hugo, edited: "content/advisories/2026/%s.ko.md", write: hugo.Write,
		build: func(dir, cache string) []string {
			return []string{"--source", dir, "--cacheDir", cache, "--noBuildLock", "--quiet"}
		},
		serve: func(dir, cache, port string) []string {
			return []string{"server", "--source", dir, "--cacheDir", cache, "--noBuildLock", "--quiet", "--bind", "127.0.0.1", "--port", port}
		},
	}
	if other.program == "" {
		folder := filepath.Join(bin, "hugo-"+hugoVersion)
		other.program = filepath.Join(folder, "hugo")
		if _, err := os.Stat(other.program); err != nil {
			fmt.Fprintf(os.Stderr, "compare: building Hugo %s, once; this takes some minutes\n", hugoVersion)
			if _, err := output("go", []string{"GOBIN=" + folder}, "install", "github.com/gohugoio/hugo@"+hugoVersion); err != nil {
				return nil, err
			}
		}
	}
	tools := []tool{bongsu, other}
	for i := range tools {
		text, err := output(tools[i].program, nil, "version")
		if err != nil {
			return nil, err
		}
		tools[i].version = strings.TrimSpace(text)
	}
	if revision, err := output("git", nil, "describe", "--always", "--dirty"); err == nil {
		tools[0].version += ", revision " + strings.TrimSpace(revision)
	}
	return tools, nil
}

// output runs a program to its end and returns what it printed.
func output(program string, env []string, args ...string) (string, error) {
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), env...)
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s %s: %w\n%s", program, strings.Join(args, " "), err, tail(complaint.String()))
	}
	return out.String(), nil
}

// tail is the end of a text.
func tail(text string) string {
	if len(text) > 2000 {
		return "…" + text[len(text)-2000:]
	}
	return text
}
