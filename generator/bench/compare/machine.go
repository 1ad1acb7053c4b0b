package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// machine is what the results depend on beside the programs.
type machine struct {
	Processor string
	Cores     int
	Memory    string
	System    string
	Files     string // the file systems
	Go        string
}

func describe(s settings) machine {
	m := machine{
		Processor: "unknown", Cores: runtime.NumCPU(), System: runtime.GOOS + "/" + runtime.GOARCH, Go: runtime.Version(),
		Memory: fmt.Sprintf("%.0f GiB", float64(memoryTotal())/(1<<30)),
	}
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if _, rest, ok := strings.Cut(string(text), "model name"); ok {
			line, _, _ := strings.Cut(rest, "\n")
			m.Processor = strings.Trim(line, " \t:")
		}
	}
	if text, err := os.ReadFile("/proc/sys/kernel/osrelease"); err == nil {
		m.System += ", kernel " + strings.TrimSpace(string(text))
	}
	var kinds []string
	for _, place := range []struct{ name, dir string }{{"memory", s.memory}, {"disk", s.disk}} {
		if place.dir != "" {
			kinds = append(kinds, place.name+": "+fileSystem(place.dir))
		}
	}
	m.Files = strings.Join(kinds, ", ")
	return m
}

// memoryTotal is the machine's memory in bytes; 8 GiB where it cannot be read.
func memoryTotal() int64 {
	text, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 8 << 30
	}
	_, rest, _ := strings.Cut(string(text), "MemTotal:")
	var kb int64
	if _, err := fmt.Sscan(rest, &kb); err != nil {
		return 8 << 30
	}
	return kb << 10
}

// fileSystem is the kind of file system that holds a folder.
func fileSystem(dir string) string {
	text, err := os.ReadFile("/proc/mounts")
	if err != nil {
		return "unknown"
	}
	dir, _ = filepath.Abs(dir)
	best, kind := "", "unknown"
	for line := range strings.Lines(string(text)) {
		f := strings.Fields(line)
		if len(f) > 2 && len(f[1]) >= len(best) && (f[1] == "/" || dir == f[1] || strings.HasPrefix(dir, f[1]+"/")) {
			best, kind = f[1], f[2]
		}
	}
	return kind
}

// load1 is how many programs wanted a processor in the last minute; 0 where it
// cannot be read.
func load1() float64 {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return 0
	}
	var load float64
	_, _ = fmt.Sscan(string(text), &load)
	return load
}
