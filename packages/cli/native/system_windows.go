package main

import (
	"errors"
	"os"
	"strings"
	"time"
)

const programSuffix = ".exe"

func findHome() string { return strings.TrimRight(os.Getenv("USERPROFILE"), `\/`) }

func agentFolders(home string) []string { return []string{home + `\.mayfly\agent`} }

// isOwn trusts the rights of the profile folder, which Windows gives to its user alone.
func isOwn(path string, folder bool) bool {
	found, err := os.Lstat(path)
	return err == nil && found.IsDir() == folder && (folder || found.Mode().IsRegular())
}

// line is a connection to the agent's named pipe.
type line struct {
	pipe  *os.File
	limit time.Duration
}

func openLine(address string) (*line, error) {
	if !strings.HasPrefix(address, `\\.\pipe\mayfly-`) {
		return nil, errors.New("no name of ours")
	}
	// Every instance of the pipe may be busy for a moment.
	for attempt := 0; ; attempt++ {
		pipe, err := os.OpenFile(address, os.O_RDWR, 0)
		if err == nil {
			return &line{pipe, 3 * time.Second}, nil
		}
		if attempt == 40 || errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func (line *line) bePatient() { line.limit = time.Minute }

func (line *line) write(text string) error {
	_, err := line.pipe.WriteString(text)
	return err
}

// read gives up after a while: a file opened like this knows no deadline.
func (line *line) read(buffer []byte) (int, error) {
	type outcome struct {
		count int
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		count, err := line.pipe.Read(buffer)
		done <- outcome{count, err}
	}()
	select {
	case ended := <-done:
		return ended.count, ended.err
	case <-time.After(line.limit):
		return 0, errors.New("no answer")
	}
}

// run waits for Node and ends as it did: Windows cannot replace a process.
func run(node string, words []string) error {
	process, err := os.StartProcess(node, words, &os.ProcAttr{Files: []*os.File{os.Stdin, os.Stdout, os.Stderr}})
	if err != nil {
		return err
	}
	state, err := process.Wait()
	if err != nil {
		return err
	}
	os.Exit(state.ExitCode())
	return nil
}
