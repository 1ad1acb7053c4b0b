package desk

import (
	"fmt"
	"reflect"
	"slices"
	"time"

	"bongsu/generator/source"
)

// Withdraw adds the field "withdrawn" at the end of the front matter of a
// Markdown file and keeps every other byte. A translation carries the reason
// alone: its at is zero.
func Withdraw(path string, data []byte, at time.Time, reason string) ([]byte, error) {
	before, err := parse(path, data)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(before.Matter.Pairs, func(p source.Pair) bool { return p.Key == "withdrawn" }) {
		return nil, fmt.Errorf("%s is withdrawn already", path)
	}
	value, want := "{reason: "+quote(reason)+"}", map[string]any{"reason": reason}
	if !at.IsZero() {
		stamp := at.Format("2006-01-02T15:04Z07:00")
		value, want["at"] = "{at: "+stamp+", reason: "+quote(reason)+"}", stamp
	}
	lines, eol := splitLines(data)
	out := splice(lines, before.BodyLine-2, "withdrawn: "+value+eol)
	after, err := parse(path, out)
	if err != nil {
		return nil, fmt.Errorf("%w; add \"withdrawn: %s\" by hand", err, value)
	}
	was, is := plainly(before.Matter), plainly(after.Matter)
	was["withdrawn"] = want
	if before.Body != after.Body || !reflect.DeepEqual(was, is) {
		return nil, fmt.Errorf("%s has an unusual form; add \"withdrawn: %s\" by hand", path, value)
	}
	return out, nil
}
