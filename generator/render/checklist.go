package render

import "bongsu/generator/site"

// CheckView is the dot of pages/check: the job-offer check. It works without a
// script: the style sheet shows the outcome that fits the ticks, and where it
// cannot, the points are counted by hand.
type CheckView struct {
	Title, Summary string
	Groups         []CheckGroup // heaviest first
	Contacts       []Contact
	HelpURL        string
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

// checkPages makes the job-offer check.
func checkPages(b *builder) []File {
	return b.section("scams/check/", "check", func(e *edition, p *Page, prose *Words, record *site.Record) any {
		p.crumbs(e, Link{e.t("nav.scams"), e.url("scams/")})
		titles := map[int]string{3: e.t("check.weight3"), 2: e.t("check.weight2"), 1: e.t("check.weight1")}
		v := CheckView{Title: p.Title, Summary: p.Description, Prose: prose, Contacts: e.contacts(numbersOf(e.site, record)), HelpURL: e.url("help/")}
		for weight := 3; weight > 0; weight-- {
			g := CheckGroup{Weight: weight, Title: titles[weight]}
			for _, f := range e.site.RedFlags {
				if f.Weight == weight {
					g.Flags = append(g.Flags, CheckFlag{f.ID, e.text(f.Text), weight})
				}
			}
			if len(g.Flags) > 0 {
				v.Groups = append(v.Groups, g)
			}
		}
		return v
	})
}
