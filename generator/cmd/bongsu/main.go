// Command bongsu turns a folder of Markdown and YAML into a public-warning
// site. See README.md.
package main

import (
	"os"

	"bongsu/generator/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr)) }
