package cli

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"time"

	"bongsu/generator/build"
	"bongsu/generator/desk"
	"bongsu/generator/publish"
)

// impact prints what publishing would change since a revision of git. res is
// the site as it stands, files its output.
func (c *checkCmd) impact(r *run, res *build.Result, files []publish.File) error {
	o, done, err := r.options()
	if err != nil {
		return err
	}
	defer done()
	rev := c.Rev
	if rev == "" {
		rev = "HEAD"
	}
	commit, old, err := contentAt(r, rev)
	if err != nil {
		return err
	}
	after := desk.Edition{Now: res.Site, Found: res.Diags, Files: sums(files)}
	o.Now = res.Site.Now
	was := o
	was.Root = past{content: old, rest: o.Root}
	before, failed, err := editionAt(r, was)
	if err != nil {
		return err
	}
	if failed {
		return errUsage{fmt.Errorf("the content at %s (%.12s) has errors itself; name a revision that was published", rev, commit)}
	}
	horizon := desk.Horizon(after.Now)
	if h := desk.Horizon(before.Now); h.After(horizon) {
		horizon = h
	}
	for _, e := range []struct {
		edition *desk.Edition
		o       build.Options
	}{{&before, was}, {&after, o}} {
		e.edition.Later = e.edition.Now
		if horizon.After(o.Now) {
			e.o.Now = horizon
			later, err := build.NewBuilder().Build(r.ctx, e.o)
			if err != nil {
				return err
			}
			e.edition.Later = later.Site
		}
	}
	return c.say(r, desk.NewImpact(before, after), fmt.Sprintf("%s (%.12s)", rev, commit), res.Site.Langs()[0])
}

func (c *checkCmd) say(r *run, i desk.Impact, since, lang string) error {
	switch {
	case r.JSON:
		return r.encode(i)
	case c.Markdown:
		return printImpact(r.stdout, i, impactStyle{since: since, lang: lang, all: r.Verbose, markdown: true})
	}
	return printImpact(r.stdout, i, impactStyle{since: since, lang: lang, all: r.Verbose})
}

// editionAt builds the content of another revision; failed says that it has
// errors.
func editionAt(r *run, o build.Options) (e desk.Edition, failed bool, err error) {
	res, err := build.NewBuilder().Build(r.ctx, o)
	if err != nil {
		return e, false, err
	}
	if res.Diags.HasErrors() {
		return e, true, nil
	}
	files, err := res.Render(r.ctx)
	return desk.Edition{Now: res.Site, Found: res.Diags, Files: sums(files)}, false, err
}

func sums(files []publish.File) map[string][sha256.Size]byte {
	out := make(map[string][sha256.Size]byte, len(files))
	for _, f := range files {
		out[f.Path] = sha256.Sum256(f.Data)
	}
	return out
}

// past is the site's folder with the content of another revision.
type past struct{ content, rest fs.FS }

// Open opens a file of the content as it was, and any other as it is.
func (p past) Open(name string) (fs.File, error) {
	if name == build.Content || strings.HasPrefix(name, build.Content+"/") {
		return p.content.Open(name)
	}
	return p.rest.Open(name)
}

// maxArchive bounds the content of a revision, in bytes, packed.
const maxArchive = 512 << 20

// contentAt reads the content of a revision out of git, into memory.
func contentAt(r *run, rev string) (commit string, content fs.FS, err error) {
	out, err := git(r, "rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{commit}")
	if err != nil {
		return "", nil, errUsage{fmt.Errorf("git knows no revision %q: %w", rev, err)}
	}
	commit = strings.TrimSpace(string(out))
	if out, err = git(r, "ls-tree", "--name-only", commit, build.Content); err != nil {
		return "", nil, err
	}
	if len(bytes.TrimSpace(out)) == 0 {
		return "", nil, errUsage{fmt.Errorf("there is no %s/ at %s", build.Content, rev)}
	}
	content, err = unpacked(r, commit)
	return commit, content, err
}

// unpacked reads the content of a commit or tree of git, into memory.
func unpacked(r *run, tree string) (fs.FS, error) {
	out, err := git(r, "archive", "--format=zip", "-0", tree, build.Content)
	if err != nil {
		return nil, err
	}
	if len(out) > maxArchive {
		return nil, fmt.Errorf("the content at %.12s takes more than %d MB", tree, maxArchive>>20)
	}
	return zip.NewReader(bytes.NewReader(out), int64(len(out)))
}

// git runs git in the site's folder and gives what it prints.
func git(r *run, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(r.ctx, "git", append([]string{"-C", r.Dir}, args...)...)
	cmd.Env = gitEnv(os.Environ())
	cmd.WaitDelay = 5 * time.Second
	out, err := cmd.Output()
	var exit *exec.ExitError
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return nil, errors.New("git is not installed")
	case errors.As(err, &exit) && len(exit.Stderr) > 0:
		return nil, errors.New(strings.TrimSpace(string(exit.Stderr)))
	case errors.As(err, &exit):
		return nil, fmt.Errorf("git %s said no", args[0])
	}
	return out, err
}
