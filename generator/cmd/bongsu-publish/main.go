// Command bongsu-publish brings a built site to object storage, from which a
// CDN serves it. It is a module of its own, so that the libraries of the
// storage providers are no part of bongsu itself. See
// generator/docs/operations.md.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"bongsu/generator/build"
	"bongsu/generator/cli"
	"bongsu/generator/deliver"
	"bongsu/generator/proof"
	"bongsu/generator/push"

	"github.com/alecthomas/kong"
)

// Exit statuses, those of bongsu.
const (
	exitFine   = 0
	exitFound  = 1 // --verify found something; the settings are wrong
	exitUsage  = 2
	exitSystem = 3
)

// grammar is the command line.
type grammar struct {
	Dir       string        `short:"C" name:"dir" default:"." placeholder:"SITE" help:"The site's folder: the one that holds content/ and publish.yaml." type:"existingdir"`
	Out       string        `short:"o" default:"public" placeholder:"DIR" help:"The built site, from the site's folder."`
	Settings  string        `placeholder:"FILE" help:"Settings instead of publish.yaml in the site's folder."`
	DryRun    bool          `short:"n" help:"Print what would be done, and change nothing."`
	Rollback  bool          `help:"Publish an older site over a newer one."`
	Recheck   bool          `help:"Compare what lies in the storage too, and mend it."`
	Verify    bool          `help:"Publish nothing; check what lies in the storage against its manifest."`
	Key       string        `placeholder:"KEY" help:"Secret key of minisign that signs the manifest: a file outside the site's folder, or env:NAME. With --verify the public key, a file or its line."`
	PurgeList string        `placeholder:"FILE" help:"Write the addresses whose answers changed, one a line."`
	Lease     time.Duration `default:"30s" help:"How long another run that went silent is waited for."`
	Workers   int           `default:"16" help:"Files on their way at once."`
	JSON      bool          `name:"json" help:"The result as JSON."`
	URL       string        `arg:"" optional:"" help:"Where to: s3://BUCKET?region=…, gs://BUCKET, azblob://CONTAINER or file:///DIR; else \"to\" of the settings."`
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	var g grammar
	exited := -1
	parser, err := kong.New(&g, kong.Name("bongsu-publish"), kong.Writers(stdout, stderr), kong.Exit(func(code int) { exited = code }),
		kong.Description("Brings a site that bongsu built to object storage. Only what changed is sent, in an order in which no link leads to what is not there yet."))
	if err != nil {
		fmt.Fprintf(stderr, "bongsu-publish: %v\n", err)
		return exitSystem
	}
	_, err = parser.Parse(args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		fmt.Fprintf(stderr, "bongsu-publish: %v\nRun \"bongsu-publish --help\" for what is possible.\n", err)
		return exitUsage
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	c := &command{grammar: g, stdout: stdout, stderr: stderr, start: time.Now()}
	err = c.run(ctx)
	if err == nil {
		return exitFine
	}
	var usage errUsage
	status := exitSystem
	switch {
	case errors.Is(err, errFound):
		return exitFound
	case errors.As(err, &usage):
		status = exitUsage
	case ctx.Err() != nil:
		err = errors.New("stopped; run this again and it goes on where it was")
	}
	fmt.Fprintf(stderr, "bongsu-publish: %v\n", err)
	return status
}

var errFound = errors.New("found")

// errUsage marks what is wrong with the command line.
type errUsage struct{ error }

// command is one run of the program.
type command struct {
	grammar
	stdout, stderr io.Writer
	start          time.Time
	settings       *settings
	site           push.Addresses
}

func (c *command) run(ctx context.Context) error {
	root, err := os.OpenRoot(c.Dir)
	if err != nil {
		return err
	}
	defer root.Close()
	config := build.Peek(root.FS())
	if config.BaseURL == "" {
		return fmt.Errorf("%s holds no site: there is no content/site.yaml with a base_url", c.Dir)
	}
	c.site = push.Addresses{Base: config.BaseURL, Clean: config.URLs == "clean"}
	if c.settings, err = c.readSettings(config.Hub); err != nil {
		return err
	}
	if c.URL == "" {
		c.URL = c.settings.to
	}
	if c.URL == "" {
		return errUsage{errors.New("it is not said where to publish: give an address such as s3://BUCKET?region=ap-northeast-2, or write it into publish.yaml as \"to\"")}
	}
	store, err := openStore(ctx, c.URL)
	if err != nil {
		return err
	}
	defer store.close()
	if c.Verify {
		return explain(c.verify(ctx, store), c.URL)
	}
	return explain(c.publish(ctx, store), c.URL)
}

func (c *command) publish(ctx context.Context, store *store) error {
	out, err := os.OpenRoot(c.outDir())
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%s is not there: run \"bongsu build\" first", c.outDir())
	}
	if err != nil {
		return err
	}
	defer out.Close()
	extra := map[string][]byte{}
	if i := c.settings.push.IndexNow; i != nil {
		path, data := i.KeyFile()
		extra[path] = data
	}
	site, err := deliver.Folder(out, extra, c.settings.encoding)
	if err != nil {
		return err
	}
	o := deliver.Options{
		Stamp: proof.Stamp{Site: c.site.Base, Program: "bongsu " + cli.Version(), Issued: c.start, Valid: c.settings.valid},
		Owner: owner(), Rollback: c.Rollback, DryRun: c.DryRun, Recheck: c.Recheck, Workers: c.Workers, Grace: c.settings.keep, Lease: c.Lease,
		Waiting: func(owner string) {
			fmt.Fprintf(c.stderr, "waiting for %s, which publishes; if it is dead, its lock ends within %s\n", owner, c.Lease)
		},
	}
	if o.Key, err = c.secretKey(); err != nil {
		return err
	}
	bar := newBar(c.stderr)
	o.Progress = bar.show
	s := c.settings.push
	s.Site = c.site
	o.After = func(ctx context.Context, changes deliver.Changes) error {
		bar.clear()
		if err := c.writePurgeList(changes); err != nil {
			return err
		}
		return push.Send(ctx, s, push.Notice{Added: changes.Added, Changed: changes.Changed, Deleted: changes.Deleted, Issued: c.start.UTC().Truncate(time.Second)})
	}
	result, err := deliver.Publish(ctx, store, site, o)
	bar.clear()
	if err != nil && !errors.As(err, new(deliver.AfterError)) {
		return err
	}
	return errors.Join(c.report(result), err)
}

// owner tells others who publishes.
func owner() string {
	host, err := os.Hostname()
	if err != nil {
		host = "another machine"
	}
	return fmt.Sprintf("process %d on %s", os.Getpid(), host)
}
