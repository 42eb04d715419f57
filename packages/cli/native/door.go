package main

import (
	"os"
	"path/filepath"
	"strings"
)

// door is where the agent can be asked; packages/cli/src/hot/agent-door.ts writes and reads the same file.
type door struct {
	address, askProof, answerProof string
}

func findDoor(home string) (door, bool) {
	for _, folder := range agentFolders(home) {
		file := filepath.Join(folder, "proof")
		if !isOwn(folder, true) || !isOwn(file, false) {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		if found, valid := parseProof(string(text), home); valid {
			return found, true
		}
	}
	return door{}, false
}

func parseProof(text, home string) (door, bool) {
	lines := strings.Split(text, "\n")
	if len(lines) != 8 || lines[0] != protocol || lines[6] != home || lines[7] != "" {
		return door{}, false
	}
	found := door{lines[1], lines[2], lines[3]}
	return found, found.address != "" && found.askProof != "" && found.answerProof != ""
}
