package publish

import (
	"fmt"
	"os"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// detail is how much of a folder's entries is wanted.
type detail int

const (
	fully  detail = iota
	byList        // names, types and identities will do
)

// walk shows all that is below a folder to see, which is called by goroutines
// at once; the path is good until it returns.
func walk(root *os.Root, want detail, see func(p []byte, e entry)) error {
	var g errgroup.Group
	room := make(chan struct{}, 2*runtime.GOMAXPROCS(0)) // folders that are open
	known := places{}
	if want == byList {
		known = trusted(root)
	}
	var list func(folder string) error
	list = func(folder string) error {
		room <- struct{}{}
		var path []byte
		if folder != "." {
			path = append(append(path, folder...), '/')
		}
		base := len(path)
		err := readFolder(root, folder, known, func(name string, e entry) {
			path = append(path[:base], name...)
			see(path, e)
			if e.mode.IsDir() {
				below := string(path)
				g.Go(func() error { return list(below) })
			}
		})
		<-room
		if err != nil {
			return fmt.Errorf("publish: list %s: %w", root.Name(), err)
		}
		return nil
	}
	g.Go(func() error { return list(".") })
	return g.Wait()
}
