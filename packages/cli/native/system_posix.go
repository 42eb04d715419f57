//go:build linux || darwin

package main

import (
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// A sockaddr_un of macOS holds 104 bytes with its final zero, one of Linux 108.
const longestSocketPath = 103

const programSuffix = ""

func findHome() string {
	home := os.Getenv("HOME")
	if trimmed := strings.TrimRight(home, "/"); trimmed != "" || home == "" {
		return trimmed
	}
	return "/"
}

func agentFolders(home string) []string {
	own := strings.TrimSuffix(home, "/") + "/.mayfly/agent"
	digest := sha1.Sum([]byte(home))
	short := "/tmp/mayfly-" + strconv.Itoa(os.Getuid()) + "-" + hex.EncodeToString(digest[:])[:12]
	if len(own+"/agent.sock") > longestSocketPath {
		return []string{short}
	}
	return []string{own, short}
}

// isOwn tells whether a path is of this kind, this user's, and closed to everybody else. A link is neither kind.
func isOwn(path string, folder bool) bool {
	var found syscall.Stat_t
	if syscall.Lstat(path, &found) != nil {
		return false
	}
	kind := uint32(syscall.S_IFREG)
	if folder {
		kind = syscall.S_IFDIR
	}
	mode := uint32(found.Mode)
	return mode&syscall.S_IFMT == kind && mode&0o077 == 0 && int(found.Uid) == os.Getuid()
}

// line is a connection to the agent.
type line struct{ socket int }

func openLine(address string) (*line, error) {
	socket, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err != nil {
		return nil, err
	}
	opened := &line{socket}
	opened.wait(3)
	if err := opened.again(func() error { return syscall.Connect(socket, &syscall.SockaddrUnix{Name: address}) }); err != nil {
		return nil, err
	}
	user, err := peerUser(socket)
	if err != nil {
		return nil, err
	}
	if user != os.Getuid() {
		return nil, errors.New("the socket is another user's")
	}
	return opened, nil
}

// wait says after how many seconds of silence the agent is given up.
func (line *line) wait(seconds int64) {
	limit := syscall.NsecToTimeval(seconds * 1e9)
	syscall.SetsockoptTimeval(line.socket, syscall.SOL_SOCKET, syscall.SO_RCVTIMEO, &limit)
	syscall.SetsockoptTimeval(line.socket, syscall.SOL_SOCKET, syscall.SO_SNDTIMEO, &limit)
}

// bePatient is for an agent that has said that it asks the network.
func (line *line) bePatient() { line.wait(60) }

func (line *line) write(text string) error {
	for rest := []byte(text); len(rest) > 0; {
		var count int
		err := line.again(func() (err error) {
			count, err = syscall.Write(line.socket, rest)
			return err
		})
		if err != nil {
			return err
		}
		rest = rest[count:]
	}
	return nil
}

func (line *line) read(buffer []byte) (count int, err error) {
	err = line.again(func() (err error) {
		count, err = syscall.Read(line.socket, buffer)
		return err
	})
	return count, err
}

// again repeats a call that a signal interrupted: the runtime sends itself some.
func (line *line) again(call func() error) error {
	for {
		if err := call(); err != syscall.EINTR {
			return err
		}
	}
}

// run replaces this process: signals, standard streams and exit code are Node's own.
func run(node string, words []string) error {
	return syscall.Exec(node, words, os.Environ())
}
