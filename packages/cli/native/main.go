// mayfly-credentials is the credential_process of sealed profiles: it asks the resident agent, and when that has no
// answer it becomes the whole program, which does.
package main

import (
	"os"
	"path/filepath"
	"strings"
)

const protocol = "mayfly-agent 1"

// asked is whose credentials are wanted.
type asked struct {
	session, account, role string
}

func main() {
	words := os.Args[1:]
	if wanted, plain := parseWords(words); plain && os.Getenv("MAYFLY_AGENT") != "never" {
		if text, answered := askAgent(wanted); answered {
			if _, err := os.Stdout.WriteString(text); err != nil {
				os.Exit(255)
			}
			return
		}
		// The whole program need not ask the same again. It may still start an agent.
		os.Setenv("MAYFLY_AGENT", "asked")
	}
	becomeNode(words)
}

// parseWords takes each of the three options once, and nothing else: everything else is for the whole program.
func parseWords(words []string) (asked, bool) {
	values := map[string]string{}
	for index := 0; index < len(words); index++ {
		name, value, attached := strings.Cut(words[index], "=")
		if !attached {
			index++
			if index >= len(words) {
				return asked{}, false
			}
			value = words[index]
		}
		if _, twice := values[name]; twice || value == "" || strings.ContainsAny(value, "\t\n") {
			return asked{}, false
		}
		values[name] = value
	}
	wanted := asked{values["--sso-session"], values["--account-id"], values["--role-name"]}
	return wanted, len(values) == 3 && wanted.session != "" && wanted.account != "" && wanted.role != ""
}

// surroundings are the variables that decide whose credentials come out; an agent answers only who has the same.
// packages/cli/src/hot/deciding-variables.ts has the same list in the same order.
func surroundings() string {
	names := []string{
		"AWS_CONFIG_FILE",
		"AWS_ENDPOINT_URL",
		"AWS_ENDPOINT_URL_SSO",
		"AWS_ENDPOINT_URL_SSO_OIDC",
		"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
	}
	values := make([]string, len(names))
	for index, name := range names {
		values[index] = os.Getenv(name)
	}
	return strings.Join(values, "\x1f")
}

// askAgent answers what to print, or that the agent has nothing.
func askAgent(wanted asked) (string, bool) {
	around := surroundings()
	home := findHome()
	if home == "" || strings.ContainsAny(around, "\t\n") {
		return "", false
	}
	door, found := findDoor(home)
	if !found {
		return "", false
	}
	words := []string{protocol, door.askProof, "credentials", wanted.session, wanted.account, wanted.role, around}
	line, err := openLine(door.address)
	if err != nil {
		return "", false
	}
	if line.write(strings.Join(words, "\t")+"\n") != nil {
		return "", false
	}
	return readAnswer(line, door.answerProof)
}

// readAnswer reads `proof TAB ok|no|wait TAB length` and so many bytes. What cannot show the proof is not the agent.
func readAnswer(line *line, proof string) (string, bool) {
	received := ""
	buffer := make([]byte, 16384)
	for len(received) <= 1<<20 {
		head, rest, whole := strings.Cut(received, "\n")
		if whole {
			parts := strings.Split(head, "\t")
			if len(parts) != 3 || parts[0] != proof {
				return "", false
			}
			if parts[1] == "wait" {
				line.bePatient()
				received = rest
				continue
			}
			size, valid := parseSize(parts[2])
			if !valid || parts[1] != "ok" {
				return "", false
			}
			if len(rest) >= size {
				return rest[:size], true
			}
		}
		count, err := line.read(buffer)
		if err != nil || count == 0 {
			return "", false
		}
		received += string(buffer[:count])
	}
	return "", false
}

func parseSize(text string) (int, bool) {
	size := 0
	for _, digit := range text {
		if digit < '0' || digit > '9' || size > 1<<20 {
			return 0, false
		}
		size = size*10 + int(digit-'0')
	}
	return size, text != ""
}

// becomeNode goes on as the whole program, by the paths in the file beside this one. After an upgrade that took them away
// it goes on with what the path has.
func becomeNode(words []string) {
	self, err := os.Executable()
	if err != nil {
		fail("it cannot find its own place: " + err.Error())
	}
	record := filepath.Join(filepath.Dir(self), "mayfly-credentials.run")
	text, err := os.ReadFile(record)
	paths := strings.Split(strings.ReplaceAll(string(text), "\r", ""), "\n")
	if err != nil || len(paths) < 2 {
		fail(record + " cannot be read.")
	}
	node, script := paths[0], paths[1]
	if !isFile(node) {
		node = findOnPath("node")
	}
	if node != "" && isFile(script) {
		err = run(node, append([]string{node, script, "credentials"}, words...))
		fail(node + " cannot be started: " + err.Error())
	}
	if mayfly := findOnPath("mayfly"); mayfly != "" {
		err = run(mayfly, append([]string{mayfly, "credentials"}, words...))
		fail(mayfly + " cannot be started: " + err.Error())
	}
	fail(paths[0] + " or " + script + " is gone.")
}

func isFile(path string) bool {
	found, err := os.Stat(path)
	return err == nil && found.Mode().IsRegular()
}

// findOnPath answers an absolute path, or nothing: what lies in the folder that this happens to run in is not meant.
func findOnPath(name string) string {
	for _, folder := range filepath.SplitList(os.Getenv("PATH")) {
		if path := filepath.Join(folder, name+programSuffix); filepath.IsAbs(path) && isFile(path) {
			return path
		}
	}
	return ""
}

func fail(reason string) {
	os.Stderr.WriteString("\nmayfly: [ERROR]: " + reason + "\n" +
		"Install Mayfly again (npm install -g mayfly), then run: mayfly agent start\n")
	os.Exit(255)
}
