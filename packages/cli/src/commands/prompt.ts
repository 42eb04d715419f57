/** prompt: the part of a shell's prompt that shows profile, account and time left. */

import { DEFAULT_FORMAT, renderPrompt } from '../hot/prompt.ts'
import { SHELLS_OF_PROMPT } from '../hot/prompt-text.ts'
import type { Machine } from '../machine/machine.ts'
import { type Command, findOption } from './command.ts'

export const prompt: Command = {
  words: 'prompt',
  summary: "print the part of a shell's prompt that shows profile, account and time left",
  options: [
    {
      name: '--format',
      value: 'FORMAT',
      summary: `'${DEFAULT_FORMAT}' when not said; also {accountId}, {role}, {session} and {tags}. What stands in [] is left out when it is empty`,
    },
    { name: '--shell', value: 'SHELL', summary: "write colours for this shell's prompt", choices: SHELLS_OF_PROMPT },
  ],
  example: 'mayfly prompt --shell bash',
  async run(options, machine) {
    const typed = ['format', 'shell', 'profile'].flatMap((name) => {
      const value = findOption(options, name)
      return value === undefined ? [] : [`--${name}=${value}`]
    })
    machine.terminal.write(await render(machine, typed))
    return 0
  },
}

/** The decision asks for one file after the other: each is read, and the decision made again with all of them. */
async function render({ env, platform, home, clock, files }: Machine, typed: readonly string[]): Promise<string> {
  const known = new Map<string, string | undefined>()
  const surroundings = { env: { ...env, HOME: home, USERPROFILE: home }, platform, now: clock.now().getTime() }
  for (;;) {
    const missing: string[] = []
    const read = (path: string): string | undefined => {
      if (!known.has(path)) missing.push(path)
      return known.get(path)
    }
    const text = renderPrompt(typed, { ...surroundings, read })
    if (missing.length === 0) return text ?? ''
    for (const path of missing) known.set(path, await files.readText(path).catch(() => undefined))
  }
}
