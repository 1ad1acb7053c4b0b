package cli

import (
	"bufio"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bongsu/generator/build"
	"bongsu/generator/lang"
	"bongsu/generator/model"
	"bongsu/generator/site"

	"github.com/mattn/go-isatty"
)

// newcomer helps to make something new on a site: it knows what may be chosen,
// and asks for it on a terminal.
type newcomer struct {
	run  *run
	site *site.Site
	in   *bufio.Reader
	tty  bool
}

// newcomer reads the site. Errors in its content do not matter here, as long
// as a site can be made of it.
func (r *run) newcomer() (*newcomer, func(), error) {
	o, done, err := r.options()
	if err != nil {
		return nil, nil, err
	}
	res, err := build.NewBuilder().Build(r.ctx, o)
	if err == nil && (res.Site == nil || len(res.Site.Langs()) == 0 || len(res.Site.Scheme.Levels) == 0) {
		if err = r.print(onlyErrors(res.Diags)); err == nil {
			err = errContent
		}
	}
	if err != nil {
		done()
		return nil, nil, err
	}
	n := &newcomer{run: r, site: res.Site, in: bufio.NewReader(os.Stdin), tty: isatty.IsTerminal(os.Stdin.Fd())}
	return n, done, nil
}

// askable reports whether somebody can answer questions.
func (n *newcomer) askable() bool { return n.tty }

func (n *newcomer) record(id string) *site.Record {
	for _, r := range n.site.All() {
		if r.ID == id {
			return r
		}
	}
	return nil
}

// find finds a record by id, by slug, or by one of its files.
func (n *newcomer) find(name string) (*site.Record, error) {
	var ids []string
	var found []*site.Record
	file := filepath.ToSlash(name)
	if rel, err := filepath.Rel(n.run.Dir, name); err == nil && !strings.HasPrefix(rel, "..") {
		file = filepath.ToSlash(rel)
	}
	for _, r := range n.site.All() {
		ids = append(ids, r.ID)
		hit := r.ID == name || r.Slug == name || path.Base(r.Slug) == name
		for _, d := range r.Docs {
			hit = hit || d.Path == file || d.Path == filepath.ToSlash(name)
		}
		if r.ID == name {
			return r, nil
		}
		if hit {
			found = append(found, r)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return nil, errUsage{fmt.Errorf("%q may be %s or %s; write the whole name", name, found[0].ID, found[1].ID)}
	}
	if near, ok := lang.Closest(name, ids); ok {
		return nil, errUsage{fmt.Errorf("no record %q; did you mean %q?", name, near)}
	}
	return nil, errUsage{fmt.Errorf("no record %q; write it like advisories/NAME, or name one of its files", name)}
}

// choice checks one of a few words.
func (n *newcomer) choice(what, word string, allowed []string) (string, error) {
	if slices.Contains(allowed, word) {
		return word, nil
	}
	return "", errUsage{fmt.Errorf("%s %q is not one of %s", what, word, strings.Join(allowed, ", "))}
}

func (n *newcomer) choices(what string, given, allowed []string) ([]string, error) {
	for _, g := range given {
		if _, err := n.choice(what, g, allowed); err != nil {
			return nil, err
		}
	}
	return given, nil
}

func (n *newcomer) redFlags() []string {
	var ids []string
	for _, f := range n.site.RedFlags {
		ids = append(ids, f.ID)
	}
	return ids
}

func (n *newcomer) levelChoices() string {
	var parts []string
	for _, l := range n.site.Scheme.Levels {
		parts = append(parts, l.ID+" ("+l.Name.Get(n.site.Langs()[0])+")")
	}
	return strings.Join(parts, ", ")
}

// level finds a level by id; none is given by "".
func (n *newcomer) level(id string) (*model.Level, error) {
	if id == "" {
		return nil, nil
	}
	if l := n.site.Scheme.Level(id); l != nil {
		return l, nil
	}
	return nil, errUsage{fmt.Errorf("level %q is not one of %s", id, n.levelChoices())}
}

func (n *newcomer) categories() []string {
	var ids []string
	for _, c := range n.site.Categories {
		ids = append(ids, c.ID)
	}
	return ids
}

// category checks a category; where the site has one alone, it is that.
func (n *newcomer) category(id string) (string, error) {
	ids := n.categories()
	if id == "" && len(ids) == 1 {
		return ids[0], nil
	}
	if id == "" {
		return "", nil
	}
	return n.choice("category", id, ids)
}

// places finds places by code, slug, name or another spelling of it.
func (n *newcomer) places(names []string) ([]*model.Place, error) {
	var out []*model.Place
	for _, name := range names {
		p, err := n.place(strings.TrimSpace(name))
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out, nil
}

func (n *newcomer) place(name string) (*model.Place, error) {
	if p := n.site.Atlas.Place(name); p != nil {
		return p, nil
	}
	var found []*model.Place
	var words []string
	code := map[string]string{}
	for _, id := range n.site.Atlas.IDs() {
		p := n.site.Atlas.Place(id)
		spellings := append([]string{p.ID, p.Slug}, p.Aliases...)
		for _, t := range p.Name {
			spellings = append(spellings, t)
		}
		slices.Sort(spellings)
		if slices.ContainsFunc(spellings, func(s string) bool { return strings.EqualFold(s, name) }) {
			found = append(found, p)
		}
		for _, s := range spellings {
			words = append(words, s)
			code[s] = p.ID
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return nil, errUsage{fmt.Errorf("place %q may be %s or %s; write the code", name, found[0].ID, found[1].ID)}
	}
	hint := "there are " + n.placeChoices()
	if near, ok := lang.Closest(name, words); ok {
		hint = fmt.Sprintf("did you mean %s (%s)?", code[near], n.site.Atlas.Place(code[near]).Name.Get(n.site.Langs()[0]))
	}
	return nil, errUsage{fmt.Errorf("no place %q; %s", name, hint)}
}

// listedPlaces is how many places a message lists.
const listedPlaces = 60

func (n *newcomer) placeChoices() string {
	ids := n.site.Atlas.IDs()
	var parts []string
	for i, id := range ids {
		if i == listedPlaces {
			parts = append(parts, fmt.Sprintf("and %d more (\"bongsu levels\" lists them)", len(ids)-i))
			break
		}
		parts = append(parts, id+" ("+n.site.Atlas.Place(id).Name.Get(n.site.Langs()[0])+")")
	}
	return strings.Join(parts, ", ")
}

// time reads a time of the flags; none is given by "".
func (n *newcomer) time(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if s == "midnight" {
		y, m, d := n.site.Now.In(n.site.Config.Zone).Date()
		return time.Date(y, m, d+1, 0, 0, 0, 0, n.site.Config.Zone), nil
	}
	if t, ok := after(n.site.Now, s); ok {
		return t, nil
	}
	return n.run.time(s, n.site.Config)
}

// advisories finds the advisories that a new one supersedes.
func (n *newcomer) advisories(names []string) ([]string, error) {
	var out []string
	for _, name := range names {
		rec, err := n.find(name)
		if err != nil {
			return nil, err
		}
		if rec.Kind.ID != "advisories" {
			return nil, errUsage{fmt.Errorf("%s is no advisory; only an advisory is superseded", rec.ID)}
		}
		out = append(out, rec.ID)
	}
	return out, nil
}
