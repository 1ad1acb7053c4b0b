package render

import (
	"slices"
	"strings"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// CheckView is the dot of pages/check: the job-offer check. It works without a
// script: the style sheet shows the outcome that fits the ticks, and where it
// cannot, the points are counted by hand. A script adds why, what next, and
// which warnings are like the offer.
type CheckView struct {
	Title, Summary string
	Groups         []CheckGroup // heaviest first
	Channels       []CheckChannel
	Warnings       []CheckWarning // newest first
	Contacts       []Contact
	HelpURL        string
	PlacesURL      string
	Prose          *Words
}

// CheckGroup is the red flags of one weight.
type CheckGroup struct {
	Weight int
	Title  string
	Flags  []CheckFlag
}

// CheckFlag is a red flag that can be ticked.
type CheckFlag struct {
	ID, Text string
	Weight   int
}

// CheckChannel is a way in which an offer reached someone.
type CheckChannel struct{ ID, Text string }

// CheckWarning is a published warning with the red flags and channels by which
// an offer is compared with it: ids, with spaces between.
type CheckWarning struct {
	Link
	Lang            string // of the title, where it differs from the page's
	Flags, Channels string
}

// maxWarnings is how many warnings an offer is compared with, the newest.
const maxWarnings = 40

// checkPages makes the job-offer check. Neither its title nor its address bar
// name a crime to whoever looks over a shoulder, and it can be left at once.
func checkPages(b *builder) []File {
	return b.section("scams/check/", "check", func(e *edition, p *Page, prose *Words, record *site.Record) any {
		neutral := p.FullTitle
		p.crumbs(e, Link{e.t("nav.scams"), e.url("scams/")})
		p.FullTitle, p.Exit = neutral, true
		v := CheckView{
			Title: p.Title, Summary: p.Description, Prose: prose, Contacts: e.contacts(numbersOf(e.site, record)),
			HelpURL: e.url("help/"), PlacesURL: e.url("provinces/"), Groups: e.checkGroups(),
		}
		v.Warnings, v.Channels = e.checkWarnings()
		return v
	})
}

func (e *edition) checkGroups() []CheckGroup {
	var out []CheckGroup
	titles := map[int]string{3: e.t("check.weight3"), 2: e.t("check.weight2"), 1: e.t("check.weight1")}
	for weight := 3; weight > 0; weight-- {
		g := CheckGroup{Weight: weight, Title: titles[weight]}
		for _, f := range e.site.RedFlags {
			if f.Weight == weight {
				g.Flags = append(g.Flags, CheckFlag{f.ID, e.text(f.Text), weight})
			}
		}
		if len(g.Flags) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// checkWarnings gives the warnings that hold and have red flags, and the
// channels that they name, in the order of the vocabulary.
func (e *edition) checkWarnings() ([]CheckWarning, []CheckChannel) {
	var out []CheckWarning
	used := map[string]bool{}
	for _, r := range e.site.Scams {
		if len(out) == maxWarnings {
			break
		}
		s := r.Source.Scam
		if !r.Active() || len(s.RedFlags) == 0 {
			continue
		}
		t := r.In(e.lang)
		out = append(out, CheckWarning{Link{t.Title, e.url(r.Path)}, foreign(t.Lang, e.lang), joinIDs(s.RedFlags), strings.Join(s.Channels, " ")})
		for _, c := range s.Channels {
			used[c] = true
		}
	}
	var channels []CheckChannel
	for _, c := range model.Channels {
		if used[c] && c != "other" {
			channels = append(channels, CheckChannel{c, e.t("channel." + c)})
		}
	}
	return out, channels
}

func joinIDs(refs []model.Ref) string {
	ids := make([]string, 0, len(refs))
	for _, r := range refs {
		if !slices.Contains(ids, r.ID) {
			ids = append(ids, r.ID)
		}
	}
	return strings.Join(ids, " ")
}
