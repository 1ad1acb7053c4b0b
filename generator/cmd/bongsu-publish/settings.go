package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"bongsu/generator/deliver"
	"bongsu/generator/diag"
	"bongsu/generator/lang"
	"bongsu/generator/push"
	"bongsu/generator/source"
)

// settings are what publish.yaml says. Secrets stand in the environment; the
// file names the variables.
type settings struct {
	to       string
	encoding string
	keep     time.Duration
	valid    time.Duration
	push     push.Settings
}

// row is a setting: its name, below which others may stand, and how it is set.
type row struct {
	key string
	set func(*settings, string) error
}

// rows is the table of settings.
var rows = []row{
	{"to", func(s *settings, v string) error { s.to = v; return nil }},
	{"encoding", func(s *settings, v string) error { s.encoding = v; return oneOf(v, deliver.Encodings[1:]) }},
	{"keep_assets", func(s *settings, v string) error { return duration(v, &s.keep) }},
	{"valid", func(s *settings, v string) error { return duration(v, &s.valid) }},
	{"websub.hub", func(s *settings, v string) error { s.push.WebSub.Hub = v; return address(v) }},
	{"indexnow.key", func(s *settings, v string) error { s.push.IndexNow.Key = v; return indexKey(v) }},
	{"indexnow.endpoint", func(s *settings, v string) error { s.push.IndexNow.Endpoint = v; return address(v) }},
	{"webhook.url", func(s *settings, v string) error { s.push.Webhook.URL = v; return address(v) }},
	{"webhook.secret_env", func(s *settings, v string) error { return secret(v, &s.push.Webhook.Secret) }},
	{"purge.url", func(s *settings, v string) error { s.push.Purge.URL = v; return address(v) }},
	{"purge.token_env", func(s *settings, v string) error { return secret(v, &s.push.Purge.Token) }},
	{"purge.field", func(s *settings, v string) error { s.push.Purge.Field = v; return nil }},
	{"purge.batch", func(s *settings, v string) error { return count(v, &s.push.Purge.Batch) }},
}

// groups is the table of what stands below a name, and what it cannot do
// without.
var groups = map[string]struct {
	begin func(*settings)
	needs []string
}{
	"websub":   {func(s *settings) { s.push.WebSub = &push.WebSub{} }, nil},
	"indexnow": {func(s *settings) { s.push.IndexNow = &push.IndexNow{} }, []string{"key"}},
	"webhook":  {func(s *settings) { s.push.Webhook = &push.Webhook{} }, []string{"url", "secret_env"}},
	"purge":    {func(s *settings) { s.push.Purge = &push.Purge{} }, []string{"url"}},
}

// readSettings reads publish.yaml. hub is that of the site, which the feeds
// name; it is told where websub stands in the file without one.
func (c *command) readSettings(hub string) (*settings, error) {
	name := cmp.Or(c.Settings, filepath.Join(c.Dir, "publish.yaml"))
	s := &settings{}
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) && c.Settings == "" {
		return s, nil
	}
	if err != nil {
		return nil, err
	}
	file, found := source.ParseYAML(source.Raw{Path: filepath.ToSlash(name), Data: data})
	if !found.HasErrors() {
		found.Add(s.decode(file.Matter)...)
	}
	if s.push.WebSub != nil && s.push.WebSub.Hub == "" {
		s.push.WebSub.Hub = hub
		if hub == "" {
			found.Add(diag.MissingField.At(file.Matter.Pos, "websub has no hub, and site.yaml names none").WithHint("write hub: ADDRESS into one of them"))
		}
	}
	if err := diag.Print(c.stderr, found, diag.Human, false); err != nil {
		return nil, err
	}
	if found.HasErrors() {
		return nil, errFound
	}
	return s, nil
}

func (s *settings) decode(v source.Value) diag.List {
	var found diag.List
	for _, p := range v.Pairs {
		g, group := groups[p.Key]
		if !group {
			s.one(p.Key, p, &found)
			continue
		}
		g.begin(s)
		for _, q := range p.Value.Pairs {
			s.one(p.Key+"."+q.Key, q, &found)
		}
		for _, n := range g.needs {
			if _, ok := p.Value.Get(n); !ok {
				found.Add(diag.MissingField.At(p.Pos, "%s has no %s", p.Key, n).WithHint("add it below %s", p.Key))
			}
		}
	}
	return found
}

func (s *settings) one(key string, p source.Pair, found *diag.List) {
	i := slices.IndexFunc(rows, func(r row) bool { return r.key == key })
	if i < 0 {
		var names []string
		for _, r := range rows {
			names = append(names, r.key)
		}
		hint := "known are " + strings.Join(names, ", ")
		if near, ok := lang.Closest(key, names); ok {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		found.Add(diag.UnknownField.At(p.Pos, "there is no setting %q", key).WithHint("%s", hint))
		return
	}
	if err := rows[i].set(s, p.Value.Text); err != nil {
		found.Add(diag.BadValue.At(p.Value.Pos, "%s %q %v", key, p.Value.Text, err).WithHint("see generator/docs/operations.md for every setting"))
	}
}

func oneOf(v string, allowed []string) error {
	if slices.Contains(allowed, v) {
		return nil
	}
	return fmt.Errorf("is not one of %s", strings.Join(allowed, ", "))
}

func duration(v string, to *time.Duration) error {
	d, err := time.ParseDuration(v)
	if err != nil || d <= 0 {
		return errors.New("is not a time such as 24h or 30m")
	}
	*to = d
	return nil
}

func count(v string, to *int) error {
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 {
		return errors.New("is not a number from 1 on")
	}
	*to = n
	return nil
}

func address(v string) error {
	u, err := url.Parse(v)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return errors.New("is not an address such as https://example.org/")
	}
	return nil
}

func secret(name string, to *string) error {
	*to = os.Getenv(name)
	if *to == "" {
		return errors.New("names a variable of the environment that is not set")
	}
	return nil
}

var indexKeys = regexp.MustCompile(`^[A-Za-z0-9-]{8,128}$`)

func indexKey(v string) error {
	if !indexKeys.MatchString(v) {
		return errors.New("is not 8 to 128 letters, digits and hyphens")
	}
	return nil
}
