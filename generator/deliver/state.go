package deliver

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"bongsu/generator/proof"
)

const stateKey = private + "state.json"

// state is what is known of the store.
type state struct {
	Format   int                  `json:"format"`
	Complete bool                 `json:"complete"` // false: a run is under way, or was killed
	AsOf     time.Time            `json:"as_of"`    // of the newest site that was begun
	Changes  int                  `json:"changes"`
	Files    map[string]mark      `json:"files"`   // everything that we put there, or began to
	Retired  map[string]time.Time `json:"retired"` // assets that stay for a while, and since when they are not needed
	Pending  Changes              `json:"pending"` // what After was not told yet
}

// mark sums up a file as it lies in the store: the SHA-256 of its bytes before
// packing, a colon, and a sum of its headers. Either part is empty where it is
// not known.
type mark string

func (f file) mark() mark { return mark(f.SHA256 + ":" + f.headers.sum()) }

func (m mark) headers() string {
	_, h, _ := strings.Cut(string(m), ":")
	return h
}

func (h Headers) sum() string {
	s := sha256.Sum256([]byte(h.ContentType + "\n" + h.CacheControl + "\n" + h.ContentEncoding))
	return hex.EncodeToString(s[:4])
}

func newState() *state {
	return &state{Format: 1, Complete: true, Files: map[string]mark{}, Retired: map[string]time.Time{}}
}

// readState reads what is known. Where the state is gone, the files of the
// published manifest are known to be ours, but not how they lie there.
func readState(ctx context.Context, store Store) (*state, *proof.Manifest, error) {
	var live *proof.Manifest
	switch data, _, err := store.Get(ctx, proof.Name); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, nil, err
	default:
		live, _ = proof.Decode(data) // a spoilt one is written anew
	}
	s := newState()
	data, _, err := store.Get(ctx, stateKey)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if live != nil {
			s.AsOf, s.Changes = live.AsOf, live.Changes
			for _, f := range live.Files {
				s.Files[f.Path] = ":"
			}
		}
		return s, live, nil
	case err != nil:
		return nil, nil, err
	}
	if err := json.Unmarshal(data, s); err != nil || s.Format != 1 {
		return nil, nil, fmt.Errorf("%s in the store cannot be read by this program (%v): a newer program wrote it, or it is spoilt; in that case delete it", stateKey, err)
	}
	if s.Files == nil {
		s.Files = map[string]mark{}
	}
	if s.Retired == nil {
		s.Retired = map[string]time.Time{}
	}
	return s, live, nil
}

func (s *state) write(ctx context.Context, store Store) error {
	data, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return store.Put(ctx, stateKey, data, Headers{ContentType: "application/json", CacheControl: "no-store"}, false)
}

// join adds later changes to earlier ones that were not told yet.
func (c Changes) join(later Changes) Changes {
	is := map[string]byte{}
	set := func(list []string, what byte) {
		for _, p := range list {
			switch before := is[p]; {
			case before == 'a' && what == 'c':
			case before == 'd' && what == 'a':
				is[p] = 'c'
			default:
				is[p] = what
			}
		}
	}
	for _, part := range []Changes{c, later} {
		set(part.Added, 'a')
		set(part.Changed, 'c')
		set(part.Deleted, 'd')
	}
	var out Changes
	for p, what := range is {
		switch what {
		case 'a':
			out.Added = append(out.Added, p)
		case 'c':
			out.Changed = append(out.Changed, p)
		case 'd':
			out.Deleted = append(out.Deleted, p)
		}
	}
	slices.Sort(out.Added)
	slices.Sort(out.Changed)
	slices.Sort(out.Deleted)
	return out
}
