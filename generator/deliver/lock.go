package deliver

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

const lockPrefix = private + "lock/"

// claim is what a lock file says.
type claim struct {
	Owner    string    `json:"owner"`
	Nonce    string    `json:"nonce"`
	Since    time.Time `json:"since"`
	Beat     int       `json:"beat"` // rises while the owner lives
	Released bool      `json:"released"`
}

// lock is the right to publish. Lock files are numbered; the highest number
// holds. A number is taken by writing its file where there is none, which one
// run alone can do, so no run can take over twice. A lock counts as abandoned
// when whoever waits has seen no beat of it for a whole lease; no two clocks
// are compared.
type lock struct {
	ctx    context.Context
	cancel context.CancelCauseFunc
	store  Store
	lease  time.Duration
	number int

	beats chan struct{} // holds one while nobody writes claim
	claim claim
	last  atomic.Int64 // of the last beat, on the wall: a suspended machine must notice
	done  chan struct{}
}

func lockKey(n int) string { return fmt.Sprintf("%s%012d", lockPrefix, n) }

// acquire waits for the lock.
func acquire(ctx context.Context, store Store, o Options) (*lock, error) {
	l := &lock{store: store, lease: o.Lease, done: make(chan struct{}), beats: make(chan struct{}, 1)}
	l.beats <- struct{}{}
	l.claim = claim{Owner: o.Owner, Nonce: rand.Text(), Since: wall().UTC().Truncate(time.Second)}
	var seen claim
	var since time.Time
	told := false
	for {
		n, holder, err := highest(ctx, store)
		if err != nil {
			return nil, err
		}
		if holder != nil && *holder != seen {
			seen, since = *holder, time.Now()
		}
		if holder == nil || holder.Released || time.Since(since) >= o.Lease {
			switch ok, err := l.take(ctx, n+1); {
			case err != nil:
				return nil, err
			case ok:
				l.start(ctx)
				return l, nil
			}
			continue
		}
		if !told {
			o.Waiting(holder.Owner)
			told = true
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-time.After(min(o.Lease/10, time.Second)):
		}
	}
}

// wall gives the time without the monotonic clock, which stands still while a
// machine sleeps.
func wall() time.Time { return time.Now().Round(0) }

// highest reads the lock with the highest number; it is nil where there is none.
func highest(ctx context.Context, store Store) (int, *claim, error) {
	for {
		n, err := highestNumber(ctx, store)
		if err != nil || n == 0 {
			return 0, nil, err
		}
		data, _, err := store.Get(ctx, lockKey(n))
		if errors.Is(err, fs.ErrNotExist) { // a newer one took its place
			continue
		}
		if err != nil {
			return 0, nil, fmt.Errorf("read the lock: %w", err)
		}
		var c claim
		if err := json.Unmarshal(data, &c); err != nil {
			c = claim{Owner: "somebody whose lock cannot be read"}
		}
		return n, &c, nil
	}
}

func highestNumber(ctx context.Context, store Store) (int, error) {
	objects, err := store.List(ctx, lockPrefix)
	if err != nil {
		return 0, fmt.Errorf("look for a lock: %w", err)
	}
	top := 0
	for _, o := range objects {
		if n, err := strconv.Atoi(strings.TrimPrefix(o.Key, lockPrefix)); err == nil {
			top = max(top, n)
		}
	}
	return top, nil
}

// take tries to become the holder under a number. A run that was slow may find
// a number free that was held and given up meanwhile, so it looks again whether
// there is a higher one.
func (l *lock) take(ctx context.Context, n int) (bool, error) {
	l.number = n
	err := l.write(ctx, true)
	if errors.Is(err, ErrExists) {
		// An earlier try may have got through although its answer did not.
		data, _, err := l.store.Get(ctx, lockKey(n))
		var c claim
		if err != nil || json.Unmarshal(data, &c) != nil || c.Nonce != l.claim.Nonce {
			return false, ctx.Err()
		}
	} else if err != nil {
		return false, fmt.Errorf("take the lock: %w", err)
	}
	top, err := highestNumber(ctx, l.store)
	if err != nil {
		return false, err
	}
	if top != n {
		return false, l.store.Delete(ctx, lockKey(n))
	}
	objects, err := l.store.List(ctx, lockPrefix)
	if err != nil {
		return false, err
	}
	for _, o := range objects {
		if o.Key < lockKey(n) {
			if err := l.store.Delete(ctx, o.Key); err != nil {
				return false, err
			}
		}
	}
	return true, nil
}

func (l *lock) write(ctx context.Context, absent bool) error {
	data, err := json.Marshal(l.claim)
	if err != nil {
		return err
	}
	l.last.Store(wall().UnixNano())
	return l.store.Put(ctx, lockKey(l.number), data, Headers{ContentType: "application/json", CacheControl: "no-store"}, absent)
}

// start keeps the lock until it is released or lost; then ctx ends.
func (l *lock) start(ctx context.Context) {
	l.ctx, l.cancel = context.WithCancelCause(ctx)
	l.last.Store(wall().UnixNano())
	go func() {
		defer close(l.done)
		tick := time.NewTicker(l.lease / 3)
		defer tick.Stop()
		for {
			select {
			case <-l.ctx.Done():
				return
			case <-tick.C:
				if err := l.beat(l.ctx); err != nil {
					l.cancel(err)
					return
				}
			}
		}
	}()
}

// beat shows that the run lives, and looks whether it still holds the lock.
func (l *lock) beat(ctx context.Context) error {
	select {
	case <-l.beats:
		defer func() { l.beats <- struct{}{} }()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	top, err := highestNumber(ctx, l.store)
	if err != nil {
		return err
	}
	if top != l.number {
		return ErrLost
	}
	l.claim.Beat++
	return l.write(ctx, false)
}

// check makes sure of the lock where the last beat is long ago: the machine
// slept, or the store was slow.
func (l *lock) check(ctx context.Context) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	if wall().UnixNano()-l.last.Load() <= int64(l.lease*2/3) {
		return nil
	}
	if err := l.beat(ctx); err != nil {
		l.cancel(err)
		return err
	}
	return nil
}

// release gives the lock up.
func (l *lock) release() {
	lost := context.Cause(l.ctx)
	l.cancel(nil)
	<-l.done
	if errors.Is(lost, ErrLost) {
		return
	}
	ctx, stop := context.WithTimeout(context.WithoutCancel(l.ctx), l.lease)
	defer stop()
	l.claim.Released = true
	_ = l.write(ctx, false) // else others wait for a lease
}
