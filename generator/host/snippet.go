package host

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"bongsu/generator/site"
)

// Options are what a snippet must know of the machine.
type Options struct {
	Root   string // folder that holds the site, below the path of its address; empty: /srv/bongsu/public
	Listen string // nginx: address and port; empty: 80
	Packed bool   // the site holds packed copies of its files, .gz and .br
}

func (o Options) root() string { return cmp.Or(o.Root, "/srv/bongsu/public") }

// Nginx gives a configuration for the http context of nginx. Headers are set
// once, in the server, by maps: a location that set one of its own would lose
// all the others.
func Nginx(s *site.Site, o Options) string {
	var b strings.Builder
	prefix := s.Links.Prefix
	fmt.Fprintf(&b, "# A site of Bongsu for nginx. Put it into /etc/nginx/conf.d/, which stands in http {}.\n")
	if prefix != "/" {
		fmt.Fprintf(&b, "# The site stands below %s: root must hold it in the folder of that name.\n", prefix)
	}
	b.WriteString("\nmap $uri $bongsu_cache {\n")
	fmt.Fprintf(&b, "    default %q;\n", pageCache)
	for _, p := range places {
		fmt.Fprintf(&b, "    %q %q;\n", "~^"+pattern(s, p), p.cache)
	}
	b.WriteString("}\n\nmap $uri $bongsu_shared {\n    default \"\";\n")
	for _, p := range places {
		if p.shared {
			fmt.Fprintf(&b, "    %q \"*\";\n", "~^"+pattern(s, p))
		}
	}
	b.WriteString("}\n\nserver {\n")
	fmt.Fprintf(&b, "    listen %s;\n    server_name %s;\n    root %s;\n", cmp.Or(o.Listen, "80"), hostname(s), o.root())
	b.WriteString("    index index.html;\n    charset utf-8;\n    gzip on;\n    gzip_vary on;\n")
	if o.Packed {
		b.WriteString("    gzip_static on;\n    brotli_static on; # the module of that name; on Debian libnginx-mod-http-brotli-static\n")
	}
	b.WriteString("    gzip_types " + strings.Join(packed(), " ") + ";\n")
	b.WriteString("    charset_types " + strings.Join(texts(), " ") + ";\n")
	b.WriteString("    default_type application/octet-stream;\n    types {\n")
	for _, k := range kinds {
		fmt.Fprintf(&b, "        %s %s;\n", bare(k.media), k.ext[1:])
	}
	b.WriteString("    }\n\n")
	for _, h := range Security {
		fmt.Fprintf(&b, "    add_header %s %q always;\n", h.Name, h.Value)
	}
	b.WriteString("    add_header Cache-Control $bongsu_cache;\n    add_header Access-Control-Allow-Origin $bongsu_shared always;\n\n")
	fmt.Fprintf(&b, "    error_page 404 %s404.html;\n", prefix)
	fmt.Fprintf(&b, "    location ~ /\\. { return 404; }\n    location ~ ^%s_(headers|redirects)$ { return 404; }\n", regexp.QuoteMeta(prefix))
	for _, f := range specials() {
		at := strings.ReplaceAll(regexp.QuoteMeta(prefix+f.path), `\*`, "[^/]*")
		fmt.Fprintf(&b, "    location ~ ^%s$ { types {} default_type %s; }\n", at, bare(f.media))
	}
	for _, m := range moves(s) {
		fmt.Fprintf(&b, "    location = %s { return 301 %s; }\n", m.from, m.to)
	}
	for _, p := range places {
		if p.ext != "" {
			fmt.Fprintf(&b, "    location ~ ^%s.*%s$ { types {} default_type %s; }\n", pattern(s, p), regexp.QuoteMeta(p.ext), p.media)
		}
	}
	fmt.Fprintf(&b, "    location %s { try_files $uri $uri/index.html%s =404; }\n}\n", prefix, clean(s, " $uri.html"))
	return b.String()
}

// Caddy gives a Caddyfile.
func Caddy(s *site.Site, o Options) string {
	var b strings.Builder
	prefix := s.Links.Prefix
	fmt.Fprintf(&b, "# A site of Bongsu for Caddy.\n")
	if prefix != "/" {
		fmt.Fprintf(&b, "# The site stands below %s: root must hold it in the folder of that name.\n", prefix)
	}
	fmt.Fprintf(&b, "%s {\n\troot * %s\n\tencode gzip\n", cmp.Or(o.Listen, hostname(s)), o.root())
	b.WriteString("\theader {\n")
	for _, h := range Security {
		fmt.Fprintf(&b, "\t\t%s %q\n", h.Name, h.Value)
	}
	b.WriteString("\t}\n")
	var all []string
	for i, p := range places {
		name := fmt.Sprintf("@place%d", i+1)
		var at []string
		for _, x := range p.in(s) {
			at = append(at, prefix+x+"*")
		}
		all = append(all, at...)
		fmt.Fprintf(&b, "\t%s path %s\n\theader %s Cache-Control %q\n", name, strings.Join(at, " "), name, p.cache)
		if p.shared {
			fmt.Fprintf(&b, "\theader %s Access-Control-Allow-Origin *\n", name)
		}
	}
	fmt.Fprintf(&b, "\t@pages not path %s\n\theader @pages Cache-Control %q\n", strings.Join(all, " "), pageCache)
	b.WriteString("\troute { # in this order: the last that fits gives the type\n")
	typed := func(name, matcher, media string) {
		fmt.Fprintf(&b, "\t\t@%s %s\n\t\theader @%[1]s Content-Type %[3]q\n", name, matcher, media)
	}
	for _, k := range kinds {
		typed("type_"+k.ext[1:], "path *"+k.ext, k.media)
	}
	for i, p := range places {
		if p.ext != "" {
			typed(fmt.Sprintf("own%d", i+1), fmt.Sprintf("path_regexp ^%s.*%s$", pattern(s, p), regexp.QuoteMeta(p.ext)), p.media)
		}
	}
	for i, f := range specials() {
		typed(fmt.Sprintf("special%d", i+1), "path "+prefix+f.path, f.media)
	}
	b.WriteString("\t}\n")
	for _, m := range moves(s) {
		fmt.Fprintf(&b, "\tredir %s %s 301\n", m.from, m.to)
	}
	fmt.Fprintf(&b, "\t@hidden path */.* %s_headers %s_redirects\n\terror @hidden 404\n", prefix, prefix)
	if c := clean(s, "{path}.html"); c != "" {
		fmt.Fprintf(&b, "\ttry_files {path} {path}/ %s\n", c)
	}
	files := "file_server"
	if o.Packed {
		files = "file_server {\n\t\tprecompressed br gzip\n\t}"
	}
	fmt.Fprintf(&b, "\t%s\n\thandle_errors {\n\t\trewrite * %s404.html\n\t\tfile_server\n\t}\n}\n", files, prefix)
	return b.String()
}

// pattern writes the addresses of a place as a regular expression, without the
// mark of the beginning.
func pattern(s *site.Site, p place) string {
	at := p.in(s)
	rest := strings.TrimPrefix(p.path, "{lang}")
	if len(at) == 1 {
		return regexp.QuoteMeta(s.Links.Prefix + at[0])
	}
	return regexp.QuoteMeta(s.Links.Prefix) + "(" + strings.Join(s.Langs(), "|") + ")" + regexp.QuoteMeta(rest)
}

// clean gives a text where addresses of pages have no ending.
func clean(s *site.Site, text string) string {
	if s.Links.Clean {
		return text
	}
	return ""
}

func hostname(s *site.Site) string {
	u, err := url.Parse(s.Config.BaseURL)
	if err != nil {
		return "localhost"
	}
	return u.Hostname()
}

// texts lists the types that carry their encoding; nginx adds text/html by
// itself.
func texts() []string {
	var out []string
	for _, k := range kinds {
		if t := bare(k.media); t != k.media && t != "text/html" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// packed lists the types that are worth packing.
func packed() []string {
	var out []string
	for _, k := range kinds {
		t := bare(k.media)
		if t != "text/html" && packable(t) {
			out = append(out, t)
		}
	}
	for _, p := range places {
		if p.media != "" {
			out = append(out, p.media)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
