/** `mayfly use`, the prompt's segment and completion in bash, zsh and fish themselves, in a terminal and without one. */

import { existsSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { runProgram } from '../harness/run-program.ts'
import { hasTmux, Tmux } from '../harness/tmux.ts'
import { SHELLS, ShellHome, type TestedShell } from './shell-home.ts'

const program = (shell: TestedShell): string => `/usr/bin/${shell}`

let home: ShellHome
const terminals: Tmux[] = []
afterEach(async () => {
  for (const terminal of terminals.splice(0)) await terminal.stop()
  home.remove()
})

/** What a shell prints that has read its hook. */
async function inShell(shell: TestedShell, script: string, extra: Readonly<Record<string, string>> = {}) {
  const env = home.shellEnv(shell, extra)
  await runProgram(program(shell), ['-c', 'mayfly hook install'], { env })
  const name = `.mayfly/shell/mayfly.${shell}`
  return runProgram(program(shell), ['-c', `. ~/${name}\n${script}`], { env })
}

for (const shell of SHELLS) {
  describe.skipIf(!existsSync(program(shell)))(shell, () => {
    test('use sets AWS_PROFILE in this shell, goes back, and clears it; a refusal changes nothing', async () => {
      home = new ShellHome()
      const show = 'printf "<%s>" "$AWS_PROFILE"'
      const script = ['use prod-admin', 'use dev-read', 'use -', 'use nope', 'use --clear', 'use -']
      const { stdout, stderr } = await inShell(shell, script.map((words) => `mayfly ${words}; ${show}`).join('\n'))
      expect(stdout).toBe('<prod-admin><dev-read><prod-admin><prod-admin><><prod-admin>')
      expect(stderr).toContain('The config profile (nope) could not be found')
    })

    test('help is shown and never run, and other commands are as they were', async () => {
      home = new ShellHome()
      const { stdout } = await inShell(shell, 'mayfly use --help\nmayfly profiles\nprintf "<%s>" "$AWS_PROFILE"')
      expect(stdout).toMatch(/^Usage: mayfly use /)
      expect(stdout).toMatch(/dev-admin\ndev-read\nprod-admin\nprod-read\n<>$/)
    })

    test('a profile with blanks, quotes and dollar signs is one name', async () => {
      const odd = `it's $HOME "x" \`y\``
      home = new ShellHome()
      home.write('.aws/credentials', `[${odd}]\naws_access_key_id = x\n`)
      const word = shell === 'fish' ? `'it\\'s $HOME "x" \`y\`'` : `'it'\\''s $HOME "x" \`y\`'`
      const { stdout } = await inShell(shell, `mayfly use ${word}; printf "<%s>" "$AWS_PROFILE"; mayfly_segment`)
      expect(stdout).toBe(`<${odd}>${odd}`)
    })

    test.skipIf(!hasTmux)('in a terminal: install, find by typing, complete, remove', async () => {
      home = new ShellHome()
      const former = home.read(`.${shell}rc`)
      const env = home.shellEnv(shell)
      await runProgram(program(shell), ['-c', 'mayfly hook install'], { env })
      const terminal = await Tmux.start([program(shell), '-i'], { env, columns: 80, cwd: home.path })
      terminals.push(terminal)
      await terminal.until('$')
      await terminal.type('mayfly use\n')
      await terminal.until('Type to filter')
      await terminal.type('read pro')
      await terminal.until(/1\/4\n▌ prod-read/)
      await terminal.keys('Enter')
      await terminal.until('This shell uses prod-read')
      expect(await terminal.screen()).not.toContain('Type to filter')
      await terminal.type('echo "<$AWS_PROFILE>"\n')
      await terminal.until('<prod-read>')
      await terminal.type('mayfly use pro')
      await terminal.keys('Tab')
      await terminal.until('mayfly use prod-')
      await terminal.keys('C-c')
      await terminal.until(/\n\$$/)
      await terminal.type('mayfly exec dev-read -- mkd')
      await terminal.keys('Tab')
      await terminal.until('-- mkdir')
      await terminal.keys('C-c')
      await terminal.until(/\n\$$/)
      await terminal.type('mayfly hook remove\n')
      await terminal.until('Taken out of')
      expect(home.read(`.${shell}rc`)).toBe(former)
      expect(home.files('.mayfly/shell')).toEqual([])
      expect(existsSync(`${home.path}/.config/fish/conf.d/mayfly.fish`)).toBe(false)
    })
  })
}

describe.skipIf(!existsSync('/usr/bin/fish'))('completion as fish asks for it', () => {
  test('commands with what they do, and the command line of a program', async () => {
    home = new ShellHome()
    const { stdout } = await inShell('fish', 'complete -C "mayfly ex"; complete -C "mayfly exec dev-read -- mkdi"')
    expect(stdout).toMatch(/^exec\trun a program/)
    expect(stdout).toContain('mkdir')
  })
})

describe('completion as bash asks for it', () => {
  /** What readline would be given. */
  const replies = async (line: string): Promise<string> => {
    const script = `COMP_LINE=${JSON.stringify(line)} COMP_POINT=\${#COMP_LINE}
      read -ra COMP_WORDS <<< "$COMP_LINE"; [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=("")
      COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _mayfly 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`
    return (await inShell('bash', script)).stdout
  }

  test('commands, options, choices, profiles, regions', async () => {
    home = new ShellHome()
    expect(await replies('mayfly whoa')).toBe('whoami\n')
    expect(await replies('mayfly credentials --no-s')).toBe('--no-sign-in\n')
    expect(await replies('mayfly credentials --format fi')).toBe('fish\n')
    expect(await replies('mayfly use prod-')).toBe('prod-admin\nprod-read\n')
    expect(await replies('mayfly whoami --region eu-west-')).toBe('eu-west-1\neu-west-2\neu-west-3\n')
  })

  test('a config that no tool can read, and a home without one, complete all the same', async () => {
    home = new ShellHome()
    home.write('.aws/config', '[profile one]\nbroken\n[profile one]\n')
    expect(await replies('mayfly use ')).toBe('one\n')
    home.write('.aws/config', '')
    expect(await replies('mayfly sta')).toBe('status\n')
  })
})
