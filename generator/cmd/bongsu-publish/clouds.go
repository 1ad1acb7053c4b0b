//go:build !s3only

package main

// Google and Azure double what there is to compile; the tag s3only leaves them
// out, for tests.
import (
	_ "gocloud.dev/blob/azureblob" // azblob://
	_ "gocloud.dev/blob/gcsblob"   // gs://
)
