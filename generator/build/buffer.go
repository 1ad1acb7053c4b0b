package build

import (
	"bytes"
	"sync"
)

// buffers is shared scratch space; it carries no state from use to use.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}
