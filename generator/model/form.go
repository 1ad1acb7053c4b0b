package model

import (
	"strings"

	"bongsu/generator/source"
)

// FormKind is a kind of value that a field takes.
type FormKind string

// The kinds of value.
const (
	TextForm   FormKind = "text"   // one text in the language of the file
	TextsForm  FormKind = "texts"  // a map from language to text, or one text for all
	TimeForm   FormKind = "time"   // a date or a time, see ParseTime
	BoolForm   FormKind = "bool"   // true or false
	IntForm    FormKind = "int"    // a whole number, at least Min
	NumberForm FormKind = "number" // a number with or without fractions
	PointForm  FormKind = "point"  // [longitude, latitude]
	ListForm   FormKind = "list"   // a list of Item
	MapForm    FormKind = "map"    // a map with Fields
)

// Vocabulary names what a value refers to.
type Vocabulary string

// What values refer to: things of a site.
const (
	LevelIDs      Vocabulary = "levels"
	CategoryIDs   Vocabulary = "categories"
	PlaceCodes    Vocabulary = "places"
	ProvinceCodes Vocabulary = "provinces"
	ContactIDs    Vocabulary = "contacts"
	RedFlagIDs    Vocabulary = "red-flags"
	AdvisoryIDs   Vocabulary = "advisories"
)

// Form is the form that a value has in a file, for schemas and lists of fields.
// It says what a single value shows; what depends on others is for the checks.
type Form struct {
	Kind     FormKind
	Name     string      // of a map: what its fields are of, such as "measure"
	Fields   []FieldForm // of a map
	Item     *Form       // of a list
	Enum     []string    // the texts that are allowed; empty: any
	Pattern  string      // a regular expression that a text must match; empty: any
	Example  string      // a text that matches it
	Refers   Vocabulary  // what the text names; empty: nothing
	Min, Max int         // of whole numbers; Max 0: none

	fields func() []FieldForm // makes Fields when they are asked for, not before main
}

// FieldForm is a field of a map.
type FieldForm struct {
	Key              string
	Required         bool // everywhere
	RequiredInSource bool // in the source file of a record
	Shared           bool // in the source file alone, not in translations
	Form             Form
	Words            Words
}

// Words describe something to editors, in a sentence or two.
type Words struct{ Ko, En string }

// mapForm tells the form of a map from its table. Its fields are made when they
// are asked for.
func mapForm[T any](name string, table []field[T]) *Form {
	return &Form{Kind: MapForm, Name: name, fields: func() []FieldForm {
		var out []FieldForm
		for _, f := range table {
			one := f.set.form.whole()
			form := one
			if f.set.list {
				form = Form{Kind: ListForm, Item: &one}
			}
			out = append(out, FieldForm{
				Key: f.key, Required: f.need == required, RequiredInSource: f.need == requiredInSource,
				Shared: f.shared, Form: form, Words: describe(name, f.key),
			})
		}
		return out
	}}
}

// whole gives the form with the fields of its maps.
func (f Form) whole() Form {
	if f.fields != nil {
		f.Fields = f.fields()
	}
	return f
}

// describe finds the description of a field: that of its own map, else that of
// every record.
func describe(name, key string) Words {
	if w, ok := wordsOf(fieldWords, name+"."+key); ok {
		return w
	}
	w, _ := wordsOf(fieldWords, "record."+key)
	return w
}

// FileForm is a kind of file that editors write.
type FileForm struct {
	ID    string // also the name of its schema
	Files string // a pattern of paths below content/, * and ** as in .gitignore
	Kind  *Kind  // of records: Markdown with front matter
	List  bool   // the file is a list of Form
	Form  Form
	Words Words
}

// FileForms lists the kinds of file, records first.
func FileForms() []FileForm {
	out := make([]FileForm, 0, len(Kinds)+8)
	for _, k := range Kinds {
		out = append(out, FileForm{ID: k.ID, Files: k.ID + "/**/*.md", Kind: k, Form: *mapForm(k.ID, k.fields)})
	}
	out = append(out,
		FileForm{ID: "site", Files: "site.yaml", Form: *mapForm("site", siteFields)},
		FileForm{ID: "levels", Files: "levels.yaml", List: true, Form: *mapForm("level", levelFields)},
		FileForm{ID: "categories", Files: "categories.yaml", List: true, Form: *mapForm("category", categoryFields)},
		FileForm{ID: "red-flags", Files: "red-flags.yaml", List: true, Form: *mapForm("red flag", redFlagFields)},
		FileForm{ID: "contacts", Files: "contacts.yaml", List: true, Form: *mapForm("contact", contactFields)},
		FileForm{ID: "country", Files: "provinces/*/country.yaml", Form: *mapForm("country", countryFields)},
		FileForm{ID: "figures", Files: "figures.yaml", List: true, Form: *mapForm("figure", figureFields)},
		FileForm{ID: "removed", Files: "removed.yaml", List: true, Form: *mapForm("removal", removalFields)},
	)
	for i := range out {
		out[i].Words, _ = wordsOf(fileWords, out[i].ID)
		out[i].Form = out[i].Form.whole()
	}
	return out
}

// The readers of the tables: each way to read a value with its form.
var (
	asString   = reader[string]{decodeString, &Form{Kind: TextForm}}
	asSummary  = reader[string]{decodeSummary, &Form{Kind: TextForm}}
	asBool     = reader[bool]{decodeBool, &Form{Kind: BoolForm}}
	asInt      = reader[int]{decodeInt, &Form{Kind: IntForm}}
	asRevision = reader[int]{decodeRevision, &Form{Kind: IntForm, Min: 1}}
	asWeight   = reader[int]{decodeWeight, &Form{Kind: IntForm, Min: 1, Max: 3}}
	asNumber   = reader[float64]{decodeNumber, &Form{Kind: NumberForm}}
	asTime     = reader[Time]{decodeTime, &Form{Kind: TimeForm}}
	asText     = reader[Text]{decodeText, &Form{Kind: TextsForm}}
	asPoint    = reader[[]float64]{decodePoint, &Form{Kind: PointForm}}

	asPlace = reader[Ref]{decodePlace, &Form{Kind: TextForm, Refers: PlaceCodes, Pattern: placePattern.String(), Example: "KH-18"}}
	asTag   = reader[string]{decodeTag, &Form{Kind: TextForm, Pattern: tagPattern.String(), Example: "ko"}}

	asSlug         = matching(decodeSlug, slugPattern.String(), "border-area-2")
	asURL          = matching(decodeURL, addressPattern, "https://example.org/")
	asBase         = matching(decodeBase, `^https?://[^/?#]+[^?#]*$`, "https://example.org/")
	asReach        = matching(decodeReach, `^(https?://[^/]|mailto:[^@ ?]+@[^@ ?]+\.[^@ ?]+$)`, "mailto:security@example.org")
	asPhone        = matching(decodePhone, phonePattern.String(), "+82-2-3210-0404")
	asColor        = matching(decodeColor, colorPattern.String(), "#F08A00")
	asMail         = matching(decodeMail, `^[^@]+@[^@]+$`, "data@example.org")
	asSender       = matching(decodeSender, senderPattern.String(), "warnings@example.org")
	asAuthority    = matching(decodeAuthority, authorityPattern.String(), "example.org,2025")
	asRemovedID    = matching(decodeRemovedID, removalPattern.String(), "scams/telegram-office")
	asCountryCode  = matching(decodeString, countryPattern.String(), "KH")
	asProvinceCode = matching(decodeString, provincePattern.String(), "KH-18")

	asChange    = reader[Change]{decodeChange, mapForm("change", changeFields)}
	asSource    = reader[Source]{decodeSource, mapForm("source", sourceFields)}
	asWithdrawn = reader[*Withdrawn]{decodeWithdrawn, mapForm("withdrawn", withdrawnFields)}
)

// addressPattern is what an address on the web looks like at first sight.
const addressPattern = `^https?://[^/?#@]+([/?#]|$)`

// matching makes a reader of texts that a pattern describes, such as example.
func matching(read func(*decoder, source.Value, string) string, pattern, example string) reader[string] {
	return reader[string]{read, &Form{Kind: TextForm, Pattern: pattern, Example: example}}
}

// refTo makes a reader of the name of something of the site.
func refTo(v Vocabulary) reader[Ref] {
	return reader[Ref]{decodeRef, &Form{Kind: TextForm, Refers: v}}
}

// timeParts gives the parts of the layouts of times as regular expressions.
func timeParts() *strings.Replacer {
	return strings.NewReplacer(
		"2006", "(19|20|21)[0-9]{2}", "01", "(0[1-9]|1[0-2])", "02", "(0[1-9]|[12][0-9]|3[01])",
		"15", "([01]?[0-9]|2[0-3])", "04", "[0-5][0-9]", "05", `[0-5][0-9]([.,][0-9]+)?`, "Z07:00", "(Z|[+-][0-9]{2}:[0-9]{2})",
	)
}

// TimePattern is a regular expression that every time that editors may write
// matches.
func TimePattern() string {
	var forms []string
	parts := timeParts()
	for _, l := range timeLayouts {
		forms = append(forms, parts.Replace(l.layout))
	}
	return "^(" + strings.Join(forms, "|") + ")$"
}

// LanguagePattern is a regular expression of the tags of languages.
func LanguagePattern() string { return tagPattern.String() }
