package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"runtime"
	"time"

	"bongsu/generator/build"
	"bongsu/generator/serve"
)

type serveCmd struct {
	Addr string `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Where to listen. Another host than loopback lets others read the site, drafts included."`
	Open bool   `help:"Open the browser."`
	live
}

// Run serves the site until it is stopped.
func (c *serveCmd) Run(r *run) error {
	listener, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("%w (choose another address with --addr, such as 127.0.0.1:0)", err)
	}
	server := serve.New(c.Addr, r.clock)
	h := &http.Server{Handler: server.Handler(), ReadHeaderTimeout: 5 * time.Second, BaseContext: func(net.Listener) context.Context { return r.ctx }}
	failed := make(chan error, 1)
	go func() {
		if err := h.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			failed <- err
		}
	}()
	defer func() {
		server.Close()
		_ = h.Close()
	}()
	address := "http://" + listener.Addr().String() + "/"
	fmt.Fprintf(r.stdout, "%s (stop with Ctrl-C)\n", address)
	if c.Open {
		if err := open(address); err != nil {
			fmt.Fprintf(r.stderr, "bongsu: cannot open a browser: %v\n", err)
		}
	}
	s := &sweeper{run: r, server: server}
	defer s.leave()
	if err := c.live.run(r, "", s.leave, s.built); err != nil {
		return err
	}
	select {
	case err := <-failed:
		return err
	default:
		return nil
	}
}

// sweepAfter is how long nothing must be saved before every page is rendered:
// while somebody types, the machine belongs to the page that they look at.
const sweepAfter = 500 * time.Millisecond

// sweeper shows builds and then, behind the reader's back, renders every page,
// to count what changed and to find faults of templates.
type sweeper struct {
	run    *run
	server *serve.Server
	before *serve.Snapshot
	cancel context.CancelFunc
	done   chan struct{}
}

func (s *sweeper) built(e build.Event) {
	s.stop()
	s.server.Show(e.Result)
	if e.Result.Diags.HasErrors() {
		s.run.report(e, s.run.clock(), "")
		return
	}
	ctx, cancel := context.WithCancel(s.run.ctx)
	done := make(chan struct{})
	s.cancel, s.done = cancel, done
	go func() {
		defer close(done)
		rest := time.NewTimer(sweepAfter)
		defer rest.Stop()
		select {
		case <-rest.C:
		case <-ctx.Done(): // the next save has come
			s.run.report(e, s.run.clock(), "shown")
			return
		}
		now, changed, err := s.server.Sweep(ctx, s.before)
		s.before = now
		switch {
		case errors.Is(err, context.Canceled):
			s.run.report(e, s.run.clock(), "shown")
		case err != nil:
			fmt.Fprintf(s.run.stderr, "bongsu: %v\n", err)
		default:
			s.run.report(e, s.run.clock(), fmt.Sprintf("%s changed", plural(changed, "page")))
		}
	}()
}

// stop ends the sweep that is under way and waits for it.
func (s *sweeper) stop() {
	if s.cancel != nil {
		s.cancel()
		<-s.done
	}
}

// leave ends the sweep without waiting for it: a build begins, which needs the
// machine, or the process ends.
func (s *sweeper) leave() {
	if s.cancel != nil {
		s.cancel()
	}
}

// open asks the system to open an address in the browser.
func open(address string) error {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	return exec.Command(name, args...).Start()
}
