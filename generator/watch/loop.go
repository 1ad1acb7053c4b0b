package watch

import (
	"errors"
	"fmt"
	"path/filepath"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// loop is the goroutine of a Watcher: it owns all state but the Watcher's own.
type loop struct {
	o     Options
	w     *Watcher
	tree  *tree
	mail  *mail // nil: polling
	calm  debounce
	lock  gitLock
	poll  time.Duration // 0: the kernel reports events
	exact bool          // poll is what the options ask for
	cost  time.Duration // of the last look at everything
	again time.Time     // when everything is looked at without an event
	all   bool          // everything is to be looked at, not only folders with events
	lost  bool          // events may have been lost since the last Change
	doubt bool          // a folder may have been read while it was away
	since time.Time     // of the first event since the last Change
	ready bool          // next waits to be received
	next  Change
}

func newLoop(o Options, s system, w *Watcher) *loop {
	l := &loop{o: o, w: w, calm: debounce{quiet: o.Quiet, cap: o.Cap}, poll: o.Poll, exact: o.Poll > 0}
	k := l.open(s)
	l.tree = newTree(o, newHub(k))
	if k != nil {
		l.mail = newMail(k, w.busy)
	}
	l.look(true)
	l.tree.pending.clear()
	return l
}

// open returns the kernel's events, or nil and sets the interval to poll in.
func (l *loop) open(s system) *kernel {
	if l.exact {
		return nil
	}
	for _, root := range append([]string{"."}, l.o.Roots...) {
		if name := s.eventless(filepath.Join(l.o.Dir, root)); name != "" {
			l.poll = fallbackPoll
			l.o.Notice(Notice{
				Message: fmt.Sprintf("%q is on a file system (%s) that need not report changes", root, name),
				Hint:    "files are polled",
			})
			return nil
		}
	}
	k, err := s.open()
	if err != nil {
		l.poll = fallbackPoll
		l.o.Notice(limitNotice(err))
		return nil
	}
	return k
}

// degrade gives the kernel's events up for good, and polls.
func (l *loop) degrade(n Notice) {
	l.shut()
	l.tree.hub, l.tree.limit = newHub(nil), nil
	l.poll = fallbackPoll
	l.o.Notice(n)
}

// shut ends the kernel's events, if there are any.
func (l *loop) shut() {
	if l.mail != nil {
		_ = l.tree.hub.kernel.close()
		<-l.mail.done
		l.mail = nil
	}
}

func (l *loop) run() {
	defer close(l.w.done)
	defer close(l.w.out)
	defer l.shut()
	timer := time.NewTimer(0)
	defer timer.Stop()
	always := make(chan struct{})
	close(always)
	for {
		var letters, idle <-chan struct{}
		var out chan<- Change
		if l.mail != nil {
			letters = l.mail.signal
		}
		if !l.calm.active() {
			if l.ready {
				out = l.w.out
			}
			if len(l.tree.unread) > 0 {
				idle = always
			}
		}
		timer.Reset(time.Until(l.due()))
		select {
		case <-l.w.stop:
			return
		case out <- l.next:
			l.fresh()
		case <-letters:
			l.read(l.mail.take())
		case <-idle:
			l.tree.prime(32) // little, so that events need not wait
		case <-timer.C:
			l.wake()
		}
	}
}

// due is when wake has something to do.
func (l *loop) due() time.Time {
	if l.calm.active() {
		return l.calm.due()
	}
	if l.again.IsZero() {
		return time.Now().Add(24 * time.Hour)
	}
	return l.again
}

// read takes what the kernel said.
func (l *loop) read(m letter) {
	if m.first.IsZero() {
		return
	}
	l.note(m.first)
	l.note(m.last)
	for name, h := range m.hints {
		l.hint(name, h)
	}
	for _, err := range m.errs {
		l.fault(err)
	}
	if m.ended {
		l.fault(nil)
		l.degrade(Notice{Message: "the system has stopped reporting changes", Hint: "files are polled instead"})
	}
}

// hint takes what the kernel said about one name.
func (l *loop) hint(name string, h hint) {
	l.tree.hub.mark(name, h.op)
	gone := h.op.Has(fsnotify.Remove) || h.op.Has(fsnotify.Rename)
	if h.busy && (gone || h.op.Has(fsnotify.Create) || h.op.Has(fsnotify.Write)) && l.tree.see(name) && gone {
		l.doubt = true
	}
}

func (l *loop) note(now time.Time) {
	l.calm.note(now)
	if l.since.IsZero() {
		l.since = now
	}
}

// fault takes an error of the kernel's events: from here on they cannot be
// trusted, so everything is looked at. fsnotify reports EINVAL for a folder that
// was moved and removed before it could take its watch away; nobody need know.
func (l *loop) fault(err error) {
	l.all, l.lost = true, true
	switch {
	case err == nil, errors.Is(err, syscall.EINVAL):
	case errors.Is(err, fsnotify.ErrEventOverflow):
		l.o.Notice(Notice{Message: "more events than the system keeps", Hint: "every file is looked at; sysctl fs.inotify.max_queued_events sets how many are kept"})
	default:
		l.o.Notice(Notice{Message: fmt.Sprintf("an error while watching: %v", err), Hint: "every file is looked at"})
	}
}

// wake looks at the files, because it has been quiet for long enough after
// events or because it is time for a look without.
func (l *loop) wake() {
	now := time.Now()
	switch {
	case l.calm.active() && !now.Before(l.calm.due()):
		l.fire(now)
	case !l.calm.active() && !now.Before(l.again):
		if l.look(true) > 0 {
			l.lost = l.lost || l.poll == 0
			l.note(now)
		}
	}
}

// fire ends the waiting, unless something says that more is to come.
func (l *loop) fire(now time.Time) {
	held, expired := l.lock.held(l.tree.places(), now)
	if held {
		l.calm.notBefore = now.Add(lockTick)
		return
	}
	if expired {
		l.o.Notice(Notice{Message: fmt.Sprintf("%q has been there for %v", l.lock.path, maxLock), Hint: "its end is not waited for any longer; if no Git is running, remove it"})
	}
	found := l.look(l.all || l.poll > 0)
	l.all = false
	l.tree.prime(64) // at once, so that the next save of the same bytes is none
	if !l.calm.spent(now) {
		if l.poll > 0 && found > 0 {
			l.calm.note(now)
			return
		}
		if l.tree.pending.emptied() {
			l.calm.patient = true
			return
		}
	}
	l.calm.reset()
	l.compose()
}

// look brings the snapshot up to date and says when to do so again. Where it
// meets a limit of the kernel, it starts again without the kernel's events.
func (l *loop) look(all bool) int {
	l.tree.strict = (all || l.poll > 0) && l.w.busy()
	begin := time.Now()
	found := l.tree.look(all)
	if l.tree.limit != nil {
		l.degrade(limitNotice(l.tree.limit))
		return found + l.look(true)
	}
	now := time.Now()
	if all {
		l.cost = now.Sub(begin)
	}
	if next := l.plan(now); all || !next.IsZero() && (l.again.IsZero() || next.Before(l.again)) {
		l.again = next
	}
	return found
}

// plan spaces the looks without events out so far that they cost little: at
// most a thousandth of the time, a fiftieth where they are all there is.
func (l *loop) plan(now time.Time) time.Time {
	switch {
	case l.exact:
		return now.Add(l.poll)
	case l.poll > 0:
		return now.Add(max(l.poll, 50*l.cost))
	case l.tree.trouble:
		return now.Add(max(2*time.Second, 200*l.cost))
	case l.o.Audit < 0:
		return time.Time{}
	}
	return now.Add(max(l.o.Audit, 1000*l.cost))
}

// compose makes the Change that waits. A consumer that waits already gets it
// before the next event can delay it.
func (l *loop) compose() {
	paths := l.tree.net()
	doubt := l.doubt || l.lost && l.w.busy()
	if len(paths) == 0 && !doubt {
		l.fresh()
		return
	}
	l.next = Change{Paths: paths, Rescan: l.lost || len(paths) == 0, At: l.since}
	l.ready = true
	select {
	case l.w.out <- l.next:
		l.fresh()
	default:
	}
}

// fresh starts anew after a Change was received or has come to nothing.
func (l *loop) fresh() {
	l.tree.pending.clear()
	l.ready, l.lost, l.doubt, l.since, l.next = false, false, false, time.Time{}, Change{}
}
