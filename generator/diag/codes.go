package diag

// Code names a kind of finding. It is stable: editors search for it, CI
// filters on it, and the editors' guide has an entry for each.
type Code string

// The codes, in the order of the stages that find them.
const (
	// source: files and their outer form
	Unreadable     Code = "unreadable"
	TooLarge       Code = "too-large"
	OutsideTree    Code = "outside-tree"
	NotUTF8        Code = "not-utf8"
	BadCharacter   Code = "bad-character"
	BadFileName    Code = "bad-file-name"
	UnclosedMatter Code = "unclosed-front-matter"
	MissingMatter  Code = "missing-front-matter"
	BadYAML        Code = "bad-yaml"
	DuplicateKey   Code = "duplicate-key"

	// markup: the body
	RawHTML        Code = "raw-html"
	UnsafeLink     Code = "unsafe-link"
	UnclosedBody   Code = "unclosed-body"
	LiteralStars   Code = "literal-emphasis"
	DateAsList     Code = "date-as-list"
	HeadingSkipped Code = "heading-skipped"
	MissingAlt     Code = "missing-alt"
	HTTPLink       Code = "http-link"
	BadAttribute   Code = "bad-attribute"
	EmptyText      Code = "empty-text"
	LoneFootnote   Code = "lone-footnote"
	UnknownCallout Code = "unknown-callout"
	UnknownLexer   Code = "unknown-language"

	// model: the fields of one file
	UnknownField Code = "unknown-field"
	MissingField Code = "missing-field"
	WrongType    Code = "wrong-type"
	BadValue     Code = "bad-value"
	BadTime      Code = "bad-time"
	LongSummary  Code = "long-summary"
	SourceNoDate Code = "source-without-date"
	MissingText  Code = "missing-text"

	// site: what several files say together
	UnknownKind        Code = "unknown-kind"
	UnknownLanguage    Code = "unknown-site-language"
	UnknownLevel       Code = "unknown-level"
	UnknownCategory    Code = "unknown-category"
	UnknownPlace       Code = "unknown-place"
	UnknownContact     Code = "unknown-contact"
	UnknownRedFlag     Code = "unknown-red-flag"
	UnknownRecord      Code = "unknown-record"
	DuplicateID        Code = "duplicate-id"
	DuplicateSlug      Code = "duplicate-slug"
	DuplicateRoute     Code = "duplicate-route"
	SharedField        Code = "shared-field-in-translation"
	NoSource           Code = "translation-without-source"
	TimeOrder          Code = "time-order"
	TemporaryNoEnd     Code = "temporary-without-end"
	TemporaryTooLong   Code = "temporary-too-long"
	LegalMissing       Code = "legal-missing"
	SilentLowering     Code = "silent-lowering"
	SupersedesCycle    Code = "supersedes-cycle"
	DeadLink           Code = "dead-link"
	DeadAnchor         Code = "dead-anchor"
	LinkNotPublic      Code = "link-not-public"
	LiveIndicator      Code = "live-indicator"
	MissingFile        Code = "missing-file"
	MissingTranslation Code = "missing-translation"
	OldTranslation     Code = "outdated-translation"
	TextEarly          Code = "text-early"
	ReviewOverdue      Code = "review-overdue"
	Held               Code = "held-measure"
	EndsSoon           Code = "ends-soon"
	ContactStale       Code = "contact-not-verified"
	SecurityExpires    Code = "security-expires"
	BadMap             Code = "bad-map"

	// lang, render: what designers change
	BadTemplate    Code = "bad-template"
	MissingString  Code = "missing-string"
	UnsafeTemplate Code = "unsafe-template"
	OverBudget     Code = "over-budget"

	// check: the output
	BadAlert Code = "bad-alert"
)

// Info describes a code: its severity, and in one sentence what is wrong.
type Info struct {
	Severity Severity
	Summary  string
}

// Codes is the table of every code. It is read only.
var Codes = map[Code]Info{
	Unreadable:     {Error, "a file or folder cannot be read"},
	TooLarge:       {Error, "a file is over the size limit"},
	OutsideTree:    {Error, "a symbolic link leads out of the content folder"},
	NotUTF8:        {Error, "a file is not UTF-8 text"},
	BadCharacter:   {Error, "a character is hidden, reverses the text or cannot stand in XML"},
	BadFileName:    {Error, "a file name does not follow SLUG.LANG.md"},
	UnclosedMatter: {Error, "front matter is not closed by a line ---"},
	MissingMatter:  {Error, "a Markdown file does not begin with front matter"},
	BadYAML:        {Error, "YAML cannot be read"},
	DuplicateKey:   {Error, "a key is given twice"},

	RawHTML:        {Error, "raw HTML is not allowed in Markdown"},
	UnsafeLink:     {Error, "a link or image uses a scheme that is not allowed"},
	UnclosedBody:   {Error, "a code block is not closed"},
	LiteralStars:   {Error, "emphasis marks would be shown as literal characters"},
	DateAsList:     {Error, "a date at the beginning of a line would become a list"},
	HeadingSkipped: {Warning, "a heading level is skipped"},
	MissingAlt:     {Warning, "an image has no alternative text"},
	HTTPLink:       {Warning, "a link uses http instead of https"},
	BadAttribute:   {Error, "a heading has an attribute other than {#id}"},
	EmptyText:      {Warning, "a link or heading has no text"},
	LoneFootnote:   {Error, "a footnote is called but not written, or written but not called"},
	UnknownCallout: {Error, "a callout has an unknown kind"},
	UnknownLexer:   {Warning, "a code block names a language that is not highlighted"},

	UnknownField: {Error, "a field does not exist"},
	MissingField: {Error, "a required field is missing"},
	WrongType:    {Error, "a field has the wrong type"},
	BadValue:     {Error, "a field has a value that is not allowed"},
	BadTime:      {Error, "a time or date cannot be read"},
	LongSummary:  {Warning, "a summary is over 200 characters"},
	SourceNoDate: {Warning, "a source has no date"},
	MissingText:  {Warning, "a text is missing in a language of the site"},

	UnknownKind:        {Error, "a file or folder belongs to no kind of record"},
	UnknownLanguage:    {Error, "a file is in a language that the site does not have"},
	UnknownLevel:       {Error, "a level is not in levels.yaml"},
	UnknownCategory:    {Error, "a category is not in categories.yaml"},
	UnknownPlace:       {Error, "a place is in no country.yaml"},
	UnknownContact:     {Error, "a contact is not in contacts.yaml"},
	UnknownRedFlag:     {Error, "a red flag is not in red-flags.yaml"},
	UnknownRecord:      {Error, "a record does not exist"},
	DuplicateID:        {Error, "an id is used twice"},
	DuplicateSlug:      {Error, "a slug is used twice"},
	DuplicateRoute:     {Error, "two records would have the same address"},
	SharedField:        {Error, "a translation carries a field that belongs in the source file"},
	NoSource:           {Error, "a translation has no source file"},
	TimeOrder:          {Error, "times are out of order"},
	TemporaryNoEnd:     {Error, "a temporary level has no end"},
	TemporaryTooLong:   {Error, "a temporary level lasts longer than its scheme allows"},
	LegalMissing:       {Error, "a level with legal force needs the legal field"},
	SilentLowering:     {Error, "a broad measure would lower a place it does not name"},
	SupersedesCycle:    {Error, "advisories supersede each other in a circle"},
	DeadLink:           {Error, "an internal link leads nowhere"},
	DeadAnchor:         {Error, "a link names a heading that does not exist"},
	LinkNotPublic:      {Warning, "a link leads to a record that is not public yet; readers see its text alone"},
	LiveIndicator:      {Warning, "an indicator of a scam is a live link"},
	MissingFile:        {Error, "a file that every site needs is missing"},
	MissingTranslation: {Warning, "a record is missing in a language of the site"},
	OldTranslation:     {Warning, "a translation is older than its source"},
	TextEarly:          {Warning, "a change is still to come, but the text until then is not kept"},
	ReviewOverdue:      {Warning, "a review is overdue"},
	Held:               {Warning, "a temporary level is held past its end"},
	EndsSoon:           {Warning, "a temporary level ends within 14 days"},
	ContactStale:       {Warning, "a contact was not verified for 180 days"},
	SecurityExpires:    {Warning, "the security contact expires within 30 days, or has expired"},
	BadMap:             {Error, "a map file cannot be used"},

	BadTemplate:    {Error, "a template cannot be used"},
	MissingString:  {Warning, "a word of the site is missing in a language"},
	UnsafeTemplate: {Error, "a template would write unsafe output"},
	OverBudget:     {Error, "a page or script is too large for a weak line"},

	BadAlert: {Error, "an alert does not follow the Common Alerting Protocol 1.2"},
}

// Severity gives the severity of the code; a code outside the table is an error.
func (c Code) Severity() Severity {
	if info, ok := Codes[c]; ok {
		return info.Severity
	}
	return Error
}
