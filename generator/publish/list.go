package publish

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"os"
	"slices"
)

// Listed is a file that the list of an output folder names: its path, size in
// bytes, and SHA-256 in hex.
type Listed struct {
	Path   string
	Size   int64
	SHA256 string
}

// List reads the list of an output folder, sorted by path. It tells what was
// written there, not what lies there now: compare the sums.
func List(root *os.Root) ([]Listed, error) {
	data, err := root.ReadFile(Manifest)
	if err != nil {
		return nil, fmt.Errorf("publish: read the manifest in %s: %w", root.Name(), err)
	}
	lines, err := decodeManifest(data)
	if err != nil {
		return nil, fmt.Errorf("publish: %s in %s: %w", Manifest, root.Name(), err)
	}
	out := make([]Listed, 0, len(lines))
	for _, l := range lines {
		out = append(out, Listed{l.path, l.size, hex.EncodeToString(l.sum[:])})
	}
	slices.SortFunc(out, func(a, b Listed) int { return cmp.Compare(a.Path, b.Path) })
	return out, nil
}
