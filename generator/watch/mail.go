package watch

import (
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// maxHints is how many names are kept until they are looked at; more count as
// an overflow.
const maxHints = 20_000

// hint is what the kernel said about one name.
type hint struct {
	op   fsnotify.Op
	busy bool // somebody may have been reading files then
}

// letter is all that the kernel said since the last one.
type letter struct {
	hints       map[string]hint
	errs        []error
	first, last time.Time
	ended       bool // nothing more will come
}

// mail takes events as soon as they come, by a goroutine of its own. That keeps
// the kernel's queue short while files are looked at; and fsnotify holds its
// lock while it waits for an error to be taken, so whoever takes the errors
// must never wait for that lock, as adding a watch does.
type mail struct {
	signal chan struct{} // has a value while there is a letter
	done   chan struct{}
	busy   func() bool

	mu sync.Mutex
	letter
}

func newMail(k *kernel, busy func() bool) *mail {
	m := &mail{signal: make(chan struct{}, 1), done: make(chan struct{}), busy: busy}
	go m.collect(k)
	return m
}

// collect runs until the kernel's channels are closed.
func (m *mail) collect(k *kernel) {
	defer close(m.done)
	for events, errs := k.events, k.errors; events != nil || errs != nil; {
		select {
		case e, ok := <-events:
			if !ok {
				events = nil
				continue
			}
			m.put(func() { m.event(e) })
		case err, ok := <-errs:
			if !ok {
				errs = nil
				continue
			}
			m.put(func() { m.fault(err) })
		}
	}
	m.put(func() { m.ended = true })
}

func (m *mail) put(write func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.last = time.Now()
	if m.first.IsZero() {
		m.first = m.last
	}
	write()
	select {
	case m.signal <- struct{}{}:
	default:
	}
}

func (m *mail) event(e fsnotify.Event) {
	if m.hints == nil {
		m.hints = map[string]hint{}
	}
	if len(m.hints) == maxHints {
		clear(m.hints)
		m.fault(fsnotify.ErrEventOverflow)
	}
	h := m.hints[e.Name]
	m.hints[e.Name] = hint{h.op | e.Op, h.busy || m.busy()}
}

// fault keeps the first errors; all have the same effect.
func (m *mail) fault(err error) {
	if len(m.errs) < 8 {
		m.errs = append(m.errs, err)
	}
}

// take returns what has come, and starts anew.
func (m *mail) take() letter {
	m.mu.Lock()
	defer m.mu.Unlock()
	l := m.letter
	m.letter = letter{}
	return l
}
