package build

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"
	"sync/atomic"

	"bongsu/generator/model"
	"bongsu/generator/search"
	"bongsu/generator/stash"
)

// memos are the memos of earlier runs, and what all of them depend on.
type memos struct {
	salt  string // see parser.fingerprint
	files map[string]memo
	words io.ReaderAt
	terms int    // how many terms of search were restored
	size  int    // bytes that were restored
	dead  int    // of these, bytes in whose place later ones stand
	mark  string // names what was restored
}

// lengthSize is the length of the number of bytes before what one run left.
const lengthSize = 8

// RestoreFrom is Restore of what read gives, while the Builder does other
// things; wait returns once it was read.
func (b *Builder) RestoreFrom(program string, read func() (data string, words io.ReaderAt)) (wait func()) {
	done := make(chan struct{})
	b.restored = func() { <-done }
	go func() {
		defer close(done)
		data, words := read()
		b.Restore(data, program, words)
	}()
	return b.restored
}

// Restore gives the Builder what Keep wrote in earlier runs of the same program,
// which names itself, one after the other; words is what went onto the shelf.
// What is damaged, cut off or from another program is left out. It must be
// called before the first Build.
func (b *Builder) Restore(data, program string, words io.ReaderAt) {
	b.kept = memos{files: map[string]memo{}, words: words}
	for len(data) >= lengthSize {
		n := binary.LittleEndian.Uint64([]byte(data[:lengthSize]))
		data = data[lengthSize:]
		if n > uint64(len(data)) {
			return
		}
		part := data[:n]
		sealed, ok := stash.Open(part)
		if !ok || !b.kept.add(sealed, program, b.search) {
			return
		}
		b.kept.size += lengthSize + len(part)
		b.kept.mark = markOf(b.kept.mark, part)
		data = data[n:]
	}
}

// markOf names what runs left by the ends of the parts, which are sums of them.
func markOf[T string | []byte](before string, part T) string {
	h := sha256.Sum256(fmt.Appendf(nil, "%s %x %d", before, part[len(part)-4:], len(part)))
	return hex.EncodeToString(h[:12])
}

// add takes in what one run left; false where it is of no use.
func (m *memos) add(sealed, program string, terms *search.Memory) bool {
	r := stash.NewReader(sealed, "")
	if r.String() != program {
		return false
	}
	salt := r.String()
	if m.mark != "" && m.salt != salt {
		return false
	}
	m.salt = salt
	terms.ReadTerms(r)
	m.terms = terms.Count()
	n := r.Len()
	if len(m.files) == 0 {
		m.files = make(map[string]memo, n)
	}
	for range n {
		name := r.String()
		var x memo
		x.size, x.time, x.settled = r.Int(), r.Int(), r.Bool()
		copy(x.sum[:], r.Raw(len(x.sum)))
		copy(x.front[:], r.Raw(len(x.front)))
		x.data = r.String()
		if !r.Good() {
			return false
		}
		m.dead += len(m.files[name].data)
		m.files[name] = x
	}
	return r.Good()
}

// remembered gives a function that looks for what a file became in an earlier
// run, if what is known of the file then is good enough.
func (b *Builder) remembered(again func(name string) (html, text string)) (func(name string, enough func(memo) bool) (parsed, bool), error) {
	s := &shelf{in: b.kept.words, again: again}
	codec, err := newCodec(b.zone, s)
	b.before = func(name string) (parsed, bool) {
		if b.kept.salt != b.salt {
			return parsed{}, false
		}
		return b.kept.files[name].recall(codec, s, name, b.search)
	}
	return func(name string, enough func(memo) bool) (parsed, bool) {
		m, known := b.kept.files[name]
		if !known || b.kept.salt != b.salt || !enough(m) {
			return parsed{}, false
		}
		p, ok := m.recall(codec, s, name, b.search)
		p.stamp, p.salt = m.stamp, b.salt
		return p, ok
	}, err
}

// recall gives what a file became in an earlier run.
func (m memo) recall(codec *stash.Codec[kept], s *shelf, name string, terms *search.Memory) (parsed, bool) {
	if m.data == "" {
		return parsed{}, false
	}
	var k kept
	r := stash.NewReader(m.data, name)
	codec.Read(r, &k)
	list := place(r)
	if !r.Good() || r.Rest() > 0 {
		return parsed{}, false
	}
	if k.Doc != nil && list.size > 0 {
		terms.Restore(k.Doc, func(room []byte) []byte { return s.take(list, room) })
	}
	return parsed{sum: m.sum, front: m.front, doc: k.Doc, old: k.Old}, true
}

// Keeping is what a Builder has to leave for later runs.
type Keeping struct {
	Whole bool // in the place of what was restored; else after its first Size bytes
	Size  int64
	Mark  string // names what is left; set by Write where there is anything to write
	Empty bool   // what was restored still says everything

	b       *Builder
	program string
	names   []string
}

// Keep finds out what is to be left after a build; with whole, all of it.
func (b *Builder) Keep(program string, whole bool) *Keeping {
	b.ahead.Wait()
	k := &Keeping{Size: int64(b.kept.size), Mark: b.kept.mark, b: b, program: program}
	k.Whole = whole || b.kept.mark == "" || b.kept.salt != b.salt || 2*b.kept.dead > b.kept.size
	for _, e := range b.entries {
		p, ok := b.parsed[e.Path]
		if !ok {
			continue
		}
		if m, known := b.kept.files[e.Path]; k.Whole || !known || m.sum != p.sum || m.stamp != p.stamp {
			k.names = append(k.names, e.Path)
		}
	}
	k.Empty = len(k.names) == 0 && !k.Whole
	return k
}

// Write gives the bytes to be left, and puts words onto the shelf, which has
// that many bytes already. It fails where words of a body could not be had. It is done on every processor: each makes a part.
func (k *Keeping) Write(words io.WriterAt, shelved int64) ([]byte, error) {
	var next atomic.Int64
	next.Store(shelved)
	n := min(runtime.GOMAXPROCS(0), max(1, len(k.names)/64))
	parts, failed := make([][]byte, n), make([]error, n)
	var wait sync.WaitGroup
	for i := range n {
		names := k.names[i*len(k.names)/n : (i+1)*len(k.names)/n]
		room := len(names)
		if i == 0 {
			room = len(k.names)
		}
		wait.Go(func() { parts[i], failed[i] = k.part(names, i == 0, room*keptSize, &shelf{out: words, next: &next}) })
	}
	wait.Wait()
	if err := errors.Join(failed...); err != nil {
		return nil, err
	}
	if err := k.b.lost.Load(); err != nil { // what was written of that body is not its words
		return nil, *err
	}
	if k.Whole {
		k.Mark = ""
	}
	for _, p := range parts {
		k.Mark = markOf(k.Mark, p[lengthSize:])
	}
	all := parts[0] // which has room for the others
	for _, p := range parts[1:] {
		all = append(all, p...)
	}
	return all, nil
}

// keptSize is more than what most files leave, in bytes.
const keptSize = 768

// part makes the part of some files, in a buffer of some room; the first one has
// the terms of search.
func (k *Keeping) part(names []string, first bool, room int, s *shelf) ([]byte, error) {
	codec, err := newCodec(k.b.zone, s)
	if err != nil {
		return nil, err
	}
	w := stash.Writer{Bytes: make([]byte, lengthSize, lengthSize+room)}
	w.String(k.program)
	w.String(k.b.salt)
	switch {
	case !first:
		k.b.search.WriteTerms(&w, k.b.search.Count())
	case k.Whole:
		k.b.search.WriteTerms(&w, 0)
	default:
		k.b.search.WriteTerms(&w, k.b.kept.terms)
	}
	w.Len(len(names))
	own := stash.Writer{}
	for _, name := range names {
		k.b.parsed[name].keep(&w, &own, codec, s, name, k.b.search)
	}
	part := stash.Writer{Bytes: w.Bytes[lengthSize:]}
	part.Seal()
	binary.LittleEndian.PutUint64(w.Bytes, uint64(len(part.Bytes)))
	return append(w.Bytes[:lengthSize], part.Bytes...), s.flush()
}

// keep writes what a file became. Its text is left out: what asks for it reads
// the file. own is room to work in.
func (p parsed) keep(w, own *stash.Writer, codec *stash.Codec[kept], s *shelf, name string, terms *search.Memory) {
	w.String(name)
	w.Int(p.size)
	w.Int(p.time)
	w.Bool(p.settled)
	w.Bytes = append(w.Bytes, p.sum[:]...)
	w.Bytes = append(w.Bytes, p.front[:]...)
	*own = stash.Writer{Common: name, Bytes: own.Bytes[:0]}
	if len(p.diags) == 0 {
		k := kept{Doc: textless(p.doc), Old: p.old}
		if k.Old != nil && textless(k.Old.Doc) != k.Old.Doc {
			old := *k.Old
			old.Doc, k.Old = textless(old.Doc), &old
		}
		codec.Write(own, &k)
		s.terms = terms.Pack(s.terms[:0], p.doc)
		put(s, own, s.terms)
	}
	if own.Unfit {
		own.Bytes = own.Bytes[:0]
	}
	w.Raw(own.Bytes)
}

// textless gives a Doc without its text: itself where it has none.
func textless(d *model.Doc) *model.Doc {
	if d == nil || d.Text == "" {
		return d
	}
	c := *d
	c.Text = ""
	return &c
}
