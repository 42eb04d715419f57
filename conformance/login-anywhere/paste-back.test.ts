/** Signing in where the browser is on another computer: the address at which it ends is pasted into the terminal. */

import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { visit } from '../harness/browser-person.ts'
import { chromiumPath } from '../harness/chromium.ts'
import { alice, DEVELOPMENT } from '../harness/example.ts'
import { Home } from '../harness/home.ts'
import { MAYFLY, runMayfly } from '../harness/mayfly.ts'
import { Person } from '../harness/person.ts'
import { runProgram } from '../harness/run-program.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { hasTmux, Tmux } from '../harness/tmux.ts'
import { ElsewhereBrowser } from './elsewhere-browser.ts'

const PROMPT = 'Address (it stays hidden):'
const SIGNED_IN = 'Successfully logged into Start URL'

let server: ServerProcess
let browser: ElsewhereBrowser
let home: Home
const terminals: Tmux[] = []
beforeAll(async () => {
  server = await ServerProcess.start()
  if (chromiumPath) browser = await ElsewhereBrowser.start(server.origin)
}, 60_000)
afterAll(async () => {
  await browser?.stop()
  await server?.stop()
})
beforeEach(() => {
  home = new Home()
  home.writeConfig(server.startUrl, [{ name: 'dev', accountId: DEVELOPMENT, roleName: 'ReadOnlyAccess' }])
})
afterEach(async () => {
  for (const terminal of terminals.splice(0)) await terminal.stop()
  home.remove()
})

const open = async (words: readonly string[], env: Record<string, string> = {}): Promise<Tmux> => {
  // The shell's word: tmux now and then loses how a program ended.
  const told = ['sh', '-c', '"$@"; echo "[exit status $?]"; sleep 60', 'sh', process.execPath, MAYFLY, ...words]
  const terminal = await Tmux.start(told, { env: home.env(env), rows: 40 })
  terminals.push(terminal)
  return terminal
}

const login = (env: Record<string, string> = {}) => open(['sso', 'login', '--profile', 'dev'], env)

const statusOf = async (terminal: Tmux): Promise<number> =>
  Number(/\[exit status (\d+)\]/.exec(await terminal.until(/\[exit status \d+\]/, 60_000))?.[1])

/** The address in the terminal, put together from its rows. */
const addressIn = (screen: string): string =>
  /http\S+\/authorize\?[\s\S]*?(?=\n\s*\n)/.exec(screen)?.[0].replaceAll('\n', '') ?? ''

/** An address as the browser elsewhere shows it at the end. */
const bring = (screen: string): Promise<string> => browser.signIn(addressIn(screen), alice)

const codeOf = (address: string): string => new URL(address).searchParams.get('code') ?? address

describe.runIf(hasTmux && chromiumPath)('in a terminal, with a browser elsewhere', () => {
  test('the address at which the browser ends signs this computer in, and leaves no trace', async () => {
    const terminal = await login({ SSH_CONNECTION: '198.51.100.7 50000 198.51.100.8 22' })
    const screen = await terminal.until(PROMPT)
    expect(screen).toContain('No browser could be opened')
    const address = await bring(screen)
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback\?code=/)
    await terminal.paste(`  "${address}"\n`)
    expect(await terminal.until('characters)')).not.toContain(codeOf(address))
    await terminal.keys('Enter')
    const end = await terminal.until(SIGNED_IN)
    expect(await statusOf(terminal)).toBe(0)
    expect(end).not.toContain(codeOf(address))
    expect(end).not.toContain('it stays hidden')
    const whoami = await runMayfly(home, ['whoami', '--profile', 'dev'])
    expect(whoami.stdout).toContain('assumed-role/AWSReservedSSO_ReadOnlyAccess')
    for (const name of home.files()) expect(home.read(name), name).not.toContain(codeOf(address))
  })

  test('typed key by key over several lines, where pastes are not marked, it counts as well', async () => {
    const terminal = await login()
    const address = await bring(await terminal.until(PROMPT))
    for (let start = 0; start < address.length; start += 60)
      await terminal.type(`${address.slice(start, start + 60)}\n`)
    await terminal.until(SIGNED_IN)
    expect(await statusOf(terminal)).toBe(0)
  })

  test('another sign-in, another page and nonsense are refused with a sentence, and asked for again', async () => {
    const terminal = await login()
    const screen = await terminal.until(PROMPT)
    const address = await bring(screen)
    const answers = [
      [address.replace(/state=[^&]+/, 'state=00000000-0000-4000-8000-000000000000'), 'of another sign-in'],
      [address.replace('127.0.0.1', '192.0.2.1'), 'That page is elsewhere'],
      [addressIn(screen), 'the page to sign in at'],
      [codeOf(address), 'That is no address'],
      ['x\u0007\u001b[2J'.repeat(1000), 'That is no address'],
    ] as const
    for (const [text, sentence] of answers) {
      await terminal.paste(text)
      await terminal.keys('Enter')
      expect(await terminal.until(sentence)).not.toContain(codeOf(address))
    }
    await terminal.paste(address)
    await terminal.keys('Enter')
    await terminal.until(SIGNED_IN)
  })

  test('a no that was said elsewhere is told as if it had been said here', async () => {
    const terminal = await login()
    const address = await bring(await terminal.until(PROMPT))
    await terminal.paste(address.replace(/code=[^&]+/, 'error=access_denied&error_description=no'))
    await terminal.keys('Enter')
    await terminal.until('The server said: access_denied: no')
    expect(await statusOf(terminal)).toBe(255)
  })

  test('a browser that comes by itself while somebody types ends the question, and the screen is the AWS CLI’s', async () => {
    const terminal = await login()
    const address = await bring(await terminal.until(PROMPT))
    await terminal.type('half of an addr')
    await terminal.until('(15 characters)')
    expect((await fetch(address)).status).toBe(200)
    const end = (await terminal.until(/\[exit status/)).trim()
    expect(end).toMatch(
      /^Attempting to open your default browser\.[\s\S]*code_challenge=\s*\S+\n\nSuccessfully logged into Start URL: \S+\n\[exit status 0\]$/,
    )
    expect(await statusOf(terminal)).toBe(0)
  })

  test('of fifty processes and two terminals one asks, and its answer serves all', async () => {
    const credentials = ['credentials', '--profile', 'dev', '--format', 'env']
    const first = await open(credentials)
    const address = await bring(await first.until(PROMPT))
    const second = await open(credentials)
    await second.until('Waiting for another process that is signing in.')
    const others = Array.from({ length: 50 }, () =>
      runMayfly(home, ['credentials', '--profile', 'dev'], { timeout: 90_000 }),
    )
    await first.paste(address)
    await first.keys('Enter')
    for (const terminal of [first, second]) expect(await statusOf(terminal)).toBe(0)
    for (const { status, stdout, stderr } of await Promise.all(others)) {
      expect(status, stderr).toBe(0)
      expect(stdout).toContain('SecretAccessKey')
    }
    expect(home.opened()).toHaveLength(0)
    expect(await second.screen({ scrollback: true })).not.toContain(PROMPT)
  })
})

describe.runIf(hasTmux)('in a terminal', () => {
  test('where opening fails that is said, and the address is hidden from nobody', async () => {
    const terminal = await login({ BROWSER: "no-such-browser:sh -c 'exit 3'", NO_COLOR: '1' })
    const screen = await terminal.until(PROMPT)
    expect(screen.replace(/\s+/g, ' ')).toContain('no-such-browser is not there, sh ended with 3.')
    expect(addressIn(screen)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/authorize\?response_type=code/)
    for (const line of screen.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })

  test('the word code leads to a code, with who started it, when and where', async () => {
    const terminal = await login()
    await terminal.until(PROMPT)
    await terminal.type('code\n')
    const screen = await terminal.until('Started by ')
    expect(screen).toMatch(/Then enter the code:\s+[A-Z]{4}-[A-Z]{4}/)
    expect(screen).toMatch(/Started by \S+@\S+ at \d\d:\d\d\. Do not approve a code that somebody sent you/)
    const [code = ''] = /[A-Z]{4}-[A-Z]{4}/.exec(screen) ?? []
    await visit(new Person(), `${server.origin}/device?user_code=${code}`, { ...alice, decision: 'allow' })
    const end = await terminal.until(SIGNED_IN)
    expect(end).not.toContain('Started by')
    expect(await statusOf(terminal)).toBe(0)
  })

  test('Ctrl-C ends it with 130', async () => {
    const terminal = await login()
    await terminal.until(PROMPT)
    await terminal.keys('C-c')
    expect(await statusOf(terminal)).toBe(130)
    expect(await terminal.screen()).not.toContain(PROMPT)
  })

  test.each(['TERM', 'INT', 'KILL'])(
    'a shell whose sign-in was ended by SIG%s can be typed in as before',
    async (signal) => {
      const shell = await Tmux.start(['bash', '--norc', '--noprofile'], { env: home.env({ PS1: '> ' }), rows: 40 })
      terminals.push(shell)
      await shell.type(`${process.execPath} ${MAYFLY} sso login --profile dev\n`)
      await shell.until(PROMPT)
      const [pid] = await findWaiting(home.path)
      process.kill(Number(pid), `SIG${signal}`)
      await shell.until((screen) => /> *$/.test(screen.trimEnd()))
      await shell.type('stty -a; echo done with $((40 + 2))\n')
      const screen = await shell.until('done with 42')
      expect(screen).toMatch(/(?<!-)icanon/)
      expect(screen).toMatch(/(?<!-)echo\b/)
      expect(screen).toContain('echo done with $((40 + 2))')
    },
  )

  test('stopped with Ctrl-Z and sent behind the shell, it does not touch the terminal, and goes on in front', async () => {
    const shell = await Tmux.start(['bash', '--norc', '--noprofile'], { env: home.env({ PS1: '> ' }), rows: 60 })
    terminals.push(shell)
    await shell.type(`${process.execPath} ${MAYFLY} sso login --profile dev\n`)
    await shell.until(PROMPT)
    await shell.keys('C-z')
    await shell.until('Stopped')
    await shell.type('echo in the shell\n')
    await shell.until(/^in the shell$/m)
    await shell.type('fg\n')
    await shell.until((screen) => screen.lastIndexOf(PROMPT) > screen.indexOf('in the shell'))
    await shell.keys('C-c')
    await shell.type('echo after\n')
    await shell.until(/^after$/m)
  })

  test('started behind the shell, nothing is drawn and nobody is asked', async () => {
    const shell = await Tmux.start(['bash', '--norc', '--noprofile'], { env: home.env({ PS1: '> ' }), rows: 60 })
    terminals.push(shell)
    await shell.type(`${process.execPath} ${MAYFLY} sso login --profile dev &\n`)
    const screen = await shell.until(/code_challenge=/)
    await shell.type('echo still here; jobs\n')
    expect(await shell.until(/Running/)).toContain('still here')
    expect(screen).not.toContain(PROMPT)
    await shell.type('kill %1; wait\n')
    await shell.until('Terminated')
  })
})

test('without a terminal nothing but the AWS CLI’s words is said', async () => {
  const run = runProgram(process.execPath, [MAYFLY, 'sso', 'login', '--profile', 'dev'], {
    env: home.env(),
    timeout: 8000,
  })
  const { stdout, stderr } = await run
  expect(stderr).toBe('')
  expect(stdout).toMatch(/^Attempting to open your default browser\.[\s\S]*\n\nhttp\S+\n\n$/)
})

/** The processes of ours that wait in this home. */
async function findWaiting(folder: string): Promise<readonly string[]> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.filter((pid) => {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8')
      return environment.includes(`HOME=${folder}\0`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(MAYFLY)
    } catch {
      return false
    }
  })
}
