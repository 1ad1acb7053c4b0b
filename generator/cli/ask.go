package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"bongsu/generator/model"
)

// ask puts a question, beside the results, until the answer can be taken; an
// empty one is taken.
func (n *newcomer) ask(question string, take func(string) error) error {
	return n.askOf(question, "", take)
}

// askOf asks for something of a few choices, which are shown below the question.
func (n *newcomer) askOf(question, choices string, take func(string) error) error {
	if choices != "" {
		question += "\n  " + choices + "\n"
	}
	for {
		fmt.Fprintf(n.run.stderr, "%s> ", question)
		answer, err := n.in.ReadString('\n')
		answer = oneLine(answer)
		if err != nil && (err != io.EOF || answer == "") {
			return errUsage{errors.New("no answer; nothing was written")}
		}
		err = take(answer)
		if err == nil {
			return nil
		}
		fmt.Fprintf(n.run.stderr, "  %v\n", err)
	}
}

func (n *newcomer) askTexts(t *newText) error {
	set := func(to *string) func(string) error {
		return func(s string) error { *to = s; return nil }
	}
	if err := n.ask("Title ("+n.site.Langs()[0]+")", set(&t.Title)); err != nil {
		return err
	}
	if n.site.Langs()[0] != "en" && slices.Contains(n.site.Langs(), "en") {
		return n.ask("Title (en)", set(&t.TitleEn))
	}
	return nil
}

// askSummary asks for what cannot be made of level and places.
func (n *newcomer) askSummary(t *newText) error {
	set := func(to *string) func(string) error {
		return func(s string) error { *to = s; return nil }
	}
	if err := n.ask("Summary, one or two sentences ("+n.site.Langs()[0]+"); empty: written later", set(&t.Summary)); err != nil {
		return err
	}
	if n.site.Langs()[0] != "en" && slices.Contains(n.site.Langs(), "en") {
		return n.ask("Summary (en); empty: written later", set(&t.SummaryEn))
	}
	return nil
}

// askList asks for several words with commas between them.
func (n *newcomer) askList(question, choices string, to *[]string, known func([]string) error) error {
	return n.askOf(question, choices, func(s string) error {
		*to = nil
		for part := range strings.SplitSeq(s, ",") {
			if part = strings.TrimSpace(part); part != "" {
				*to = append(*to, part)
			}
		}
		return known(*to)
	})
}

func (n *newcomer) askPlaces(to *[]string) error {
	return n.askList("Places, by code or name, with commas between them", n.placeChoices(), to, func(names []string) error {
		_, err := n.places(names)
		return err
	})
}

func (n *newcomer) askAdvisory(c *newAdvisory) error {
	first, english := n.site.Langs()[0], n.site.Langs()[0] != "en" && slices.Contains(n.site.Langs(), "en")
	questions := []struct {
		text, choices string
		take          func(string) error
	}{
		{"Level; empty: none", n.levelChoices(), func(s string) error { c.Level = s; _, err := n.level(s); return err }},
		{"Category", strings.Join(n.categories(), ", "), func(s string) error { c.Category = s; _, err := n.category(s); return err }},
		{"Applies from; empty: at once", "midnight, 2025-10-16T09:00, +2h", func(s string) error { c.From = s; _, err := n.time(s); return err }},
		{"Applies until; empty: open", "2025-11-16, +30d", func(s string) error { c.Until = s; _, err := n.time(s); return err }},
		{"Why, in a sentence (" + first + "); empty: written later", "", func(s string) error { c.Why = s; return nil }},
		{"Why (en)", "", func(s string) error { c.WhyEn = s; return nil }},
	}
	if !english {
		questions = questions[:len(questions)-1]
	}
	if err := n.askPlaces(&c.Place); err != nil {
		return err
	}
	for _, q := range questions {
		if err := n.askOf(q.text, q.choices, q.take); err != nil {
			return err
		}
	}
	return nil
}

func (n *newcomer) askScam(c *newScam) error {
	if err := n.askSummary(&c.newText); err != nil {
		return err
	}
	if err := n.askPlaces(&c.Place); err != nil {
		return err
	}
	err := n.askList("Where it is seen, with commas between them; empty: none", strings.Join(model.Channels, ", "), &c.Channel, func(words []string) error {
		_, err := n.choices("channel", words, model.Channels)
		return err
	})
	if err != nil {
		return err
	}
	return n.askList("Red flags, with commas between them; empty: none", strings.Join(n.redFlags(), ", "), &c.RedFlag, func(words []string) error {
		_, err := n.choices("red flag", words, n.redFlags())
		return err
	})
}

var newSlug = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// name settles the name of a new record: the one that was given, else one made
// of the English title, which is proposed where somebody can answer.
func (n *newcomer) name(kind string, t *newText, ask bool) error {
	fits := func(s string) error {
		if !newSlug.MatchString(s) {
			return errUsage{fmt.Errorf("%q is no name for a record: use a-z, 0-9 and single hyphens, such as border-closed-2", s)}
		}
		if old := n.record(kind + "/" + s); old != nil {
			return errUsage{fmt.Errorf("%s exists already: %s; choose another name, or correct it with \"bongsu revise\"", old.ID, old.Source.Path)}
		}
		return nil
	}
	if t.Slug != "" {
		return fits(t.Slug)
	}
	english := t.TitleEn
	if n.site.Langs()[0] == "en" {
		english = t.Title
	}
	made := slugOf(english)
	for i := 2; n.record(kind+"/"+made) != nil; i++ {
		made = fmt.Sprintf("%s-%d", slugOf(english), i)
	}
	if ask {
		return n.ask("Name, which becomes the address ["+made+"]", func(s string) error {
			if t.Slug = cmp.Or(s, made); t.Slug == "" {
				return errors.New("a name is needed")
			}
			return fits(t.Slug)
		})
	}
	if made == "" {
		return errUsage{errors.New("name the record, such as border-closed, or give --title-en")}
	}
	t.Slug = made
	return fits(made)
}

// maxSlug is about how long a name that is proposed may be, in characters.
const maxSlug = 48

// slugOf makes a name of an English title; "" where it has no letter.
func slugOf(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	out := ""
	for _, w := range words {
		if out != "" && len(out)+len(w) > maxSlug {
			break
		}
		out = strings.TrimPrefix(out+"-"+w, "-")
	}
	return out
}
