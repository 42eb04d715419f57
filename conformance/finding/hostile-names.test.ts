/** Names of profiles that would do something, if any shell took them for more than names. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { runProgram } from '../harness/run-program.ts'
import { hasTmux, Tmux } from '../harness/tmux.ts'
import { SHELLS, ShellHome } from './shell-home.ts'

const NAMES = ['a1$(touch $HOME/pwned)', 'a2`touch $HOME/pwned`', "a3';touch $HOME/pwned;'", 'a4";touch $HOME/pwned;"']

/** Prompts as the guide has them. */
const PROMPTS = {
  bash: `PS1='$(mayfly_segment)$(mayfly prompt --shell bash) $ '\n`,
  zsh: `autoload -Uz compinit\ncompinit -u\nsetopt prompt_subst\nPROMPT='$(mayfly_segment)$(mayfly prompt --shell zsh) $ '\n`,
  fish: 'set -g fish_greeting\nfunction fish_prompt; mayfly_segment; mayfly prompt --shell fish; echo " \\$ "; end\n',
} as const

let home: ShellHome
const terminals: Tmux[] = []
afterEach(async () => {
  for (const terminal of terminals.splice(0)) await terminal.stop()
  home.remove()
})

for (const shell of SHELLS) {
  describe.skipIf(!hasTmux || !existsSync(`/usr/bin/${shell}`))(shell, () => {
    for (const quote of ['', "'", '"']) {
      test(`completes them behind ${quote || 'nothing'}, uses them and shows them in its prompt, and does nothing else`, async () => {
        home = new ShellHome()
        home.write('.aws/credentials', NAMES.map((name) => `[${name}]\naws_access_key_id = x\n`).join(''))
        home.write(shell === 'fish' ? '.config/fish/config.fish' : `.${shell}rc`, PROMPTS[shell])
        const env = home.shellEnv(shell)
        await runProgram(`/usr/bin/${shell}`, ['-c', 'mayfly hook install'], { env })
        const terminal = await Tmux.start([`/usr/bin/${shell}`, '-i'], { env, columns: 100, cwd: home.path })
        terminals.push(terminal)
        await terminal.until('$')
        for (const [index, name] of NAMES.entries()) {
          await terminal.type(`mayfly use ${quote}a${index + 1}`)
          await terminal.keys('Tab')
          // Until the shell has put the rest of the name there.
          await terminal.until(new RegExp(`use .*a${index + 1}.*touch`))
          await terminal.keys('Enter')
          await terminal.until(`This shell uses ${name}.\n${name}${name} $`)
          expect([name, existsSync(join(home.path, 'pwned'))]).toEqual([name, false])
        }
      }, 60_000)
    }
  })
}
