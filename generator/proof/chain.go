package proof

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
)

// Chain is a log of changes whose lines were checked.
type Chain struct {
	Head  string // sum of the newest line; of an empty log: 64 zeros
	Lines int
	sums  map[string]bool
}

// Holds reports whether the log holds a line with the sum, or the sum is the
// one before the first line.
func (c *Chain) Holds(sum string) bool { return c.sums[sum] }

// ParseChain checks that each line of a log of changes carries the sum of the
// line before it, and the next number.
func ParseChain(data []byte) (*Chain, error) {
	c := &Chain{Head: strings.Repeat("0", 64), sums: map[string]bool{}}
	c.sums[c.Head] = true
	for len(data) > 0 {
		text, rest, ended := bytes.Cut(data, []byte("\n"))
		data = rest
		var line struct {
			Seq      int    `json:"seq"`
			Previous string `json:"previous"`
		}
		at := c.Lines + 1
		if err := json.Unmarshal(text, &line); err != nil || !ended {
			return nil, fmt.Errorf("line %d of the log of changes is not whole", at)
		}
		if line.Previous != c.Head || line.Seq != at {
			return nil, fmt.Errorf("the chain of the log of changes breaks at line %d: what stands before it was changed", at)
		}
		sum := sha256.Sum256(text)
		c.Head, c.Lines = hex.EncodeToString(sum[:]), at
		c.sums[c.Head] = true
	}
	return c, nil
}
