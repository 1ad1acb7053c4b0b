package render

import (
	"fmt"
	"strings"
	"time"
)

// securityFiles makes security.txt (RFC 9116) where the site names a contact.
func securityFiles(b *builder) []File {
	s := b.site.Config.Security
	if s == nil {
		return nil
	}
	const path = ".well-known/security.txt"
	text := fmt.Sprintf("Contact: %s\nExpires: %s\nPreferred-Languages: %s\nCanonical: %s\n",
		s.Contact, s.Expires.UTC().Format(time.RFC3339), strings.Join(b.site.Langs(), ", "), b.site.Links.Abs(b.site.Links.Root(path)))
	return []File{fixed(path, b.site.Start(), text)}
}
