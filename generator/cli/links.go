package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/reach"
	"bongsu/generator/site"
)

// How other sites are asked.
const (
	linkPause   = time.Second // between two requests to one site
	linkTimeout = 15 * time.Second
	linkHosts   = 8                  // asked at the same time
	linkFresh   = 7 * 24 * time.Hour // how long a good answer holds
)

// links asks other sites whether the links of the content lead somewhere, and
// remembers the answers for the next time.
func (c *checkCmd) links(r *run, s *site.Site) (diag.List, error) {
	found := s.Externals()
	var addresses []string
	for _, x := range found {
		addresses = append(addresses, x.Address)
	}
	cache, err := linkCache()
	if err != nil {
		return nil, err
	}
	o := reach.Options{
		Agent: "bongsu/" + Version() + " (link check for " + s.Config.BaseURL + ")",
		Pause: linkPause, Timeout: linkTimeout, Hosts: linkHosts, Loopback: c.Loopback, Fresh: linkFresh, Now: r.clock,
	}
	if c.Loopback {
		o.Pause = 0
	}
	if !c.Recheck {
		o.Known = readLinks(cache)
	}
	if r.Verbose {
		o.Asking = func(address string) { fmt.Fprintln(r.stderr, "asking", address) }
	}
	answers := reach.Ask(r.ctx, addresses, o)
	if err := writeLinks(cache, answers); err != nil {
		return nil, err
	}
	var diags diag.List
	for _, x := range found {
		if d, ok := external(x, answers[x.Address]); ok {
			diags.Add(d)
		}
	}
	return diags, nil
}

// external says what came of one link; ok is false where it is good.
func external(x site.External, a reach.Answer) (d diag.Diagnostic, ok bool) {
	at := func(code diag.Code, format string, args ...any) diag.Diagnostic {
		return code.At(x.Pos, "link %q "+format, append([]any{x.Address}, args...)...).Wide(x.Width)
	}
	answer := fmt.Sprintf("answers %d (%s)", a.Status, http.StatusText(a.Status))
	if a.Fault != "" {
		answer = faults[a.Fault]
	}
	switch {
	case a.Good() && a.Moved == "":
		return d, false
	case a.Good():
		return at(diag.ExternalMoved, "has moved for good").WithHint("if it is the same page, write %s", a.Moved), true
	case a.Dead():
		return at(diag.ExternalDead, "%s", answer).WithHint("look for the page elsewhere, or name the source without a link"), true
	}
	return at(diag.ExternalUnsure, "%s", answer).WithHint("open it in a browser; some sites refuse programs"), true
}

// faults says in words why there was no answer.
var faults = map[reach.Fault]string{
	reach.NoHost:      "names a host that does not exist",
	reach.BadCert:     "leads to a site whose certificate does not hold",
	reach.NoAnswer:    "gave no answer in time",
	reach.Private:     "leads into a private network and was not asked",
	reach.Redirects:   "leads round in redirects",
	reach.Unreachable: "could not be reached",
	reach.NotAsked:    "was not asked, because the run was stopped",
	reach.BadAddress:  "is no web address",
}

// linkCache names the file of the answers, in the user's own folder for such
// things.
func linkCache() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("no folder for what other sites answered: %w", err)
	}
	return filepath.Join(dir, "bongsu", "links.json"), nil
}

// readLinks reads the earlier answers; without a file that can be read there are
// none, and all is asked.
func readLinks(name string) map[string]reach.Answer {
	known := map[string]reach.Answer{}
	if data, err := os.ReadFile(name); err == nil && json.Unmarshal(data, &known) != nil {
		return nil
	}
	return known
}

// writeLinks adds answers to the file, in one step.
func writeLinks(name string, answers map[string]reach.Answer) error {
	known := readLinks(name)
	if known == nil {
		known = map[string]reach.Answer{}
	}
	for address, a := range answers {
		known[address] = a
	}
	data, err := json.MarshalIndent(known, "", " ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	part, err := os.CreateTemp(filepath.Dir(name), "links-*.part")
	if err != nil {
		return err
	}
	_, err = part.Write(data)
	if err = errors.Join(err, part.Close()); err == nil {
		err = os.Rename(part.Name(), name)
	}
	if err != nil {
		if gone := os.Remove(part.Name()); !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}
	return err
}
