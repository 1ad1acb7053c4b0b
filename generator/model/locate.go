package model

import (
	"path"
	"regexp"
	"strconv"
	"strings"

	"bongsu/generator/diag"
)

// revisionName is the shape of the name of a file that holds the text of an
// earlier revision, SLUG.LANG.rN.md.
var revisionName = regexp.MustCompile(`^(.+)\.r([1-9][0-9]{0,3})\.md$`)

// Revision is the file of an earlier text of a record, kept as it was.
type Revision struct {
	Path string
	Of   string // path of the file whose text it was
	Kind *Kind
	Slug string
	Lang string
	N    int  // the revision that it showed
	Doc  *Doc // what it says; nil where it could not be read
}

// LocateRevision tells what the earlier text at a path belongs to
// (…/revisions/SLUG.LANG.rN.md beside the record's files).
func LocateRevision(file string) (r Revision, d *diag.Diagnostic) {
	dir, name := path.Split(file)
	m := revisionName.FindStringSubmatch(name)
	if m == nil || path.Base(dir) != "revisions" {
		x := diag.BadFileName.At(diag.Position{File: file}, "file name %q is not revisions/SLUG.LANG.rN.md", path.Join(path.Base(dir), name)).
			WithHint("N is the revision that the text showed: revisions/travel-ban.ko.r1.md")
		return r, &x
	}
	r.Path, r.Of = file, path.Join(path.Dir(path.Clean(dir)), m[1]+".md")
	r.N, _ = strconv.Atoi(m[2]) // digits only
	r.Kind, r.Slug, r.Lang, d = Locate(r.Of)
	if d != nil {
		d.Pos.File = file
	}
	return r, d
}

// Locate tells the kind, slug and language of a Markdown file from its path
// (content/KIND/[FOLDER/]SLUG.LANG.md).
func Locate(file string) (kind *Kind, slug, lang string, d *diag.Diagnostic) {
	fail := func(c diag.Code, format string, args ...any) diag.Diagnostic {
		return c.At(diag.Position{File: file}, format, args...)
	}
	parts := strings.Split(file, "/")
	if len(parts) < 3 {
		x := fail(diag.UnknownKind, "file %q lies in no folder of records", file).
			WithHint("put it into %s", kindFolders())
		return nil, "", "", &x
	}
	if kind = KindOf(parts[1]); kind == nil {
		x := fail(diag.UnknownKind, "folder %q is not a kind of record", parts[1]).
			WithHint("use %s", kindFolders())
		return nil, "", "", &x
	}
	slug, lang, ok := cutName(parts[len(parts)-1])
	if !ok {
		x := fail(diag.BadFileName, "file name %q is not SLUG.LANG.md", parts[len(parts)-1]).
			WithHint("use a-z, 0-9 and hyphens, then the language: travel-ban.ko.md")
		return nil, "", "", &x
	}
	middle := parts[2 : len(parts)-1]
	if kind.Nested {
		if len(middle) != 1 {
			x := fail(diag.BadFileName, "%q must lie in the folder of its country", file).
				WithHint("such as content/provinces/cambodia/kampot.ko.md")
			return nil, "", "", &x
		}
		return kind, middle[0] + "/" + slug, lang, nil
	}
	if len(middle) > 1 {
		x := fail(diag.BadFileName, "folder %q is too deep", path.Join(middle...)).
			WithHint("one folder, such as the year, may stand below %s/", kind.ID)
		return nil, "", "", &x
	}
	return kind, slug, lang, nil
}

// cutName cuts SLUG.LANG.md.
func cutName(name string) (slug, lang string, ok bool) {
	slug, rest, _ := strings.Cut(name, ".")
	lang, ok = strings.CutSuffix(rest, ".md")
	if ok = ok && isSlug(slug) && tagPattern.MatchString(lang); !ok {
		return "", "", false
	}
	return slug, strings.ToLower(lang), true
}

func kindFolders() string {
	var s []string
	for _, k := range Kinds {
		s = append(s, "content/"+k.ID+"/")
	}
	return strings.Join(s, ", ")
}
