package stash

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

type inner struct {
	Name string
	List []string
	Deep *inner
	Map  map[string]inner
}

type outer struct {
	Shared
	N    int
	Yes  bool
	At   time.Time
	None []int
	Zero []int
	Many []inner
}

type Shared struct{ ID string }

func codec(t *testing.T) *Codec[outer] {
	t.Helper()
	c, err := NewCodec[outer](HookFor(
		func(w *Writer, at *time.Time) { w.Int(at.UnixNano()) },
		func(r *Reader, at *time.Time) { *at = time.Unix(0, r.Int()).UTC() }))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var sample = outer{
	Shared{"가"}, -7, true, time.Unix(12, 34).UTC(), nil, []int{},
	[]inner{{Name: "a", List: []string{"", "x\x00"}}, {Deep: &inner{Name: "b", Map: map[string]inner{"k": {Name: "c"}, "": {}}}}},
}

// TestRoundTrip: what was written is read again, the difference between no list
// and an empty one included.
func TestRoundTrip(t *testing.T) {
	c := codec(t)
	var w Writer
	c.Write(&w, &sample)
	var got outer
	r := NewReader(string(w.Bytes), "")
	c.Read(r, &got)
	if diff := cmp.Diff(sample, got); diff != "" || !r.Good() || r.Rest() != 0 {
		t.Errorf("%t, %d bytes left, %s", r.Good(), r.Rest(), diff)
	}
}

// TestRepeated: a text that many values repeat takes a byte.
func TestRepeated(t *testing.T) {
	w := Writer{Common: "content/advisories/a.md"}
	w.Repeated("content/advisories/a.md")
	w.Repeated("b")
	if len(w.Bytes) != 1+3 {
		t.Errorf("%d bytes", len(w.Bytes))
	}
	r := NewReader(string(w.Bytes), w.Common)
	if a, b := r.Repeated(), r.Repeated(); a != w.Common || b != "b" || !r.Good() {
		t.Error(a, b)
	}
}

// TestRefused: a type of which a part could be lost is refused, by name.
func TestRefused(t *testing.T) {
	for want, err := range map[string]error{
		"hidden":   newErr[struct{ hidden int }](),
		"func()":   newErr[struct{ F []func() }](),
		"any":      newErr[map[string]any](),
		"map[int]": newErr[map[int]string](),
	} {
		if err == nil || !strings.Contains(strings.ReplaceAll(err.Error(), "interface {}", "any"), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

func newErr[T any]() error {
	_, err := NewCodec[T]()
	return err
}

// TestDamaged: of damaged bytes nothing is read beyond their end, and what is
// sealed is known to be damaged.
func TestDamaged(t *testing.T) {
	c := codec(t)
	var w Writer
	c.Write(&w, &sample)
	whole := bytes.Clone(w.Bytes)
	w.Seal()
	if s, ok := Open(string(w.Bytes)); !ok || s != string(whole) {
		t.Fatal("a good seal is refused")
	}
	for n := range whole {
		r := NewReader(string(whole[:n]), "")
		var got outer
		if c.Read(r, &got); r.Good() {
			t.Errorf("%d of %d bytes are taken for all", n, len(whole))
		}
	}
	rng := rand.New(rand.NewPCG(1, 1))
	for range 2000 {
		bad := bytes.Clone(w.Bytes)
		bad[rng.IntN(len(bad))] ^= byte(1 + rng.IntN(255))
		if _, ok := Open(string(bad)); ok {
			t.Fatal("a damaged seal is taken for good")
		}
		var got outer
		c.Read(NewReader(string(bad), ""), &got) // must come to an end
	}
	if _, ok := Open("abc"); ok {
		t.Error("three bytes are taken for a seal")
	}
}
