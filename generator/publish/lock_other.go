//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package publish

import (
	"errors"
	"os"
)

const noFollow = 0

// tryLock: without a lock two runs could mix their files, so none may run.
func tryLock(*os.File) error { return errors.ErrUnsupported }
