package cli

import (
	"fmt"

	"bongsu/generator/host"
	"bongsu/generator/site"
)

type hostsCmd struct {
	Server string `arg:"" enum:"nginx,caddy" help:"nginx or caddy."`
	Root   string `placeholder:"DIR" help:"Folder of the machine that holds the site." default:"/srv/bongsu/public"`
	Listen string `placeholder:"ADDRESS" help:"Address and port to listen on, instead of the one of the site."`
	Packed bool   `help:"Send the packed copies that build --compress writes."`
}

// Run prints the configuration of a web server for the site.
func (c *hostsCmd) Run(r *run) error {
	res, done, err := r.build()
	if err != nil {
		return err
	}
	defer done()
	snippets := map[string]func(*site.Site, host.Options) string{"nginx": host.Nginx, "caddy": host.Caddy}
	_, err = fmt.Fprint(r.stdout, snippets[c.Server](res.Site, host.Options{Root: c.Root, Listen: c.Listen, Packed: c.Packed}))
	return err
}
