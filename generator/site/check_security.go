package site

import "bongsu/generator/diag"

// securityDays is how many days before its end a security contact is warned of.
const securityDays = 30

// security warns before security.txt goes out of date (RFC 9116 section 2.5.5).
func (c *checker) security() {
	s := c.site.Config.Security
	if s == nil || !s.Expires.Set() || c.site.Now.AddDate(0, 0, securityDays).Before(s.Expires.Time) {
		return
	}
	c.report(diag.SecurityExpires.At(s.Expires.Pos, "the security contact expires on %s", stamp(s.Expires)).
		Wide(s.Expires.Width).WithHint("check that the contact still works, then write a day less than a year ahead"))
}
