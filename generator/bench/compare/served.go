package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// patience is how long a server may take to show a page.
const patience = 10 * time.Minute

// served measures from the moment a title is saved to the moment its page is
// served with it. Each server runs twice, in turn.
func (b *bench) served() error {
	got := map[string]*entry{}
	for round := range 2 {
		for _, t := range b.tools {
			n := b.edits / 2
			if round == 0 {
				n = b.edits - n
			}
			if err := b.serveOne(t, n, b.entry(got, "served", t.name)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *bench) serveOne(t tool, edits int, e *entry) (err error) {
	port, err := freePort()
	if err != nil {
		return err
	}
	cmd := exec.Command(t.program, t.serve(b.site(t), b.cache(t), port)...)
	cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+b.cache(t), "HOME="+b.cache(t))
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		return err
	}
	defer func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		stop := time.AfterFunc(20*time.Second, func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait()
		stop.Stop()
		if err != nil {
			err = fmt.Errorf("%s: %w\n%s", t.name, err, tail(out.String()))
		}
	}()
	url := "http://127.0.0.1:" + port + "/ko/advisories/" + b.newest() + ".html"
	if _, err := until(url, "<h1"); err != nil {
		return err
	}
	for range edits {
		rest(cmd.Process.Pid) // what the start or the last edit set going comes to an end
		b.edited++
		title := fmt.Sprintf("title %d", b.edited)
		start := time.Now()
		if err := b.edit(t, retitle(title)); err != nil {
			return err
		}
		end, err := until(url, title)
		if err != nil {
			return err
		}
		took := end.Sub(start)
		e.Samples = append(e.Samples, sample{Wall: took.Seconds(), Peak: peak(cmd.Process.Pid)})
		b.say("save to served: %s %.0f ms", t.name, took.Seconds()*1000)
	}
	return nil
}

// rest waits until a process has done nothing for a while, a minute at the most.
func rest(pid int) {
	const look, looks = 250 * time.Millisecond, 4 // a second without work
	last, quiet := ticks(pid), 0
	for range int(time.Minute / look) {
		time.Sleep(look)
		now := ticks(pid)
		if quiet++; now-last > 2 {
			quiet = 0
		}
		if last = now; quiet == looks {
			return
		}
	}
}

// ticks is the CPU time of a process in hundredths of a second; 0 where it
// cannot be read.
func ticks(pid int) int64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(data), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return user + system
}

// retitle sets the title of a record.
func retitle(title string) func(string) string {
	return func(text string) string {
		before, rest, _ := strings.Cut(text, "title: ")
		_, after, _ := strings.Cut(rest, "\n")
		return before + "title: " + title + "\n" + after
	}
}

// until asks for a page until it holds the text, and returns when it did.
func until(url, text string) (time.Time, error) {
	give := time.Now().Add(patience)
	for time.Now().Before(give) {
		resp, err := http.Get(url)
		if err == nil {
			body, err := io.ReadAll(resp.Body)
			resp.Body.Close()
			if err == nil && strings.Contains(string(body), text) {
				return time.Now(), nil
			}
		}
		time.Sleep(time.Millisecond)
	}
	return time.Time{}, errors.New("never showed " + strconv.Quote(text) + " at " + url)
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}

// peak is the most memory that a process has held, in MiB; 0 where it cannot
// be read.
func peak(pid int) float64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(data), "VmHWM:")
	var kb float64
	_, _ = fmt.Sscan(rest, &kb)
	return kb / 1024
}
