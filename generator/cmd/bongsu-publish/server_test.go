package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bongsu/generator/cli"
)

// TestMain lets the test binary stand in for both programs, so that a process
// can be killed.
func TestMain(m *testing.M) {
	switch os.Getenv("BONGSU_RUN") {
	case "publish":
		os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
	case "bongsu":
		os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// storage is an S3 server with a bucket, and a proxy before it that counts.
type storage struct {
	dir    string // folder of the bucket
	direct string // address without the proxy
	proxy  string

	mu      sync.Mutex
	moved   []string    // PUTs and DELETEs of files of the site since the last look
	onPut   func(n int) // called at each
	failing atomic.Bool // a third of the requests fails, in no rhythm, which could always take the same one of a try
	asked   atomic.Int64
}

const bucket = "warn"

// startStorage builds the server, which the Go module proxy provides, and runs
// it until the test ends.
func startStorage(t *testing.T) *storage {
	t.Helper()
	base := t.TempDir()
	program := filepath.Join(base, "s3gateway")
	// Without optimisation it is compiled in half the time; the libraries of AWS
	// with the same flags as for bongsu-publish, once for both.
	build := exec.Command("go", "build", "-ldflags=-s -w", "-gcflags=github.com/...=-N -l", "-o", program, ".")
	build.Dir = "../../test/s3gateway"
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	s := &storage{dir: filepath.Join(base, "buckets", bucket), onPut: func(int) {}}
	for _, d := range []string{s.dir, filepath.Join(base, "meta")} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute)
	gateway := exec.CommandContext(ctx, program, addr, filepath.Join(base, "buckets"), filepath.Join(base, "meta"))
	gateway.Env = append(os.Environ(), "ROOT_ACCESS_KEY=access", "ROOT_SECRET_KEY=secretsecret")
	var log bytes.Buffer
	gateway.Stdout, gateway.Stderr = &log, &log
	if err := gateway.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		_ = gateway.Wait()
	})
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if c, err := net.Dial("tcp", addr); err == nil {
			c.Close()
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("the S3 server does not answer: %s", log.String())
		}
	}
	s.direct = "http://" + addr
	s.serveProxy(t)
	return s
}

func (s *storage) serveProxy(t *testing.T) {
	target, err := url.Parse(s.direct)
	if err != nil {
		t.Fatal(err)
	}
	forward := &httputil.ReverseProxy{ // the host that was signed stays
		Director:     func(r *http.Request) { r.URL.Scheme, r.URL.Host = target.Scheme, target.Host },
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.proxy = "http://" + l.Addr().String()
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n := s.asked.Add(1); s.failing.Load() && uint32(n)*2654435769>>16%3 == 0 {
			_, _ = io.Copy(io.Discard, r.Body)
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		key := strings.TrimPrefix(r.URL.Path, "/"+bucket+"/")
		if (r.Method == http.MethodPut || r.Method == http.MethodDelete) && !strings.HasPrefix(key, ".bongsu/") && !strings.HasPrefix(key, "manifest.json") {
			s.mu.Lock()
			s.moved = append(s.moved, r.Method+" "+key)
			s.onPut(len(s.moved))
			s.mu.Unlock()
		}
		forward.ServeHTTP(w, r)
	})}
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
}

// look gives what moved since the last look.
func (s *storage) look() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := s.moved
	s.moved, s.onPut = nil, func(int) {}
	return out
}

// at runs f at the n-th file that moves from now on.
func (s *storage) at(n int, f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.onPut = func(i int) {
		if i == n {
			f()
		}
	}
}

func s3Address(endpoint string) string {
	return "s3://" + bucket + "?region=us-east-1&use_path_style=true&endpoint=" + endpoint
}

// program prepares a run of one of the two programs.
func program(which, dir string, args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], append([]string{"-C", dir}, args...)...)
	cmd.Env = append(os.Environ(), "BONGSU_RUN="+which, "AWS_EC2_METADATA_DISABLED=true",
		"AWS_ACCESS_KEY_ID=access", "AWS_SECRET_ACCESS_KEY=secretsecret", "AWS_CONFIG_FILE=/dev/null", "AWS_SHARED_CREDENTIALS_FILE=/dev/null")
	return cmd
}

func must(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %v: %s", cmd.Args[1:], err, out)
	}
	return string(out)
}

// fails runs a program that shall fail and gives its status and what it says.
func fails(t *testing.T, cmd *exec.Cmd) (int, string) {
	t.Helper()
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		t.Fatalf("%v did not fail: %v, %s", cmd.Args[1:], err, out)
	}
	return exit.ExitCode(), string(out)
}
