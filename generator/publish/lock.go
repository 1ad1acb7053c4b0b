package publish

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
)

// errBusy is what tryLock returns while another run holds the lock.
var errBusy = errors.New("held by another run")

// lockPoll is the pause between two tries: no system waits for a lock with a
// time limit.
const lockPoll = 20 * time.Millisecond

// acquire takes the lock file, waiting as the options say. The system drops
// the lock when its process ends, however it ends: there are no stale locks,
// and the file stays.
func acquire(ctx context.Context, path string, o Options) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|noFollow, 0o644)
	if err != nil {
		return nil, fmt.Errorf("publish: lock the output folder: %w", err)
	}
	if err := wait(ctx, f, o); err != nil {
		f.Close()
		return nil, fmt.Errorf("publish: lock %s: %w", path, err)
	}
	f.Truncate(0) // the number is for people; without it the lock still holds
	f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return f, nil
}

func wait(ctx context.Context, f *os.File, o Options) error {
	limit := o.LockWait
	if limit == 0 {
		limit = 10 * time.Second
	}
	timeout, cancel := context.WithTimeout(ctx, max(limit, 0))
	defer cancel()
	tick := time.NewTicker(lockPoll)
	defer tick.Stop()
	for told := false; ; told = true {
		if err := tryLock(f); !errors.Is(err, errBusy) {
			return err
		}
		if !told && o.Waiting != nil {
			o.Waiting(owner(f))
		}
		select {
		case <-tick.C:
		case <-timeout.Done():
			if err := ctx.Err(); err != nil {
				return err
			}
			return fmt.Errorf("%w by process %s; wait for it or end it", ErrLocked, ownerName(owner(f)))
		}
	}
}

// owner reads the process number of the holder, 0 if it is not known.
func owner(f *os.File) int {
	text, _ := io.ReadAll(io.NewSectionReader(f, 0, 20))
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return 0
	}
	return pid
}

func ownerName(pid int) string {
	if pid == 0 {
		return "(number unknown)"
	}
	return strconv.Itoa(pid)
}

// release gives the lock up by closing its file.
func release(f *os.File) {
	if f == nil {
		return
	}
	f.Truncate(0)
	f.Close()
}
