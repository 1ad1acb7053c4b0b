//go:build !linux && !darwin

package publish

import "errors"

// exchange: this system cannot swap two folders in one step.
func exchange(string, string) error { return errors.ErrUnsupported }
