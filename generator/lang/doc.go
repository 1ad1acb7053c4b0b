// Package lang holds what depends on a language: tags, the words of the site,
// dates, numbers, lists, Korean particles, sort order and "did you mean".
//
// In: the bytes of strings files, texts, times and a *time.Location. Out:
// texts ready for escaping, and positioned diagnostics. It must not read
// files, the clock, the environment or the machine's time zone, and it knows
// no kind of record. Every value is frozen once made and may be shared by
// goroutines. Locations come from the caller, who embeds time/tzdata so that a
// machine without a zone database builds the same site.
//
// # Strings files
//
// The words of a language stand in one file, templates/strings/LANG.yaml,
// where LANG is a language tag (ko, en, zh-Hant). A new language is one new
// file; words that it lacks are taken from English, with a warning for each.
//
//	home:
//	  title: 캄보디아 여행경보          # the key is home.title
//	  welcome: "{place}에 오신 것을 환영합니다"
//	count:
//	  places: {one: "{n} place", other: "{n} places"}
//
// Keys. Nested maps; a key is the path joined with dots. A part of a key is
// made of ASCII letters, digits and _ - / +. A key given twice is an error.
//
// Values. A text, or the plural forms of one. Numbers, true, lists, empty
// values, aliases and merge keys are errors: a text such as 12 or true stands
// in quotes. An empty text is written "". A text that begins with { or holds
// ": " or " #" stands in quotes too, because YAML gives these a meaning.
//
// Placeholders. {name} is replaced by the argument of that name: a lower-case
// ASCII letter, then letters, digits or _. There are no spaces in the braces.
// A missing argument shows as ⟦name⟧, a missing key as ⟦key⟧. Literal braces
// are written {{ and }}. A text is no HTML: templates escape it.
//
// A language may leave out placeholders of the English text and use them in
// any order, but it has no others: a placeholder that English does not have is
// an error. Keys below "format." have placeholders of their own (below).
//
// Plural. A map of forms instead of a text: {one: "…", other: "…"}. The form
// is chosen by the argument n; other is required. English and most languages
// have one and other; Korean, Japanese, Chinese, Khmer, Vietnamese and their
// like have other alone, or simply a plain text. The names zero, one, two,
// few, many and other are kept for this: no other key may be called so.
//
// Particles. {A/B} chooses by the last sound of what is written before it, A
// after a consonant and B after a vowel:
//
//	{은/는} {이/가} {을/를} {과/와} {아/야} {이라/라} {이/} {으로/로} {으로서/로서}
//
// A and B are Hangul; B may be empty. Where A is 으 and then B, the final
// consonant ㄹ takes B as well (서울로, 3월로, 1로). The vowel-first spelling
// {는/은} is an error, so that all files read alike. How the last sound is
// found, and what is done where nobody can know it, is told at [Particle].
//
// # Keys of the formats
//
// Dates, numbers and lists follow patterns in the strings file:
//
//	format.date        {year} {month} {month2} {month_name} {day} {day2} {weekday}
//	format.month_year  {year} {month} {month2} {month_name}
//	format.time        {hour} {minute}; 24 hours, two digits each
//	format.time_zone   {time} {hour} {minute} {zone}
//	format.datetime    {date} {time} {zone} and all of date and time
//	format.zones       {first} {second}: the same moment in two time zones
//	format.month.1 … format.month.12       names for {month_name}
//	format.weekday.mon … format.weekday.sun  names for {weekday}
//	format.zone.Asia/Seoul                 the name of a time zone for {zone}
//	format.group       the text between groups of three digits, such as ","
//	format.list.middle {first} {second}: joins what stands so far and the next item
//	format.list.last   {first} {second}: joins what stands so far and the last item
//
// There are no other keys below "format.". month2 and day2 have two digits. A zone without a name is written UTC+9.
// testdata/ko.yaml and testdata/en.yaml show every form.
//
// # Order of use
//
// [Load] each language, [Catalog.Overlay] the site's own file of that language
// on it, and then [Catalog.WithFallback] with the English catalogue.
package lang
