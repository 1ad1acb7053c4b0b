package kit

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:embed forge
var forges embed.FS

// Forge gives the files for continuous integration of a forge: github or gitlab.
func Forge(name string) ([]File, error) {
	dir, err := fs.Sub(forges, "forge/"+name)
	if err != nil {
		return nil, err
	}
	var out []File
	err = fs.WalkDir(dir, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(dir, p)
		out = append(out, File{Path: forgePaths[name+"/"+p], Text: string(data)})
		return err
	})
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("no forge %q", name)
	}
	return out, err
}

// forgePaths says where the embedded files belong; names with a dot would not
// be embedded. It is read only.
var forgePaths = map[string]string{
	"github/site.yml":      ".github/workflows/site.yml",
	"github/CODEOWNERS":    ".github/CODEOWNERS",
	"gitlab/gitlab-ci.yml": ".gitlab-ci.yml",
	"gitlab/CODEOWNERS":    ".gitlab/CODEOWNERS",
}
