package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// swap puts the staging folder in the output folder's place and keeps what was
// there as the next staging folder.
func (s *session) swap() error {
	exists := s.root != nil
	s.closeRoot() // Windows renames no open folder
	if !exists {
		if err := os.Rename(s.next, s.dir); err != nil {
			return fmt.Errorf("publish: put the staging folder in place: %w", err)
		}
		return nil
	}
	err := s.opts.exchange(s.next, s.dir)
	if errors.Is(err, errors.ErrUnsupported) {
		return s.swapByRename()
	}
	if err != nil {
		return fmt.Errorf("publish: exchange %s and %s (is it a mount point? then name a folder inside it): %w", s.next, s.dir, err)
	}
	return nil
}

// swapByRename is for systems that cannot exchange two folders. Between the
// first two renames there is no output folder, for some microseconds; the
// names left by a killed run tell recover how far it came.
func (s *session) swapByRename() error {
	if err := os.Rename(s.dir, s.old); err != nil {
		return fmt.Errorf("publish: move the output folder aside: %w", err)
	}
	if err := os.Rename(s.next, s.dir); err != nil {
		if back := os.Rename(s.old, s.dir); back != nil {
			err = fmt.Errorf("%w; and moving the old one back: %w", err, back)
		}
		return fmt.Errorf("publish: put the staging folder in place: %w", err)
	}
	if err := os.Rename(s.old, s.next); err != nil {
		return fmt.Errorf("publish: published, but moving the old tree to staging failed: %w", err)
	}
	return nil
}

// recover completes or undoes the renames of a run killed in swapByRename.
// Everything else a killed run leaves is repaired by comparing trees.
func (s *session) recover() error {
	if !exists(s.old) {
		return nil
	}
	to := s.dir // killed after the first rename: undo it
	if exists(s.dir) {
		to = s.next // killed after the second: do the third
	}
	if exists(to) {
		return fmt.Errorf("publish %s: %w: the name is needed while swapping; move it away", s.old, ErrForeign)
	}
	if err := os.Rename(s.old, to); err != nil {
		return fmt.Errorf("publish: repair an interrupted run: %w", err)
	}
	return nil
}

func exists(p string) bool {
	_, err := os.Lstat(p)
	return !errors.Is(err, fs.ErrNotExist)
}
