package markup

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// address is what an address turned out to be. Exactly one of fault and href
// is set; a fault says why the address is refused and what is allowed.
type address struct {
	href     string
	internal bool
	plain    bool // http without encryption
	fault    string
	hint     string
}

const allowed = `https, mailto, tel, or an address of this site such as "/help/", "#heading" or "KH-18"`

var (
	placeCode = regexp.MustCompile(`^[A-Z]{2}(-[A-Z0-9]{1,3})?(/[a-z0-9-]+)?(#.+)?$`)
	hostName  = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*\.?(:[0-9]{1,5})?$`)
	mailto    = regexp.MustCompile(`^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(\?[A-Za-z0-9.,%&=+_-]*)?$`)
	telephone = regexp.MustCompile(`^\+?[0-9][0-9.()-]*(;ext=[0-9]+)?$`)
	mediaFile = regexp.MustCompile(`^/media/([a-z0-9_-]+/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\.(png|jpg|jpeg|webp)$`)
	percent   = regexp.MustCompile(`%([^0-9A-Fa-f]|.[^0-9A-Fa-f]|.?$)`)
)

// readAddress judges an address in which Markdown escapes and character
// references are resolved, so that it judges what a browser would see.
func readAddress(dest string) address {
	if dest == "" {
		return refused("link has no address", "write the address in the round brackets")
	}
	if !utf8.ValidString(dest) {
		return refused("address is not UTF-8 text", "write non-ASCII letters themselves or as %XX")
	}
	if i := strings.IndexFunc(dest, forbidden); i >= 0 {
		r, _ := utf8.DecodeRuneInString(dest[i:])
		return address{
			fault: "address " + quote(dest) + " holds " + quoteRune(r) + ", which no address may hold",
			hint:  "remove it, or write a space as %20",
		}
	}
	if strings.IndexByte(dest, '%') >= 0 && percent.MatchString(dest) {
		return refused("address "+quote(dest)+" has % without two hexadecimal digits", "write % as %25")
	}
	if name := schemeOf(dest); name != "" {
		return withScheme(dest, strings.ToLower(name), dest[len(name)+1:])
	}
	return ownAddress(dest)
}

// schemeOf gives the scheme that an address names, or nothing.
func schemeOf(dest string) string {
	for i := range len(dest) {
		switch c := dest[i]; {
		case c|0x20 >= 'a' && c|0x20 <= 'z':
		case i > 0 && c == ':':
			return dest[:i]
		case i > 0 && (c >= '0' && c <= '9' || c == '+' || c == '.' || c == '-'):
		default:
			return ""
		}
	}
	return ""
}

// forbidden reports characters by which an address can be disguised: browsers
// drop or replace white space, controls and backslashes.
func forbidden(r rune) bool {
	if r < utf8.RuneSelf && kinds[r] == ordinary { // the commonest case first
		return strings.IndexByte("\\\"`{}|^", byte(r)) >= 0
	}
	return strings.ContainsRune("\\<>\"`{}|^", r) || unicode.IsSpace(r) || unicode.IsControl(r) ||
		hidden(r) || r == '\u00ad' || r == utf8.RuneError || unicode.Is(unicode.Co, r)
}

// withScheme judges an address that names a scheme.
func withScheme(dest, name, rest string) address {
	switch name {
	case "https", "http":
		return web(dest, name, rest)
	case "mailto":
		if mailto.MatchString(rest) {
			return address{href: "mailto:" + rest}
		}
		return refused(quote(dest)+" is not one e-mail address", "write mailto:NAME@HOST")
	case "tel":
		if telephone.MatchString(rest) {
			return address{href: "tel:" + rest}
		}
		return refused(quote(dest)+" is not a telephone number", "write the number as tel:+82-2-3210-0404")
	}
	return refused("scheme "+quote(name)+" is not allowed; allowed are "+allowed, "")
}

// web judges an https or http address. The host must be what it looks like.
func web(dest, name, rest string) address {
	after, ok := strings.CutPrefix(rest, "//")
	host, tail := after, ""
	if i := strings.IndexAny(after, "/?#"); i >= 0 {
		host, tail = after[:i], after[i:]
	}
	switch {
	case !ok || host == "":
		return refused(quote(dest)+" names no host", "write "+name+"://HOST/")
	case strings.Contains(host, "@"):
		return refused(quote(dest)+" hides its host behind a user name", "remove everything up to the @")
	case strings.ContainsFunc(host, func(r rune) bool { return r > unicode.MaxASCII }):
		return refused("host "+quote(host)+" holds letters that can pass for others", "write the host in its xn-- form")
	case !isHost(host):
		return refused("host "+quote(host)+" is not a host name", "")
	}
	return address{href: name + "://" + strings.ToLower(host) + escapeNonASCII(tail), plain: name == "http"}
}

// isHost reports whether a host looks like one. The form that most have needs no
// regular expression.
func isHost(host string) bool {
	last := byte('.')
	for i := range len(host) {
		c := host[i]
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
		case c == '.' && last != '.':
		default:
			return hostName.MatchString(host)
		}
		last = c
	}
	return last != '.' || hostName.MatchString(host)
}

// ownAddress judges an address without a scheme: it must be of this site.
func ownAddress(dest string) address {
	path, _, _ := strings.Cut(dest, "#")
	path, _, _ = strings.Cut(path, "?")
	switch {
	case strings.HasPrefix(dest, "//"):
		return refused(quote(dest)+" leads to another site without a scheme; allowed are "+allowed, "write https: before it")
	case strings.HasPrefix(dest, "#") && len(dest) > 1, dest[0] != '/' && placeCode.MatchString(dest):
	case !strings.HasPrefix(dest, "/"):
		return refused("address "+quote(dest)+" is not allowed; allowed are "+allowed,
			"write a page as /advisories/SLUG, without the file name; another site with https://")
	case strings.Contains(path, "//"), hasDots(path):
		return refused("address "+quote(dest)+` has "//" or dots as a step; an address of this site begins at its root`, "write it as /advisories/SLUG")
	}
	return address{href: escapeNonASCII(dest), internal: true}
}

// hasDots reports a step of the path that goes nowhere or up.
func hasDots(path string) bool {
	if !strings.ContainsAny(path, ".%\\\x00") {
		return false
	}
	plain, err := url.PathUnescape(path)
	if err != nil {
		return true
	}
	for step := range strings.SplitSeq(plain, "/") {
		if step == "." || step == ".." || strings.ContainsAny(step, "\\\x00") {
			return true
		}
	}
	return false
}

// readImage judges the address of an image: readers' browsers must ask no other
// site for anything.
func readImage(dest string) address {
	if mediaFile.MatchString(dest) {
		return address{href: dest, internal: true}
	}
	return refused("image "+quote(dest)+" is not a file of this site; allowed is /media/NAME.png, .jpg or .webp",
		"put the picture into the media folder")
}

func refused(fault, hint string) address { return address{fault: fault, hint: hint} }

// quote quotes a value for a message, so that nothing in it stays hidden.
func quote(s string) string { return quoteASCII(clip(s)) }

// escapeNonASCII writes every byte beyond ASCII as %XX.
func escapeNonASCII(s string) string {
	const hex = "0123456789ABCDEF"
	if strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf {
			b.WriteString("%" + hex[c>>4:c>>4+1] + hex[c&15:c&15+1])
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
