package deliver

import (
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"time"
)

// Limits of trying again.
const (
	tries   = 10
	pause   = 100 * time.Millisecond // doubled after each try, up to longest
	longest = 5 * time.Second
	patient = 2 * time.Minute // for one try
)

// retrying tries again what failed for a while.
type retrying struct{ store Store }

func again(ctx context.Context, try func(context.Context) error) error {
	wait := pause
	for n := 1; ; n++ {
		one, stop := context.WithTimeout(ctx, patient)
		err := try(one)
		stop()
		if err == nil || n == tries || ctx.Err() != nil || errors.Is(err, fs.ErrNotExist) || errors.Is(err, ErrExists) || errors.Is(err, ErrDenied) || errors.Is(err, ErrLost) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(wait/2 + rand.N(wait/2)):
		}
		wait = min(2*wait, longest)
	}
}

func (r retrying) Get(ctx context.Context, key string) (data []byte, h Headers, err error) {
	err = again(ctx, func(ctx context.Context) error {
		var err error
		data, h, err = r.store.Get(ctx, key)
		return err
	})
	return data, h, err
}

func (r retrying) Put(ctx context.Context, key string, data []byte, h Headers, absent bool) error {
	return again(ctx, func(ctx context.Context) error { return r.store.Put(ctx, key, data, h, absent) })
}

func (r retrying) Delete(ctx context.Context, key string) error {
	err := again(ctx, func(ctx context.Context) error { return r.store.Delete(ctx, key) })
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func (r retrying) List(ctx context.Context, prefix string) (out []Object, err error) {
	err = again(ctx, func(ctx context.Context) error {
		var err error
		out, err = r.store.List(ctx, prefix)
		return err
	})
	return out, err
}

// guarded writes only while the run holds the lock; each try looks anew.
type guarded struct {
	Store
	lock *lock
}

func (g guarded) Put(ctx context.Context, key string, data []byte, h Headers, absent bool) error {
	if err := g.lock.check(ctx); err != nil {
		return err
	}
	return g.Store.Put(ctx, key, data, h, absent)
}

func (g guarded) Delete(ctx context.Context, key string) error {
	if err := g.lock.check(ctx); err != nil {
		return err
	}
	return g.Store.Delete(ctx, key)
}
