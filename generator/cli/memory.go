package cli

import (
	"math"
	"runtime"
	"runtime/debug"
)

// The collector's settings. A site of ordinary size is built before a first
// collection would be due; a large one must not hold many times its size.
const (
	roomyGC   = 200
	firstGC   = 4000 // of a build until the first collection, at 160 MiB,
	againGC   = 9600 // or, where most is known from the build before, at 384 MiB
	largeGC   = 100
	largeHeap = 512 << 20 // bytes in use from which a site is large
)

// paces are the settings of a build by the bytes that a collection left in use:
// each collection looks at all of them again, so the fewer the better, as long
// as there are few bytes.
var paces = []struct {
	below   uint64
	percent int
}{
	{64 << 20, 400},
	{192 << 20, 300},
	{largeHeap, 160},
	{math.MaxUint64, largeGC},
}

// roomy lets the heap grow before the first collection.
func roomy() { debug.SetGCPercent(roomyGC) }

// thrifty is for a command that builds once: it collects nothing of a small
// heap, seldom while little is in use, and thoroughly from then on.
func thrifty() {
	debug.SetGCPercent(firstGC)
	afterCollection(pace)
}

// mostlyKnown is thrifty where most of the work was done by the build before.
func mostlyKnown() { debug.SetGCPercent(againGC) }

// pace chooses the setting by what the last collection left in use.
func pace() {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	for _, p := range paces {
		if m.HeapAlloc < p.below {
			debug.SetGCPercent(p.percent)
			break
		}
	}
	if m.HeapAlloc < largeHeap {
		afterCollection(pace)
	}
}

// afterCollection calls f after the next collection.
func afterCollection(f func()) {
	sentinel := new([16]byte)
	runtime.SetFinalizer(sentinel, func(*[16]byte) { f() })
}

// fitMemory chooses the setting for a process that goes on, by what a build
// left in use.
func fitMemory() {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if m.HeapAlloc > largeHeap {
		debug.SetGCPercent(largeGC)
	}
}
