package main

// corpusText describes the texts.
const corpusText = `
## The texts

Advisories and a tenth as many scam warnings, each in Korean and English, made up by [corpus](corpus/corpus.go): the same for the same size on every machine. 25 provinces of one country; every twentieth advisory sets the level of a province. A body has 300 to 900 words, four headings, a list, a table, a callout and links to pages, to a place and to another site.

Hugo gets the same titles, summaries, bodies and fields ([hugo](hugo/hugo.go)); only the link to a place is written as the path of its page, as Hugo resolves links. Its templates are written to be fast: what pages share is kept with ` + "`partialCached`" + `, records are files and not folders, pagination makes no aliases, and the HTML of a text is kept for feeds and copies, because Hugo renders a text with a table anew for every output format (without that it takes twice the time and memory).

The floor is reading Bongsu's input and writing as many files of the same names and sizes, on every core, with no work between.
`

// honestText says what is compared with what.
const honestText = `
## What one makes and the other does not

Both make, in two languages: the home page; a page of every advisory and scam warning, with its head for search engines and sharing (canonical, alternates, Open Graph, JSON-LD); a copy of every advisory as text and of every record as JSON; a page of every province with its level now, the alerts in force, notices, scams and the timeline of its level; the page of the country with the table of levels; paged lists of advisories and scams; the archive by year, paged; the level changes; the pages of levels, help and about; RSS, Atom and JSON Feed of everything, advisories, scams, alerts, each province, category and level, 30 entries each, the newest of them in full (Hugo 7, Bongsu what fits into 100 KB, mostly 6 to 8); a sitemap; the levels as JSON.

Only Bongsu makes:

- a check of every field, link, anchor and page budget before anything is published, and output that is exchanged whole and synced to disk;
- the search index of each language;
- CAP 1.2 messages of every alert and their index; calendars; OPML;
- archives of the feeds (RFC 5005), and feeds of the levels now;
- a page and a JSON file of every day on which a level changed; the log of changes;
- CSV, GeoJSON, schemas, checksums and catalogues of the open data; records by year;
- maps, badges (SVG), pictures of shared links (PNG), the service worker, headers and redirects for web servers;
- levels by the rules of the house: excepted areas, broad measures that do not lower a place silently, levels that are held; Hugo's templates take the newest decision.

Only Hugo makes a sitemap of each language.

` + "`hugo server`" + ` shows the edited page, but makes the feeds that carry its text anew only at the next full build; ` + "`bongsu serve`" + ` shows every page as it is.

So Bongsu writes more files and bytes than Hugo for the same texts.

## Again

` + "```sh" + `
make bench                             # 100 and 1,000 advisories, 5 runs
make bench SIZES=1000,10000 RUNS=5     # a quarter of an hour and more
make bench SIZES= SCALE=100000:200     # Bongsu alone, 200 countries
` + "```" + `

What is measured again replaces what was measured before on the same machine. Other work on the machine shows in wall time first; user CPU time and ratios of runs in turn bear it better.
`
