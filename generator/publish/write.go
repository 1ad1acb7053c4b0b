package publish

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"time"
)

// write makes a new file in a folder. It fails where the name exists, so that
// nothing is written through a link or into a file that another tree shares.
func write(folder *os.Root, name string, data []byte, modified time.Time, sync bool) error {
	f, err := folder.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil && sync {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return folder.Chtimes(name, time.Time{}, modified)
}

// writeOver replaces a file by rename: readers see the old bytes or the new.
// What a failure leaves over has a reserved name and goes with the next run.
func writeOver(folder *os.Root, name, temp string, data []byte, modified time.Time, sync bool) error {
	if err := write(folder, temp, data, modified, sync); err != nil {
		return err
	}
	return folder.Rename(temp, name)
}

// copyFile copies a regular file with its time between folders; for kept files
// where the file system has no hard links.
func copyFile(from, to *os.Root, name string, info fs.FileInfo, sync bool) error {
	f, err := from.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		return err
	}
	return write(to, name, data, info.ModTime(), sync)
}

// removeIfThere deletes a file or an empty folder that may be gone already.
func removeIfThere(folder *os.Root, name string) error {
	if err := folder.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// makeFolders makes the folders that a tree lacks, parents first.
func makeFolders(root *os.Root, t *tree, folders map[string]bool) error {
	made := make(map[string]bool)
	var ensure func(p string) error
	ensure = func(p string) error {
		if p == "." || made[p] || t.hasFolder(p) {
			return nil
		}
		if err := ensure(path.Dir(p)); err != nil {
			return err
		}
		made[p] = true
		return root.Mkdir(p, 0o755)
	}
	for p := range folders {
		if err := ensure(p); err != nil {
			return err
		}
	}
	return nil
}
