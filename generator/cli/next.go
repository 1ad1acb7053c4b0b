package cli

import (
	"fmt"
	"time"
)

type nextCmd struct {
	Since string        `placeholder:"TIME" help:"Count from this time, such as that of the last build, instead of now."`
	Wait  time.Duration `placeholder:"20m" help:"Wait for the change if it is no further away; print nothing if it is."`
}

// Run prints the next time at which the output changes with no edit. With
// --wait, a scheduler learns from the output whether to build: a line says that
// a change is due now.
func (c *nextCmd) Run(r *run) error {
	if c.Since != "" {
		r.Now = c.Since
	}
	res, done, err := r.build()
	if err != nil {
		return err
	}
	defer done()
	next := res.Site.Next
	if c.Wait > 0 {
		left := next.Sub(r.clock())
		if next.IsZero() || left > c.Wait {
			return nil
		}
		select {
		case <-time.After(left):
		case <-r.ctx.Done():
			return r.ctx.Err()
		}
	}
	if next.IsZero() {
		_, err = fmt.Fprintln(r.stdout, "never")
		return err
	}
	_, err = fmt.Fprintln(r.stdout, next.Format(time.RFC3339))
	return err
}
