package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// ask puts a question, beside the results, until the answer can be taken; an empty one is taken.
func (n *newcomer) ask(question string, take func(string) error) error {
	for {
		fmt.Fprintf(n.run.stderr, "%s: ", question)
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

func (n *newcomer) askPlaces(to *[]string) error {
	return n.ask("Places, by code or name, with commas between them", func(s string) error {
		*to = nil
		for part := range strings.SplitSeq(s, ",") {
			if part = strings.TrimSpace(part); part != "" {
				*to = append(*to, part)
			}
		}
		_, err := n.places(*to)
		return err
	})
}

func (n *newcomer) askAdvisory(c *newAdvisory) error {
	if err := n.askTexts(&c.newText); err != nil {
		return err
	}
	questions := []struct {
		text string
		take func(string) error
	}{
		{"Level, of " + n.levelChoices() + "; empty: none", func(s string) error { c.Level = s; _, err := n.level(s); return err }},
		{"Category, of " + strings.Join(n.categories(), ", "), func(s string) error { c.Category = s; _, err := n.category(s); return err }},
		{"Applies from (2025-10-16T09:00); empty: at once", func(s string) error { c.From = s; _, err := n.time(s); return err }},
		{"Applies until; empty: open", func(s string) error { c.Until = s; _, err := n.time(s); return err }},
	}
	if err := n.askPlaces(&c.Place); err != nil {
		return err
	}
	for _, q := range questions {
		if err := n.ask(q.text, q.take); err != nil {
			return err
		}
	}
	return nil
}

func (n *newcomer) askScam(c *newScam) error {
	if err := n.askTexts(&c.newText); err != nil {
		return err
	}
	return n.askPlaces(&c.Place)
}
