package cli

import (
	"encoding/json"

	"bongsu/generator/build"
	"bongsu/generator/diag"
)

// quietBuild reads and joins the site for a command whose own words say what
// the warnings would; only errors are printed as diagnostics.
func (r *run) quietBuild() (*build.Result, func(), error) {
	o, done, err := r.options()
	if err != nil {
		return nil, nil, err
	}
	res, err := build.NewBuilder().Build(r.ctx, o)
	if err == nil && res.Diags.HasErrors() {
		if err = r.print(onlyErrors(res.Diags)); err == nil {
			err = errContent
		}
	}
	if err != nil {
		done()
		return nil, nil, err
	}
	return res, done, nil
}

func onlyErrors(l diag.List) diag.List {
	var out diag.List
	for _, d := range l {
		if d.Severity == diag.Error {
			out.Add(d)
		}
	}
	return out
}

// encode writes a result as JSON, indented.
func (r *run) encode(v any) error {
	enc := json.NewEncoder(r.stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
