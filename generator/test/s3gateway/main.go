// Command s3gateway runs the S3 server of Versity on a folder, for tests of
// bongsu-publish. It is a module of its own with one storage backend, because
// the whole program takes minutes to build; the versions of its AWS libraries
// are those of bongsu-publish, so that both are compiled once.
//
// Usage: s3gateway ADDRESS BUCKETS META, with the credentials in
// ROOT_ACCESS_KEY and ROOT_SECRET_KEY. Folders in the folder BUCKETS are the
// buckets; META holds the headers of objects, which not every file system
// keeps in attributes.
package main

import (
	"context"
	"log"
	"os"
	"os/signal"
	"syscall"

	"github.com/versity/versitygw/backend/meta"
	"github.com/versity/versitygw/backend/posix"
	"github.com/versity/versitygw/embedgw"
)

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: s3gateway ADDRESS BUCKETS META")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	store, err := meta.NewSideCar(os.Args[3])
	if err != nil {
		log.Fatal(err)
	}
	backend, err := posix.New(os.Args[2], store, posix.PosixOpts{SideCarDir: os.Args[3]})
	if err != nil {
		log.Fatal(err)
	}
	err = embedgw.RunVersityGW(ctx, backend, &embedgw.Config{
		RootUserAccess: os.Getenv("ROOT_ACCESS_KEY"), RootUserSecret: os.Getenv("ROOT_SECRET_KEY"),
		Region: "us-east-1", Ports: []string{os.Args[1]}, Quiet: true, KeepAlive: true,
		MaxConnections: 1000, MaxRequests: 1000, MultipartMaxParts: 10000,
	})
	if err != nil {
		log.Fatal(err)
	}
}
