package test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// packedSite copies the small site of the command line's tests and builds it
// with packed copies.
func packedSite(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(root, "generator/cli/testdata/site"))); err != nil {
		t.Fatal(err)
	}
	buildPacked(t, dir)
	return dir
}

func buildPacked(t *testing.T, dir string) {
	t.Helper()
	if out, err := exec.Command(program(t), "-C", dir, "build", "--now", "2025-10-15", "--compress").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

// curl asks as a reader's program does; it gives the headers and the body
// as they came.
func curl(t *testing.T, url string, args ...string) (head string, body []byte) {
	t.Helper()
	dir := t.TempDir()
	cmd := exec.Command("curl", append([]string{"-sS", "--max-time", "10", "-D", dir + "/head", "-o", dir + "/body", url}, args...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("curl %s: %v: %s", url, err, out)
	}
	h, err := os.ReadFile(dir + "/head")
	if err != nil {
		t.Fatal(err)
	}
	body, _ = os.ReadFile(dir + "/body") // none: no body came
	return string(h), body
}

// checkPacked asks for files in every encoding and wants the packed copies
// themselves, with the headers of the files.
func checkPacked(t *testing.T, dir, at string) {
	t.Helper()
	for path, media := range map[string]string{
		"/ko/index.html": "text/html; charset=utf-8", "/ko/feeds/alerts.rss": "application/rss+xml", "/api/v1/levels.json": "application/json",
	} {
		file := filepath.Join(dir, "public", path)
		for encoding, suffix := range map[string]string{"gzip": ".gz", "br": ".br", "identity": ""} {
			want, err := os.ReadFile(file + suffix)
			if err != nil {
				t.Fatal(err)
			}
			head, body := curl(t, at+path, "-H", "Accept-Encoding: "+encoding)
			head = strings.ToLower(head)
			name := path + " with " + encoding
			if !bytes.Equal(body, want) {
				t.Errorf("%s: %d bytes, want the %d of the file: %s", name, len(body), len(want), head)
			}
			if sent := strings.Contains(head, "content-encoding: "+encoding+"\r\n"); sent != (suffix != "") || suffix != "" && !strings.Contains(head, "vary: accept-encoding") {
				t.Errorf("%s: %s", name, head)
			}
			if !strings.Contains(head, "content-type: "+media+"\r\n") || strings.Count(head, "content-security-policy: default-src 'none'") != 1 || strings.Count(head, "cache-control:") != 1 {
				t.Errorf("%s: %s", name, head)
			}
		}
	}
	// What did not change is not sent again, in any encoding, after another build.
	feed := at + "/ko/feeds/alerts.rss"
	first := map[string]string{"gzip": "", "br": "", "identity": ""}
	for encoding := range first {
		first[encoding], _ = curl(t, feed, "-H", "Accept-Encoding: "+encoding)
	}
	buildPacked(t, dir)
	for encoding, head := range first {
		for answer, question := range map[string]string{"Etag": "If-None-Match", "Last-Modified": "If-Modified-Since"} {
			value := regexpOf(t, "(?im)^"+answer+": (.*)\r$").FindStringSubmatch(head)
			if value == nil {
				t.Fatalf("no %s with %s: %s", answer, encoding, head)
			}
			again, body := curl(t, feed, "-H", "Accept-Encoding: "+encoding, "-H", question+": "+value[1])
			if !strings.Contains(again, " 304") || len(body) != 0 {
				t.Errorf("%s: %s with %s: %s", question, value[1], encoding, again)
			}
		}
	}
}

const brotliModule = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"

// TestPackedNginx serves a site built with packed copies by Debian's nginx.
func TestPackedNginx(t *testing.T) {
	nginx := "/usr/sbin/nginx"
	if !exists(nginx) || !exists(brotliModule) {
		t.Skip("nginx or its module for brotli is not installed: run generator/test/setup.sh")
	}
	dir := packedSite(t)
	readable(t, dir)
	addr := freePort(t)
	conf := filepath.Join(dir, "nginx.conf")
	text := fmt.Sprintf("load_module %s;\ndaemon off;\nmaster_process off;\nerror_log stderr;\npid %s/nginx.pid;\nevents {}\nhttp {\naccess_log off;\nclient_body_temp_path %[2]s/a;\nproxy_temp_path %[2]s/b;\nfastcgi_temp_path %[2]s/c;\nuwsgi_temp_path %[2]s/d;\nscgi_temp_path %[2]s/e;\n%s}\n",
		brotliModule, dir, snippet(t, dir, "nginx", addr, "--packed"))
	if err := os.WriteFile(conf, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	startServer(t, addr, nginx, "-c", conf)
	checkPacked(t, dir, "http://"+addr)
}

// TestPackedCaddy does the same with Caddy.
func TestPackedCaddy(t *testing.T) {
	caddy, err := exec.LookPath("caddy")
	if err != nil {
		t.Skip("caddy is not installed: run generator/test/setup.sh")
	}
	dir := packedSite(t)
	addr := freePort(t)
	conf := filepath.Join(dir, "Caddyfile")
	if err := os.WriteFile(conf, []byte("{\n\tadmin off\n}\n"+snippet(t, dir, "caddy", "http://"+addr, "--packed")), 0o644); err != nil {
		t.Fatal(err)
	}
	startServer(t, addr, caddy, "run", "--config", conf, "--adapter", "caddyfile")
	checkPacked(t, dir, "http://"+addr)
}
