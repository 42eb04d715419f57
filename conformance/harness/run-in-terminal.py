"""Runs a program in a pseudo-terminal, answers what it asks, and prints what the terminal showed as JSON.

Reads one JSON object from standard input: {"command": [...], "env": {...}, "cwd": "...", "steps":
[["text to wait for", "keys to type"], ...], "timeout": seconds}. A step waits for its text in what came after
the text of the step before. Plain Python 3, no package.
"""

import json
import os
import pty
import select
import signal
import sys
import time


def main():
    job = json.load(sys.stdin)
    steps = job["steps"]
    pid, terminal = pty.fork()
    if pid == 0:
        if job.get("cwd"):
            os.chdir(job["cwd"])
        os.execvpe(job["command"][0], job["command"], job["env"])
    shown, seen, done = "", 0, 0
    deadline = time.monotonic() + job.get("timeout", 60)
    timed_out = False
    while True:
        if time.monotonic() > deadline:
            timed_out = True
            os.kill(pid, signal.SIGKILL)
            break
        ready, _, _ = select.select([terminal], [], [], 0.2)
        if ready:
            try:
                data = os.read(terminal, 65536)
            except OSError:
                break
            if not data:
                break
            # A prompt library asks where the cursor is; a terminal that does not answer makes it wait.
            if b"\x1b[6n" in data:
                os.write(terminal, b"\x1b[1;1R")
            shown += data.decode("utf-8", "replace")
        while done < len(steps):
            text, keys = steps[done]
            place = shown.find(text, seen)
            if place < 0:
                break
            seen = place + len(text)
            done += 1
            time.sleep(0.15)
            os.write(terminal, keys.encode())
    _, status = os.waitpid(pid, 0)
    code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
    json.dump({"status": code, "shown": shown, "answered": done, "timedOut": timed_out}, sys.stdout)


main()
