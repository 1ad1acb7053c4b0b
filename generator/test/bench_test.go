package test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"bongsu/generator/bench/corpus"
)

// BenchmarkSaveToServed measures from the moment a file is saved to the moment
// its page is served with the change, by asking again and again; it reports the
// median in milliseconds, and the memory of the server in MiB.
func BenchmarkSaveToServed(b *testing.B) {
	for _, n := range []int{0, 1000, 10000} {
		name, dir, file, page := "sample", "", notice, "/ko/advisories/korea-desk-opened.html"
		if n > 0 {
			name = strconv.Itoa(n)
			dir = b.TempDir()
			if err := corpus.Write(dir, filepath.Join(root, "content"), n); err != nil {
				b.Fatal(err)
			}
			file, page = fmt.Sprintf("advisories/2026/notice-%05d.ko.md", n-1), fmt.Sprintf("/ko/advisories/notice-%05d.html", n-1)
		} else {
			dir = copySite(b)
		}
		s := serve(b, dir)
		until(b, "the first page", func() bool { status, _, err := s.get(page); return err == nil && status == 200 })
		for _, kind := range []string{"title", "body"} {
			b.Run(kind+"/"+name, func(b *testing.B) { saveToServed(b, s, filepath.Join(dir, "content", file), page, kind) })
		}
	}
}

func saveToServed(b *testing.B, s *server, file, page, kind string) {
	var took []time.Duration
	i := 0
	for b.Loop() {
		i++
		want := fmt.Sprintf("%s %d %d", kind, time.Now().UnixNano(), i)
		start := time.Now()
		edit(b, file, func(text string) string {
			if kind == "title" {
				return titled(want)(text)
			}
			return text + "\n" + want + "\n"
		})
		until(b, want, func() bool {
			_, body, err := s.get(page)
			return err == nil && strings.Contains(body, want)
		})
		took = append(took, time.Since(start))
		time.Sleep(20 * time.Millisecond) // another save, not the same one
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms/median")
	b.ReportMetric(memory(s.cmd.Process.Pid), "MiB")
}

// memory is the resident memory of a process in MiB; 0 where it cannot be read.
func memory(pid int) float64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(data), "VmRSS:")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kb, _ := strconv.ParseFloat(fields[0], 64)
	return kb / 1024
}
