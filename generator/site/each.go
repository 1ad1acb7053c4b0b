package site

import (
	"runtime"
	"sync"
)

// each calls check for every record, from as many goroutines as there are
// processors. A call may change its own record alone, and read no other record
// but for what is settled already; each goroutine has a checker of its own.
func (c *checker) each(check func(c *checker, r *Record)) {
	parts := inParts(c.site.all, func(list []*Record) *checker {
		part := c.fork()
		for _, r := range list {
			check(part, r)
		}
		return part
	})
	for _, part := range parts {
		c.join(part)
	}
}

// inParts cuts a list into a part for each processor, has them worked on at
// once, and gives the results in the order of the list.
func inParts[T, R any](list []T, do func(part []T) R) []R {
	workers := runtime.GOMAXPROCS(0)
	out := make([]R, workers)
	var g sync.WaitGroup
	for i := range workers {
		part := list[i*len(list)/workers : (i+1)*len(list)/workers]
		g.Go(func() { out[i] = do(part) })
	}
	g.Wait()
	return out
}

// fork gives a checker of the same site with findings of its own.
func (c *checker) fork() *checker { return &checker{site: c.site, unread: c.unread} }

// join takes over the findings of a fork; their order does not matter, since
// findings are sorted before they are shown.
func (c *checker) join(part *checker) { c.diags.Add(part.diags...) }
