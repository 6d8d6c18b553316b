// Checks a log that Ringfence has published, with Go's packages for logs and nothing of ours: from the
// tiles it proves every entry, and the growth from every size, under the signed checkpoint.
package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// The path of a tile by C2SP tlog-tiles, which Go's own differs from in its prefix.
func pathOf(tile tlog.Tile) string {
	return strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
}

type folder string

func (f folder) Height() int { return 8 }

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := os.ReadFile(filepath.Join(string(f), pathOf(tile)))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func entriesIn(f folder, size int64) [][]byte {
	var entries [][]byte
	for first := int64(0); first < size; first += 256 {
		name := fmt.Sprintf("tile/entries/%03d", first/256)
		if size-first < 256 {
			name += fmt.Sprintf(".p/%d", size-first)
		}
		data, err := os.ReadFile(filepath.Join(string(f), name))
		must(err)
		for len(data) > 0 {
			length := int(binary.BigEndian.Uint16(data))
			entries = append(entries, data[2:2+length])
			data = data[2+length:]
		}
	}
	return entries
}

func main() {
	dir, vkey := folder(os.Args[1]), os.Args[2]
	verifier, err := note.NewVerifier(vkey)
	must(err)
	signed, err := os.ReadFile(filepath.Join(string(dir), "checkpoint"))
	must(err)
	opened, err := note.Open(signed, note.VerifierList(verifier))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	if lines[0] != verifier.Name() {
		must(fmt.Errorf("the checkpoint is of %q", lines[0]))
	}
	var size int64
	_, err = fmt.Sscan(lines[1], &size)
	must(err)
	root, err := tlog.ParseHash(lines[2])
	must(err)

	entries := entriesIn(dir, size)
	if int64(len(entries)) != size {
		must(fmt.Errorf("%d entries in a log of %d", len(entries), size))
	}
	// Reads tiles, and checks each against the root before it gives a hash of it.
	reader := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, dir)
	for index, entry := range entries {
		proof, err := tlog.ProveRecord(size, int64(index), reader)
		must(err)
		must(tlog.CheckRecord(proof, size, root, int64(index), tlog.RecordHash(entry)))
	}
	for older := int64(1); older < size; older++ {
		proof, err := tlog.ProveTree(size, older, reader)
		must(err)
		before, err := tlog.TreeHash(older, reader)
		must(err)
		must(tlog.CheckTree(proof, size, root, older, before))
	}
	fmt.Printf("%d entries, %d growths\n", len(entries), size-1)
}
