/** What the guard of a repository is, in words. */

import type { HookFolder } from '../../../long-term-keys/guard/hook-folder.ts'
import type { HookState } from '../../../long-term-keys/guard/hooks.ts'
import { shortenHome } from '../find/place-words.ts'

/** The name of a folder that somebody else has given moves no cursor. */
const printable = (text: string): string => text.replace(/(?!\n)\p{C}/gu, '?')

const STATES: Readonly<Record<HookState['state'], string>> = {
  absent: 'no hook',
  ours: 'looks for long-term keys',
  changed: 'looks for long-term keys; it was changed by hand',
  other: 'another hook, which does not',
}

export function formatGuard(
  folder: HookFolder,
  hooks: readonly HookState[],
  { isGlobal, home }: { readonly isGlobal: boolean; readonly home: string },
): string {
  const lines = hooks.map(({ name, state, former }) => {
    const first = former === undefined ? '' : ', after the hook that was there'
    return `${name.padEnd(11)} ${STATES[state]}${state === 'ours' ? first : ''}`
  })
  const isGuarded = isGlobal || hooks.some(({ state }) => state === 'ours' || state === 'changed')
  const next = folder.manager
    ? `${folder.manager.name} manages the hooks. What to add to it: mayfly keys guard install`
    : isGuarded
      ? 'Past it, once: git commit --no-verify. False alarms: .mayfly-keys-ignore'
      : 'Let it: mayfly keys guard install --pre-push'
  const shared = isGlobal ? ['', 'All your repositories are guarded: git config --global core.hooksPath'] : []
  return printable([`Hooks in ${shortenHome(folder.path, home)}`, '', ...lines, ...shared, '', next, ''].join('\n'))
}

export function formatInstalled(hooks: readonly HookState[], home: string): string {
  const lines = hooks
    .filter(({ state }) => state === 'ours')
    .map(({ path, former }) =>
      former === undefined
        ? `${shortenHome(path, home)} looks for long-term keys now.`
        : `${shortenHome(path, home)} looks for long-term keys now,\nafter the hook that was there: ${shortenHome(former, home)}`,
    )
  const more = [
    'Try it: mayfly keys find --staged',
    'Past it, once: git commit --no-verify. False alarms: .mayfly-keys-ignore',
    'Away again: mayfly keys guard remove',
  ]
  return printable([...lines, '', ...more, ''].join('\n'))
}

/** Nothing was written: what manages the hooks would overwrite it, or not run it, or give it to everyone. */
export function formatManaged({ manager, kind, path }: HookFolder, home: string): string {
  if (manager) {
    const lines = manager.lines.split('\n').map((line) => `  ${line}`)
    const what = `${manager.name} manages the hooks of this repository, so none was written.`
    return printable([what, `Add to ${shortenHome(manager.file, home)}:`, '', ...lines, ''].join('\n'))
  }
  const place = shortenHome(path, home)
  const why =
    kind === 'tracked'
      ? `core.hooksPath leads to ${place}, which is part of the working tree:\nwhat lies there is everyone's, so none was written.`
      : `core.hooksPath leads to ${place}, outside of this repository:\nothers use it too, so none was written.`
  return printable(
    [why, `Add this line to ${place}/pre-commit:`, '', '  mayfly keys find --staged || exit 1', ''].join('\n'),
  )
}

export interface RemovedHook {
  readonly name: string
  readonly path: string
  readonly outcome: 'removed' | 'restored' | 'kept' | 'absent'
}

export function formatRemoved(removed: readonly RemovedHook[], home: string): string {
  const lines = removed.flatMap(({ path, outcome }) => {
    const place = shortenHome(path, home)
    if (outcome === 'removed') return [`Taken away: ${place}`]
    if (outcome === 'restored') return [`As it was before: ${place}`]
    return outcome === 'kept' ? [`Changed by hand, and so left alone: ${place}`] : []
  })
  return printable(`${lines.length > 0 ? lines.join('\n') : 'No hook of this repository looks for long-term keys.'}\n`)
}
