/** Starts a program that lives on when this process and its terminal are gone. */

import { spawn } from 'node:child_process'

type Environment = Readonly<Record<string, string | undefined>>

/** In its own session, without the terminal, in the root folder so that no disk stays busy. */
export function startDetached(program: string, words: readonly string[], env: Environment): void {
  const cwd = process.platform === 'win32' ? {} : { cwd: '/' }
  const child = spawn(program, words, { env, ...cwd, stdio: 'ignore', detached: true, windowsHide: true })
  child.on('error', () => undefined)
  child.unref()
}
