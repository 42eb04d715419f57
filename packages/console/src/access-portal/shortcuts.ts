/** Shortcuts: deep links to a role, which this browser keeps for the person. */
import { formatFragment, type RoleAddress } from '../fragment.ts'
import { readStored, writeStored } from '../stored.ts'

export interface Shortcut extends RoleAddress {
  name: string
  destination?: string
}

const SHORTCUTS = 'mayfly.shortcuts'

/** The address that opens a shortcut, for any browser. */
export function shortcutUrl(startUrl: string, { accountId, roleName, destination }: Shortcut): string {
  const page = { name: 'console', accountId, roleName, ...(destination ? { destination } : {}) } as const
  return `${startUrl.replace(/\/+$/, '')}/${formatFragment(page)}`
}

/** What is kept for a user. Whatever else lies there is skipped. */
export function readShortcuts(userId: string): Shortcut[] {
  const stored = readStored(`${SHORTCUTS}.${userId}`)
  return Array.isArray(stored) ? stored.filter(isShortcut) : []
}

/** Says whether the shortcuts were kept. */
export function writeShortcuts(userId: string, shortcuts: readonly Shortcut[]): boolean {
  return writeStored(`${SHORTCUTS}.${userId}`, shortcuts)
}

/** Tells whether a stored value is a shortcut. */
export function isShortcut(value: unknown): value is Shortcut {
  if (typeof value !== 'object' || value === null) return false
  const { name, accountId, roleName, destination } = value as Record<keyof Shortcut, unknown>
  return (
    typeof name === 'string' &&
    typeof accountId === 'string' &&
    typeof roleName === 'string' &&
    (destination === undefined || typeof destination === 'string')
  )
}
