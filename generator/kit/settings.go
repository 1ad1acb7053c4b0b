package kit

import "bongsu/generator/model"

// Snippets is the file of snippets for VS Code.
const Snippets = ".vscode/bongsu.code-snippets"

// object is a JSON object; its keys are written in their order.
type object = map[string]any

// settingsFiles gives the beginnings of the settings of editors.
func settingsFiles() ([]File, error) {
	schemas := object{}
	for _, f := range model.FileForms() {
		if f.Kind == nil {
			schemas[SchemaPath(f.ID)] = "content/" + f.Files
		}
	}
	files := []struct {
		path string
		of   any
	}{
		{".vscode/settings.json", object{
			"yaml.schemas": schemas,
			"files.eol":    "\n",
			"[markdown]":   object{"editor.tabCompletion": "onlySnippets", "editor.wordWrap": "on"},
		}},
		{".vscode/extensions.json", object{"recommendations": []string{"redhat.vscode-yaml", "EditorConfig.EditorConfig"}}},
		{".vscode/tasks.json", tasks()},
	}
	out := []File{{".editorconfig", editorconfig, false}}
	for _, f := range files {
		text, err := pretty(f.of)
		if err != nil {
			return nil, err
		}
		out = append(out, File{f.path, text, false})
	}
	return out, nil
}

const editorconfig = `root = true

[*]
charset = utf-8
end_of_line = lf
insert_final_newline = true

[*.{md,yaml,yml,json,geojson}]
indent_style = space
indent_size = 2

[*.{yaml,yml,json}]
trim_trailing_whitespace = true
`

// tasks run the program inside VS Code and mark its findings in the files, in
// front matter too, which no schema reaches there.
func tasks() object {
	matcher := object{
		"owner": "bongsu", "source": "bongsu", "fileLocation": []string{"relative", "${workspaceFolder}"},
		"pattern": object{
			"regexp": `^(content/[^:]+):(\d+):(\d+): (error|warning|note): (.*) \[([a-z0-9-]+)\]$`,
			"file":   1, "line": 2, "column": 3, "severity": 4, "message": 5, "code": 6,
		},
	}
	return object{
		"version": "2.0.0",
		"tasks": []object{
			{
				"label": "bongsu check", "type": "process", "command": "bongsu", "args": []string{"check"},
				"group": object{"kind": "build", "isDefault": true}, "problemMatcher": matcher,
				"presentation": object{"reveal": "silent"},
			},
			{"label": "bongsu serve", "type": "process", "command": "bongsu", "args": []string{"serve"}, "isBackground": true, "problemMatcher": []string{}},
		},
	}
}
