package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"bongsu/generator/level"
	"bongsu/generator/model"
	"bongsu/generator/site"
)

type levelsCmd struct {
	At      string `placeholder:"TIME" help:"The time to look at, instead of now."`
	Country string `arg:"" optional:"" help:"Code or slug of one country (KH, cambodia)."`
}

// levelRow is what one place has; its JSON form is a contract.
type levelRow struct {
	Place    string            `json:"place"`
	Name     map[string]string `json:"name"`
	Level    string            `json:"level"`
	Rank     float64           `json:"rank"`
	Since    string            `json:"since,omitempty"`
	Until    string            `json:"until,omitempty"`
	Held     bool              `json:"held"`
	Advisory string            `json:"advisory,omitempty"`
	Parts    []levelPart       `json:"parts"`
}

// levelPart is an area of a province that has another level than it.
type levelPart struct {
	Place string            `json:"place"`
	Name  map[string]string `json:"name"`
	Level string            `json:"level"`
	Rank  float64           `json:"rank"`
}

// Run prints the level of every province and named area. The past is looked up
// in the history as it is known now; for the future the site is made as of then.
func (c *levelsCmd) Run(r *run) error {
	res, done, err := r.build()
	if err != nil {
		return err
	}
	defer func() { done() }()
	at := res.Site.Now
	if c.At != "" {
		if at, err = r.time(c.At, res.Site.Config); err != nil {
			return err
		}
	}
	if at.After(res.Site.Now) {
		done()
		r.Now = at.Format(time.RFC3339)
		if res, done, err = r.build(); err != nil {
			return err
		}
	}
	at = at.In(res.Site.Config.Zone)
	rows, err := c.rows(res.Site, at)
	if err != nil {
		return err
	}
	if r.JSON {
		enc := json.NewEncoder(r.stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(rows)
	}
	return printLevels(r.stdout, at, res.Site.Langs()[0], rows)
}

func (c *levelsCmd) rows(s *site.Site, at time.Time) ([]levelRow, error) {
	rows := []levelRow{}
	var codes []string
	found := c.Country == ""
	for _, country := range s.Atlas.Countries {
		codes = append(codes, country.ID, country.Slug)
		if c.Country != "" && !strings.EqualFold(c.Country, country.ID) && c.Country != country.Slug {
			continue
		}
		found = true
		country.Walk(func(p *model.Place) {
			if p.Kind != model.CountryPlace || len(p.Provinces()) == 0 {
				rows = append(rows, rowOf(s, p, at))
			}
		})
	}
	if !found {
		return nil, errUsage{fmt.Errorf("no country %q; there are %s", c.Country, strings.Join(codes, ", "))}
	}
	return rows, nil
}

func rowOf(s *site.Site, p *model.Place, at time.Time) levelRow {
	st := s.Book.At(p, at)
	row := levelRow{Place: p.ID, Name: p.Name, Held: st.Held, Parts: []levelPart{}}
	if st.Level != nil {
		row.Level, row.Rank = st.Level.ID, st.Level.Rank
	}
	if st.Decision != nil {
		row.Advisory = st.Decision.ID
	}
	row.Since, row.Until = instant(s, st.Since), instant(s, st.Until)
	if p.Kind == model.ProvincePlace || p.Kind == model.CountryPlace {
		for _, part := range s.Book.Parts(p, at) {
			row.Parts = append(row.Parts, partOf(part))
		}
	}
	return row
}

func partOf(p level.Part) levelPart {
	return levelPart{Place: p.Place.ID, Name: p.Place.Name, Level: p.State.Level.ID, Rank: p.State.Level.Rank}
}

func instant(s *site.Site, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(s.Config.Zone).Format(time.RFC3339)
}

// printLevels writes a table for people, highest level first.
func printLevels(w io.Writer, at time.Time, lang string, rows []levelRow) error {
	fmt.Fprintf(w, "levels at %s\n\n", at.Format(time.RFC3339))
	slices.SortStableFunc(rows, func(a, b levelRow) int {
		switch {
		case a.Rank > b.Rank:
			return -1
		case a.Rank < b.Rank:
			return 1
		}
		return 0
	})
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "LEVEL\tPLACE\tSINCE\tUNTIL\tADVISORY\tNAME AND PARTS")
	for _, r := range rows {
		until := r.Until
		if r.Held {
			until += " (held)"
		}
		name := model.Text(r.Name).Get(lang)
		if en := r.Name["en"]; en != "" && en != name {
			name += " · " + en
		}
		for _, p := range r.Parts {
			name += fmt.Sprintf("; %s: %s", model.Text(p.Name).Get(lang), p.Level)
		}
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\n", dash(r.Level), r.Place, dash(r.Since), dash(until), dash(r.Advisory), name)
	}
	return tw.Flush()
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
