package corpus

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Country is a country with its provinces.
type Country struct {
	Code, Slug string
	Names      map[string]string // by language
	Level      int
	Provinces  []Province
}

// Province is a province of a country.
type Province struct {
	Country, Code, Slug string            // Country is the slug of its country
	Names               map[string]string // by language
	Level               int               // before any decision
	Areas               []string          // codes of its named areas
}

// Places lists the countries, that of the model first.
func (c Corpus) Places() ([]Country, error) {
	first, err := read(filepath.Join(c.Model, "provinces/cambodia/country.yaml"))
	if err != nil {
		return nil, err
	}
	countries := []Country{first}
	for i := 1; i < c.Countries; i++ {
		countries = append(countries, made(i))
	}
	return countries, nil
}

// made makes up the i-th country.
func made(i int) Country {
	code := string([]byte{'A' + byte(i/26), 'A' + byte(i%26)})
	c := Country{Code: code, Slug: "country-" + strings.ToLower(code), Level: 1, Names: map[string]string{
		"ko": "나라" + code, "en": "Country " + code,
	}}
	for p := 1; p <= perCountry; p++ {
		c.Provinces = append(c.Provinces, Province{
			Country: c.Slug, Code: fmt.Sprintf("%s-%d", code, p), Slug: fmt.Sprintf("province-%d", p), Level: 1,
			Names: map[string]string{"ko": fmt.Sprintf("%s%d주", code, p), "en": fmt.Sprintf("Province %s %d", code, p)},
		})
	}
	return c
}

// yaml is the country's file in the layout of Bongsu.
func (c Country) yaml() string {
	var b strings.Builder
	fmt.Fprintf(&b, "code: %s\nslug: %s\nname: {ko: %s, en: %s}\nlevel: %d\nprovinces:\n", c.Code, c.Slug, c.Names["ko"], c.Names["en"], c.Level)
	for _, p := range c.Provinces {
		fmt.Fprintf(&b, "  - code: %s\n    slug: %s\n    name: {ko: %s, en: %s}\n", p.Code, p.Slug, p.Names["ko"], p.Names["en"])
	}
	return b.String()
}

// read reads what the corpus needs of the model's country line by line, so
// that benchmarks need no package of the program.
func read(path string) (Country, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return Country{}, err
	}
	c := Country{Level: 1}
	for line := range strings.Lines(string(data)) {
		field, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
		value, _, _ = strings.Cut(value, " #")
		value = strings.TrimSpace(value)
		indent := len(line) - len(strings.TrimLeft(line, " "))
		switch {
		case field == "- code":
			c.Provinces = append(c.Provinces, Province{Country: c.Slug, Code: value, Level: c.Level})
		case field == "- {id" && len(c.Provinces) > 0:
			p := &c.Provinces[len(c.Provinces)-1]
			id, _, _ := strings.Cut(value, ",")
			p.Areas = append(p.Areas, p.Code+"/"+id)
		case ok && indent == 0:
			set(field, value, &c.Code, &c.Slug, &c.Names, &c.Level)
		case ok && indent == 4 && len(c.Provinces) > 0:
			p := &c.Provinces[len(c.Provinces)-1]
			set(field, value, &p.Code, &p.Slug, &p.Names, &p.Level)
		}
	}
	if c.Slug == "" || len(c.Provinces) == 0 {
		return c, errors.New(path + ": no country with provinces")
	}
	return c, nil
}

// set keeps one field of a country or province.
func set(field, value string, code, slug *string, names *map[string]string, level *int) {
	switch field {
	case "code":
		*code = value
	case "slug":
		*slug = value
	case "level":
		*level, _ = strconv.Atoi(value)
	case "name":
		*names = map[string]string{}
		for part := range strings.SplitSeq(strings.Trim(value, "{}"), ", ") {
			if lang, name, ok := strings.Cut(part, ": "); ok {
				(*names)[lang] = strings.Trim(name, `"`)
			}
		}
	}
}
