/** `mayfly` does what the recorded AWS CLI did: its prompts, words, exit codes, files and requests. */

import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../harness/root.ts'
import { hasTerminal } from '../harness/terminal-run.ts'
import { type Drive, type DriveResult, driveInProcess, driveInTerminal } from './replay/drive.ts'
import { formatRequests, formatSnapshot, normalize } from './replay/normalize.ts'
import { type RecordedCommand, readSession, readSnapshots, type Snapshot } from './replay/recording.ts'
import { ReplayServer } from './replay/replay-server.ts'
import { type CommandSetup, contract, environmentOf, formerVersion, type Scenario } from './replay/scenarios.ts'

interface Place {
  /** The recorded session it is found in; `*` for any. */
  readonly in: string
  readonly recorded: string
  readonly mayfly: string
}

interface Difference {
  readonly reason: string
  /** Where it shows. */
  readonly places: readonly Place[]
}

const differences: readonly Difference[] = JSON.parse(
  readFileSync(join(root, 'conformance/clients/intended-differences.json'), 'utf8'),
)
const places = differences.flatMap((difference) => difference.places)
const used = new Set<Place>()

/** What `mayfly` has to do: the recording, with the intended differences put in. */
function expected(session: string, recorded: string): string {
  let text = normalize(recorded)
  for (const place of places) {
    if (place.in !== '*' && place.in !== session) continue
    // Where nothing was recorded, what is ours stands alone.
    const isThere = place.recorded === '' ? text === '' : text.includes(place.recorded)
    if (!isThere) continue
    used.add(place)
    text = place.recorded === '' ? place.mayfly : text.replaceAll(place.recorded, () => place.mayfly)
  }
  return text.trim()
}

let server: ReplayServer
beforeAll(async () => {
  server = await ReplayServer.start()
})
afterAll(() => server.stop())

/** The keys that a person pressed in the recording. */
function stepsOf({ shown }: RecordedCommand, picks: readonly number[] = []): [string, string][] {
  const steps: [string, string][] = []
  const left = [...picks]
  for (const line of shown.split('\n')) {
    const [, prompt, answer] =
      /^((?:SSO session name|SSO start URL|SSO region|SSO registration scopes|Default client Region|CLI default|CLI profile name|Profile name)[^:]*(?:\(Recommended\)|\[.*?\])?:)(.*)$/.exec(
        line,
      ) ?? []
    const [text = '', typed = ''] = prompt?.includes('[') ? splitAtBracket(line) : [prompt, answer]
    if (prompt) steps.push([`${text} `, `${typed.trim()}\r`])
    if (/^There are \d+ /.test(line)) steps.push(['> ', `${'\u001b[B'.repeat(left.shift() ?? 0)}\r`])
  }
  return steps.map(([text, keys]) => [currentPrompt(text), keys])
}

/** A current value may hold colons itself: the prompt ends behind its bracket. */
const splitAtBracket = (line: string): [string, string] => {
  const end = line.indexOf(']:') + 2
  return [line.slice(0, end), line.slice(end)]
}

/** Where the older version asks in other words, the person waits for ours. */
const currentPrompt = (text: string): string =>
  text
    .replace('CLI default client Region', 'Default client Region')
    .replace('CLI default output format [', 'CLI default output format (json if not specified) [')
    .replace('CLI profile name', 'Profile name')

/** The words of our program for a recorded command. */
function wordsOf(command: string, more: readonly string[] = []): string[] {
  const words = command.split(' ').slice(1)
  return words[0] === 'sts'
    ? ['whoami', ...words.slice(2), '--json', '--cli-error-format', 'enhanced']
    : [...words, ...more]
}

/** `whoami --json` says what `sts get-caller-identity` says, under other names. */
function asIdentity(screen: string): string {
  if (!screen.trimStart().startsWith('{')) return screen
  const { userId, account, arn } = JSON.parse(screen)
  return JSON.stringify({ UserId: userId, Account: account, Arn: arn }, undefined, 4)
}

function layOut(home: string, files: Snapshot, recordedAt: string | undefined): void {
  const shift = recordedAt === undefined ? 0 : Date.now() - new Date(recordedAt).getTime()
  for (const [path, { mode, content }] of files) {
    if (content === undefined || content === '<sqlite>') continue
    const place = path.replace('~', home)
    mkdirSync(dirname(place), { recursive: true })
    const moved = content.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, (time) =>
      recordedAt === undefined ? time : `${new Date(new Date(time).getTime() + shift).toISOString().slice(0, 19)}Z`,
    )
    writeFileSync(place, path.endsWith('config') ? `${moved.trimEnd()}\n` : moved)
    chmodSync(place, Number(mode))
  }
}

function takeSnapshot(home: string): Snapshot {
  const found = new Map<string, { mode: string; content: string | undefined }>()
  const folder = join(home, '.aws')
  const entries = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : []
  for (const entry of entries) {
    const place = join(entry.parentPath, entry.name)
    const path = `~${place.slice(home.length)}${entry.isDirectory() ? '/' : ''}`
    const mode = `0o${(statSync(place).mode & 0o777).toString(8)}`
    found.set(path, { mode, content: entry.isDirectory() ? undefined : readFileSync(place, 'utf8').trimEnd() })
  }
  return new Map([...found].sort(([one], [other]) => (one < other ? -1 : 1)))
}

/** A name in the cache is a hash of a start URL, which may hold a port. */
function rename(snapshot: Snapshot, renamed: Readonly<Record<string, string>>): Snapshot {
  const entries = [...snapshot].map(([path, file]) => {
    const name = Object.keys(renamed).find((each) => path.includes(each))
    return [name === undefined ? path : path.replace(name, renamed[name] ?? ''), file] as const
  })
  expect(entries.filter(([path]) => !snapshot.has(path))).toHaveLength(Object.keys(renamed).length)
  return new Map(entries.sort(([one], [other]) => (one < other ? -1 : 1)))
}

interface Outcome {
  readonly shown: string
  readonly files: string
  readonly requests: string
}

/** Runs one command of a session as it was recorded. */
async function replayCommand(
  scenario: Scenario,
  recorded: RecordedCommand,
  setup: CommandSetup,
  { home, drive }: { readonly home: string; readonly drive: (drive: Drive) => Promise<DriveResult> },
): Promise<Outcome> {
  if (setup.fresh) rmSync(join(home, '.aws'), { recursive: true, force: true })
  if (setup.files) layOut(home, setup.files, scenario.recordedAt)
  server.replay([...recorded.exchanges, ...(setup.also ?? [])], setup)
  const browser = join(root, 'conformance/clients/replay/browser.ts')
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    BROWSER: `${process.execPath} ${browser} %s`,
    MAYFLY_TEST_REPLAY: server.origin,
    ...environmentOf(scenario.reach, server),
    ...setup.env,
  }
  const { status, screen } = await drive({
    args: wordsOf(recorded.command, setup.more),
    env,
    home,
    steps: stepsOf(recorded, setup.picks).map(([text, keys]) => [
      text,
      keys.replace(/http:\/\/127\.0\.0\.1:18080/, server.origin),
    ]),
    visit: recorded.command.includes('--no-browser')
      ? (url) => void spawn(process.execPath, [browser, url], { env, stdio: 'ignore' })
      : () => undefined,
  })
  const words = recorded.command.startsWith('aws sts') ? asIdentity(screen) : screen
  return {
    shown: `${normalize(words)}\n[exit status ${status}]`,
    files: formatSnapshot(takeSnapshot(home)),
    requests: formatRequests(server.asked),
  }
}

function expectOutcome(scenario: Scenario, recorded: RecordedCommand, setup: CommandSetup, outcome: Outcome): void {
  const { name, compares } = scenario
  const shown = expected(name, `${recorded.shown.trim()}\n[exit status ${recorded.status}]`)
  if (compares.includes('shown')) expect(outcome.shown.trim()).toBe(shown)
  else expect(outcome.shown.split('\n').at(-1)).toBe(shown.split('\n').at(-1))
  expect(outcome.requests).toBe(expected(name, formatRequests(recorded.exchanges)))
  const snapshot = setup.snapshot === undefined ? undefined : readSnapshots(name)[setup.snapshot]
  if (snapshot) expect(outcome.files).toBe(expected(name, formatSnapshot(rename(snapshot, setup.renamed ?? {}))))
}

async function replaySession(scenario: Scenario, drive: (drive: Drive) => Promise<DriveResult>): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'mayfly-transcript-'))
  try {
    const setups = scenario.commands(server)
    const session = readSession(scenario.name)
    expect(session).toHaveLength(setups.length)
    for (const [index, recorded] of session.entries()) {
      const setup = setups[index] ?? {}
      const outcome = await replayCommand(scenario, recorded, setup, { home, drive })
      expectOutcome(scenario, recorded, setup, outcome)
    }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

describe('prompts, words, exit codes and files are those of AWS CLI 2.36.7', () => {
  test.each(contract)('$name', (scenario) => replaySession(scenario, driveInProcess))
})

describe('files and requests are those of AWS CLI 2.9.19', () => {
  test.each(formerVersion)('$name', (scenario) => replaySession(scenario, driveInProcess))
})

describe.runIf(hasTerminal)('the same in a real terminal', () => {
  test.each(contract.filter(({ inTerminal }) => inTerminal))('$name', (scenario) =>
    replaySession(scenario, driveInTerminal),
  )
})

test('every intended difference is there, has its reason, and there are at most 20', () => {
  expect(places.length).toBeLessThanOrEqual(20)
  for (const { reason } of differences) expect(reason.length).toBeGreaterThan(20)
  for (const place of places) expect(used, `not found in any recording: ${place.recorded}`).toContain(place)
})

test('one changed character, in words, files or requests, does not pass', async () => {
  const [scenario] = contract
  if (!scenario) throw new Error('no scenario')
  const [recorded] = readSession(scenario.name)
  const [setup] = scenario.commands(server)
  if (!recorded || !setup) throw new Error('no command')
  const home = mkdtempSync(join(tmpdir(), 'mayfly-transcript-'))
  const outcome = await replayCommand(scenario, recorded, setup, { home, drive: driveInProcess })
  rmSync(home, { recursive: true, force: true })
  expect(() => expectOutcome(scenario, recorded, setup, outcome)).not.toThrow()
  for (const part of ['shown', 'files', 'requests'] as const) {
    for (const place of [0, Math.floor(outcome[part].length / 2), outcome[part].length - 1]) {
      const character = outcome[part][place] === 'x' ? 'y' : 'x'
      const changed = outcome[part].slice(0, place) + character + outcome[part].slice(place + 1)
      expect(() => expectOutcome(scenario, recorded, setup, { ...outcome, [part]: changed })).toThrow()
    }
  }
})
