/** A home with profiles and a `mayfly` on its PATH, as a person's shell would find them. */

import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { Home } from '../harness/home.ts'
import { MAYFLY } from '../harness/mayfly.ts'

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type TestedShell = (typeof SHELLS)[number]

export class ShellHome extends Home {
  constructor(profiles = ['dev-admin', 'dev-read', 'prod-admin', 'prod-read']) {
    super()
    this.writeConfig(
      'https://d-1234567890.awsapps.com/start',
      profiles.map((name, index) => ({
        name,
        accountId: String(111111111111 + index),
        roleName: name.endsWith('admin') ? 'AdministratorAccess' : 'ReadOnly',
      })),
    )
    mkdirSync(join(this.path, 'bin'))
    symlinkSync(MAYFLY, join(this.path, 'bin/mayfly'))
    symlinkSync(process.execPath, join(this.path, 'bin/node'))
    this.write('.bashrc', 'PS1="$ "\n')
    this.write('.zshrc', 'PROMPT="$ "\nautoload -Uz compinit\ncompinit -u\n')
    // Without this fish starts a program in the background that reads every manual page.
    mkdirSync(join(this.path, '.local/share/fish/generated_completions'), { recursive: true })
    this.write('.config/fish/config.fish', 'set -g fish_greeting\nfunction fish_prompt; echo "\\$ "; end\n')
  }

  shellEnv(shell: TestedShell, extra: Readonly<Record<string, string>> = {}): Record<string, string> {
    const path = `${join(this.path, 'bin')}:/usr/local/bin:/usr/bin:/bin`
    return this.env({ PATH: path, SHELL: `/usr/bin/${shell}`, TERM: 'xterm-256color', ...extra })
  }
}
