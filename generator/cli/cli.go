// Package cli is the command line: it turns words into options, runs the
// stages through package build, and prints what they say.
//
// In: arguments and the streams of a process. Out: an exit status: 0 fine, 1
// the content has errors, 2 the command line is wrong, 3 the system failed.
// Diagnostics go to stderr, results to stdout. It is the only package that
// reads the clock and the environment.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"reflect"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // the same zones on every machine

	"bongsu/generator/build"
	"bongsu/generator/diag"
	"bongsu/generator/model"
	"bongsu/generator/source"
	"bongsu/templates"

	"github.com/alecthomas/kong"
	"github.com/mattn/go-isatty"
)

// Exit statuses.
const (
	exitFine    = 0
	exitContent = 1
	exitUsage   = 2
	exitSystem  = 3
)

// errContent says that diagnostics were printed and the status is exitContent.
var errContent = errors.New("the content has errors")

// errUsage marks what is wrong with the command line.
type errUsage struct{ error }

// globals are the flags of every command.
type globals struct {
	Dir     string `short:"C" name:"dir" default:"." placeholder:"DIR" help:"The site's folder: the one that holds content/." type:"existingdir"`
	Now     string `placeholder:"TIME" help:"Build as of this time instead of the clock: 2025-10-16, 2025-10-16T09:00, with a zone, or from now on: +3d, -12h, +30m."`
	BaseURL string `name:"base-url" placeholder:"URL" help:"Address of the site instead of the one in site.yaml."`
	Drafts  bool   `help:"Show drafts too."`
	JSON    bool   `name:"json" help:"Results and diagnostics as JSON."`
	CI      bool   `name:"ci" help:"Diagnostics as annotations of a CI run."`
	Verbose bool   `short:"v" help:"Say more."`
}

// grammar is what kong reads: the flags of every command, and commands.
type grammar struct {
	globals
	kong.Plugins
}

// grammarOf gives the grammar for some arguments: where they begin with a
// command, that one's alone. To make the whole takes as long as to find that a
// site of a hundred files has not changed.
func grammarOf(args []string) *grammar {
	all := reflect.TypeFor[commands]()
	for f := range all.Fields() {
		if len(args) > 0 && args[0] == strings.ToLower(f.Name) {
			one := reflect.New(reflect.StructOf([]reflect.StructField{f}))
			return &grammar{Plugins: kong.Plugins{one.Interface()}}
		}
	}
	return &grammar{Plugins: kong.Plugins{&commands{}}}
}

type commands struct {
	Build   buildCmd   `cmd:"" help:"Build the site into public/."`
	Check   checkCmd   `cmd:"" help:"Find every fault of the content and of the pages."`
	Serve   serveCmd   `cmd:"" help:"Show the site in the browser and keep it up to date."`
	Watch   watchCmd   `cmd:"" help:"Keep public/ up to date as files change."`
	Levels  levelsCmd  `cmd:"" help:"Print the level of every place, and why."`
	Next    nextCmd    `cmd:"" help:"Print when the output changes next with no edit."`
	Explain explainCmd `cmd:"" help:"Show one file's way through the stages."`
	Hosts   hostsCmd   `cmd:"" help:"Print the configuration of a web server: nginx or caddy."`
	Verify  verifyCmd  `cmd:"" help:"Check a published copy of a site, on the web or in a folder, against its signed manifest."`
	Status  statusCmd  `cmd:"" help:"Show what holds and what waits for an editor; exit with 1 if something does."`
	New     newCmd     `cmd:"" help:"Begin an advisory, a scam warning, a page or a translation."`
	Revise  reviseCmd  `cmd:"" help:"Keep the texts of a record and note what changes in it."`

	Withdraw withdrawCmd `cmd:"" help:"Take a record back: its page stays and says so."`

	Kit     kitCmd     `cmd:"" help:"Write what helps editors: JSON Schemas, snippets, lists of fields and diagnostics, files for CI."`
	Hook    hookCmd    `cmd:"" help:"Check what is staged before each commit: install, remove or run the hook of git."`
	Init    initCmd    `cmd:"" help:"Begin a new site in a folder of its own."`
	Version versionCmd `cmd:"" help:"Print the version."`
}

// run is what a command works with.
type run struct {
	globals
	ctx    context.Context
	stdout io.Writer
	stderr io.Writer
	clock  func() time.Time
}

// Main runs the command line and returns the exit status.
func Main(args []string, stdout, stderr io.Writer) (status int) {
	g := grammarOf(args)
	exited := -1
	parser, err := kong.New(g, kong.Name("bongsu"),
		kong.Description("Turns a folder of Markdown and YAML into a bilingual public-warning site with feeds."),
		kong.Writers(stdout, stderr), kong.Exit(func(code int) { exited = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		fmt.Fprintf(stderr, "bongsu: %v\n", err)
		return exitSystem
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	k, err := parser.Parse(args)
	if exited >= 0 { // --help was printed
		return exited
	}
	if err != nil {
		fmt.Fprintf(stderr, "bongsu: %v\nRun \"bongsu --help\" for what is possible.\n", err)
		return exitUsage
	}
	roomy()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	r := &run{globals: g.globals, ctx: ctx, stdout: stdout, stderr: stderr, clock: time.Now}
	return r.status(k.Run(r))
}

// status tells the exit status from the error of a command, and prints it.
func (r *run) status(err error) int {
	var usage errUsage
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, errContent):
		return exitContent
	case errors.As(err, &usage):
		fmt.Fprintf(r.stderr, "bongsu: %v\n", err)
		return exitUsage
	}
	fmt.Fprintf(r.stderr, "bongsu: %v\n", err)
	return exitSystem
}

// options makes the options of a build from the flags. The caller closes the
// folder by calling done.
func (r *run) options() (o build.Options, done func(), err error) {
	o = build.Options{Templates: templates.FS, Clock: r.clock(), Drafts: r.Drafts, Tool: "bongsu " + Version()}
	if r.BaseURL != "" {
		base, ok := model.CleanBase(r.BaseURL)
		if !ok {
			return o, nil, errUsage{fmt.Errorf("--base-url %q is not an address such as https://example.org/", r.BaseURL)}
		}
		o.BaseURL = base
	}
	root, err := os.OpenRoot(r.Dir)
	if err != nil {
		return o, nil, err
	}
	o.Root = source.Dir(root)
	if r.Now != "" {
		if o.Now, err = r.time(r.Now, build.Peek(o.Root)); err != nil {
			root.Close()
			return o, nil, err
		}
	}
	return o, func() { root.Close() }, nil
}

// build reads and joins the site and prints its diagnostics.
func (r *run) build() (*build.Result, func(), error) {
	thrifty()
	o, done, err := r.options()
	if err != nil {
		return nil, nil, err
	}
	res, err := r.buildWith(build.NewBuilder(), o)
	if err != nil {
		done()
		return res, nil, err
	}
	return res, done, nil
}

// buildWith builds with options and prints the diagnostics.
func (r *run) buildWith(b *build.Builder, o build.Options) (*build.Result, error) {
	o.Whole = true
	res, err := b.Build(r.ctx, o)
	if err != nil {
		return nil, err
	}
	if err := r.print(res.Diags); err != nil {
		return nil, err
	}
	if res.Diags.HasErrors() {
		return res, errContent
	}
	return res, nil
}

// print writes diagnostics to stderr in the format of the flags.
func (r *run) print(l diag.List) error {
	f := diag.Human
	switch {
	case r.JSON:
		f = diag.JSON
	case r.CI: // shown beside the lines of a repository
		f, l = diag.CI, l.Below(r.base())
	}
	return diag.Print(r.stderr, l, f, r.color())
}

// color reports whether stderr is a terminal that wants colour.
func (r *run) color() bool {
	f, ok := r.stderr.(*os.File)
	return ok && isatty.IsTerminal(f.Fd()) && os.Getenv("NO_COLOR") == ""
}

// plural writes a count with its noun.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
