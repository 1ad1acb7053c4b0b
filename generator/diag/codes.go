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
	LoweringNoReason   Code = "lowering-without-reason"
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

	// style: the prose
	WrongDate       Code = "wrong-date"
	DateDiffers     Code = "date-differs"
	TimeNoZone      Code = "time-without-zone"
	LanguagesDiffer Code = "languages-differ"
	WrongParticle   Code = "wrong-particle"
	LongSentence    Code = "long-sentence"
	PlaceNotLinked  Code = "place-not-linked"

	// reach: other sites, asked for on demand
	ExternalDead   Code = "external-link-dead"
	ExternalMoved  Code = "external-link-moved"
	ExternalUnsure Code = "external-link-unsure"

	// lang, render: what designers change
	BadTemplate    Code = "bad-template"
	MissingString  Code = "missing-string"
	UnsafeTemplate Code = "unsafe-template"
	OverBudget     Code = "over-budget"

	// check: the output
	BadAlert Code = "bad-alert"
)

// Severity gives the severity of the code; a code outside the table is an error.
func (c Code) Severity() Severity {
	if info, ok := Codes[c]; ok {
		return info.Severity
	}
	return Error
}
