/** Sealed mode behind a passphrase, where there is no keychain: typed once, in a real terminal. */

import { afterEach, beforeEach, expect, test } from 'vitest'
import { hasTmux, Tmux } from '../harness/tmux.ts'
import { SealedHome } from './sealed-home.ts'

const PASSPHRASE = 'correct horse battery staple'

let place: SealedHome

beforeEach(async (context) => {
  context.skip(!hasTmux, 'there is no tmux (Debian: apt-get install tmux)')
  place = await SealedHome.open({ keychain: false })
  place.hunt.add('passphrase', PASSPHRASE)
})
afterEach(async () => {
  await place?.mayfly('agent stop', { env: { MAYFLY_AGENT: 'allow' } })
  await place?.close()
})

/** Runs a command in a terminal, answers its questions, and gives back its last screen. */
async function type(words: string, answers: readonly (readonly [string, string])[], env: Record<string, string> = {}) {
  const terminal = await Tmux.start([process.execPath, place.program, ...words.split(' ')], {
    env: place.home.env(place.env({ NO_COLOR: '1', ...env })),
  })
  try {
    for (const [question, answer] of answers) {
      await terminal.until(question)
      await terminal.type(`${answer}\n`)
    }
    await terminal.ended()
    const screen = await terminal.screen()
    place.hunt.seen(words, screen)
    return screen
  } finally {
    await terminal.stop()
  }
}

const seal = () =>
  type('storage sealed --passphrase', [
    ['New passphrase:', PASSPHRASE],
    ['The same again:', PASSPHRASE],
  ])

test('the passphrase is never shown or kept; without a terminal the next command is named', async () => {
  await place.mayfly('login --profile dev')
  const screen = await seal()
  expect(screen).toContain('its key behind the passphrase')
  expect(screen).not.toContain('correct')
  const { status, stderr } = await place.mayfly('whoami --profile dev')
  expect([status, stderr]).toEqual([255, expect.stringContaining('Run in a terminal: mayfly storage unlock')])
  expect(await type('whoami --profile dev', [['Passphrase of the sealed store:', PASSPHRASE]])).toContain(
    'assumed-role',
  )
  const wrong = await type('status', [
    ['Passphrase of the sealed store:', 'one'],
    ['That is not the passphrase.', 'two'],
    ['Passphrase of the sealed store:', 'three'],
  ])
  expect(wrong).toContain('The sealed store stays locked.')
  expect((await place.mayfly('storage')).stdout).toContain('behind a passphrase, locked')
  expect(place.search()).toEqual([])
})

test('unlocked once, everything goes on without a question, until it is locked', async () => {
  const agent = { MAYFLY_AGENT: 'allow' }
  await place.mayfly('login --profile dev')
  await seal()
  expect(await type('storage unlock', [['Passphrase of the sealed store:', PASSPHRASE]], agent)).toContain('Unlocked.')
  for (const words of ['whoami --profile dev', 'status', 'storage check']) {
    const run = await place.mayfly(words, { env: agent })
    expect([words, run.status], run.stderr).toEqual([words, 0])
  }
  expect((await place.ask('credentials --profile prod', { env: agent })).status).toBe(0)
  expect((await place.mayfly('storage', { env: agent })).stdout).toContain('behind a passphrase, at hand')
  expect(place.search()).toEqual([])
  expect((await place.mayfly('storage lock', { env: agent })).stdout).toContain('Locked.')
  expect((await place.mayfly('whoami --profile dev', { env: agent })).status).toBe(255)
  expect(await type('storage shared', [['Passphrase of the sealed store:', PASSPHRASE]], agent)).toContain(
    "Shared with AWS's tools",
  )
  expect((await place.mayfly('whoami --profile dev')).status).toBe(0)
  expect(place.home.opened()).toHaveLength(1)
})

test('unlocked, it is uninstalled without a question, with its tokens', async () => {
  const agent = { MAYFLY_AGENT: 'allow' }
  await place.mayfly('login --profile dev')
  await seal()
  await type('storage unlock', [['Passphrase of the sealed store:', PASSPHRASE]], agent)
  const run = await place.mayfly('uninstall --yes', { env: agent })
  expect(run.status, run.stderr).toBe(0)
  expect((await place.mayfly('agent status', { env: agent })).stdout).toContain('No agent runs.')
  expect(place.home.files('.mayfly')).toEqual([])
  expect((await place.mayfly('whoami --profile dev')).status).toBe(0)
  expect(place.home.opened()).toHaveLength(1)
})
