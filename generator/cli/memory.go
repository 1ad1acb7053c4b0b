package cli

import (
	"runtime"
	"runtime/debug"
)

// The collector's settings. A site of ordinary size is built before a first
// collection would be due; a large one must not hold many times its size.
const (
	roomyGC   = 200
	buildGC   = 100  // of a build, which makes much and keeps little: a third less memory for a twentieth more time
	firstGC   = 2400 // until the first collection, at 96 MiB
	largeGC   = 100
	largeHeap = 512 << 20 // bytes in use from which a site is large
)

// roomy lets the heap grow before the first collection.
func roomy() { debug.SetGCPercent(roomyGC) }

// thrifty is for a command that builds once: it collects nothing of a small
// heap, and thoroughly from then on.
func thrifty() {
	debug.SetGCPercent(firstGC)
	sentinel := new([16]byte)
	runtime.SetFinalizer(sentinel, func(*[16]byte) { debug.SetGCPercent(buildGC) })
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
