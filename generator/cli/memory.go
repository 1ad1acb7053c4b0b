package cli

import (
	"runtime"
	"runtime/debug"
)

// The collector's settings. A site of ordinary size is built before a first
// collection would be due; a large one must not hold many times its size.
const (
	roomyGC   = 200
	firstGC   = 1600 // of a build until the first collection, at 64 MiB,
	againGC   = 9600 // or, where most is known from the build before, at 384 MiB,
	smallGC   = 200  // then, while little is in use,
	buildGC   = 100  // and from there on: it makes much and keeps little
	largeGC   = 100
	smallHeap = 96 << 20  // bytes in use up to which a build is small
	largeHeap = 512 << 20 // bytes in use from which a site is large
)

// roomy lets the heap grow before the first collection.
func roomy() { debug.SetGCPercent(roomyGC) }

// thrifty is for a command that builds once: it collects nothing of a small
// heap, seldom while little is in use, and thoroughly from then on. known says
// that most of the work was done by the build before.
func thrifty(known bool) {
	debug.SetGCPercent(firstGC)
	if known {
		debug.SetGCPercent(againGC)
	}
	afterCollection(pace)
}

// pace chooses the setting by what the last collection left in use.
func pace() {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if m.HeapAlloc > smallHeap {
		debug.SetGCPercent(buildGC)
		return
	}
	debug.SetGCPercent(smallGC)
	afterCollection(pace)
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
