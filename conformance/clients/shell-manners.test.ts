/** How `mayfly` behaves in a shell: Ctrl-C at each question, pipes that close, disks that are full, no colours. */

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { root } from '../harness/root.ts'
import { hasTerminal, runInTerminal } from '../harness/terminal-run.ts'

const program = `'${process.execPath}' '${join(root, 'packages/cli/src/main.ts')}'`

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mayfly-shell-'))
  mkdirSync(join(home, '.aws'))
  writeFileSync(join(home, '.aws/config'), '[profile dev]\nregion = us-east-1\n')
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const environment = (): Record<string, string> => ({ PATH: process.env['PATH'] ?? '', HOME: home })

/** What a shell prints that runs `script`. */
const inShell = (script: string): string =>
  execFileSync('/bin/bash', ['-c', script], { env: environment(), encoding: 'utf8' })

/** A terminal's end after `script`, in which `steps` are answered. */
async function inTerminal(script: string, steps: readonly (readonly [string, string])[], env = {}): Promise<string> {
  const command = ['/bin/sh', '-c', script]
  const { shown, timedOut } = await runInTerminal(command, { env: { ...environment(), ...env }, steps, timeout: 30 })
  expect(timedOut).toBe(false)
  return shown
}

const QUESTIONS = [
  ['SSO session name: ', 'corp\r'],
  ['SSO start URL [None]: ', 'https://d-9067aaaaaa.awsapps.com/start\r'],
  ['SSO region [None]: ', 'us-east-1\r'],
  ['SSO registration scopes [sso:account:access]: ', '\r'],
] as const

test.runIf(hasTerminal).each(QUESTIONS.map(([text], index) => [text, index] as const))(
  'Ctrl-C at "%s" ends with 130, the terminal is as it was, and nothing is written',
  async (text, index) => {
    const script = `before=$(stty -g); ${program} configure sso-session; echo "status $?"
      [ "$before" = "$(stty -g)" ] && echo as before; cat "$HOME/.aws/config"`
    const shown = await inTerminal(script, [...QUESTIONS.slice(0, index), [text, '\u0003']])
    expect(shown).toContain('status 130')
    expect(shown).toContain('as before')
    expect(shown).not.toContain('[sso-session')
  },
)

test.runIf(hasTerminal)('NO_COLOR leaves the warning without bold letters', async () => {
  const steps = [
    ['(Recommended): ', '\r'],
    ['SSO start URL [None]: ', '\u0003'],
  ] as const
  const bold = '\u001b[1mWARNING: Configuring using legacy format'
  expect(await inTerminal(`${program} configure sso`, steps)).toContain(bold)
  const shown = await inTerminal(`${program} configure sso`, steps, { NO_COLOR: '1' })
  expect(shown).toContain('WARNING: Configuring using legacy format')
  expect(shown).not.toContain(bold)
})

test('a reader that closes its end is no error', () => {
  expect(inShell(`${program} profiles 2>&1 | true; echo "\${PIPESTATUS[0]}"`)).toBe('0\n')
  expect(inShell(`${program} nothing-of-ours 2>&1 >/dev/null | true; echo "\${PIPESTATUS[0]}"`)).toBe('252\n')
})

test.runIf(existsSync('/dev/full'))(
  'where nothing can be printed, the exit code says so, and no stack trace is shown',
  () => {
    const said = inShell(`${program} profiles 2>&1 >/dev/full; echo "status $?"`)
    expect(said).toContain('mayfly: [ERROR]: Standard output cannot be written: ENOSPC')
    expect(said).not.toContain('    at ')
    expect(said).toContain('status 255')
    expect(inShell(`${program} nothing-of-ours 2>/dev/full; echo "status $?"`)).toBe('status 252\n')
  },
)
