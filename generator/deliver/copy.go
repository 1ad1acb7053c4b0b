package deliver

import (
	"context"
	"strings"

	"bongsu/generator/pack"
	"bongsu/generator/proof"
)

// Copy gives what lies in the store as a copy of a site to be verified. Assets
// of earlier builds that stay for a while are not named.
func Copy(ctx context.Context, store Store) (proof.Copy, error) {
	store = retrying{store}
	s, _, err := readState(ctx, store)
	if err != nil {
		return proof.Copy{}, err
	}
	return proof.Copy{
		Workers: 16,
		Read: func(ctx context.Context, path string, limit int64) ([]byte, error) {
			data, h, err := store.Get(ctx, path)
			if err != nil {
				return nil, err
			}
			for _, f := range pack.Formats() {
				if h.ContentEncoding == f.Encoding && !strings.HasSuffix(path, f.Suffix) {
					if plain, err := f.Unpack(data, limit); err == nil {
						return plain, nil
					}
				}
			}
			return data[:min(int64(len(data)), limit)], nil
		},
		List: func(ctx context.Context) ([]string, error) {
			objects, err := store.List(ctx, "")
			var out []string
			for _, o := range objects {
				if _, kept := s.Retired[o.Key]; !kept && !strings.HasPrefix(o.Key, private) {
					out = append(out, o.Key)
				}
			}
			return out, err
		},
	}, nil
}
