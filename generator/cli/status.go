package cli

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"bongsu/generator/desk"
	"bongsu/generator/diag"
)

type statusCmd struct{}

// activeRows is how many rows of what simply holds are shown without -v.
const activeRows = 20

// Run prints what waits for an editor; the status is 1 where something does.
func (c *statusCmd) Run(r *run) error {
	res, done, err := r.quietBuild()
	if err != nil {
		return err
	}
	defer done()
	st := desk.NewStatus(res.Site, res.Diags)
	if r.JSON {
		err = r.encode(st)
	} else {
		err = printStatus(r.stdout, st, r.Verbose)
	}
	if err == nil && st.Editor {
		return errContent
	}
	return err
}

// statusHeads says what the rows of a state are.
var statusHeads = map[desk.State]string{
	desk.Held: "HELD past the end", desk.EndsSoon: "ENDING within 14 days", desk.Review: "REVIEW overdue",
	desk.Missing: "TRANSLATION missing", desk.Behind: "TRANSLATION behind", desk.Contact: "CONTACT not verified lately",
	desk.Scheduled: "scheduled", desk.Drafted: "draft", desk.Active: "active",
}

// printStatus writes the tables for people, what needs an editor first.
func printStatus(w io.Writer, st desk.Status, all bool) error {
	fmt.Fprintf(w, "status at %s\n", st.Now)
	for _, state := range desk.States {
		if st.Counts[state] == 0 {
			continue
		}
		fmt.Fprintf(w, "\n%s: %d\n", statusHeads[state], st.Counts[state])
		tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		shown := 0
		for _, it := range st.Items {
			if it.State != state {
				continue
			}
			if shown++; shown > activeRows && !it.Editor && !all {
				continue
			}
			// Titles come last: wide letters would disturb the columns.
			fmt.Fprintf(tw, "  %s\t%s\t%s\t%s\n", it.ID, days(it.Days), place(it), text(it))
		}
		if err := tw.Flush(); err != nil {
			return err
		}
		if shown > activeRows && !all && (state == desk.Active || state == desk.Scheduled || state == desk.Drafted) {
			fmt.Fprintf(w, "  and %d more (-v shows them)\n", shown-activeRows)
		}
	}
	if !st.Editor {
		_, err := fmt.Fprintf(w, "\nnothing waits for an editor\n")
		return err
	}
	n := 0
	for _, it := range st.Items {
		if it.Editor {
			n++
		}
	}
	verb := "wait"
	if n == 1 {
		verb = "waits"
	}
	_, err := fmt.Fprintf(w, "\n%s %s for an editor\n", plural(n, "thing"), verb)
	return err
}

func days(n int) string {
	switch {
	case n < 0:
		return "in " + plural(-n, "day")
	case n == 0:
		return "today"
	}
	return plural(n, "day") + " ago"
}

func place(it desk.Item) string {
	return diag.Position{File: it.File, Line: it.Line}.String()
}

func text(it desk.Item) string {
	parts := []string{it.Title}
	if it.Note != "" {
		parts = append(parts, it.Note)
	}
	return strings.Join(parts, " · ")
}
