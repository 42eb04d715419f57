/** Where Mayfly keeps what is its own, as values. */

import { posix, win32 } from 'node:path'
import type { Machine } from './machine.ts'

/** Joins the parts of a path with the platform's own separator. */
export const joinPath = ({ platform }: Pick<Machine, 'platform'>, ...parts: readonly string[]): string =>
  (platform === 'win32' ? win32 : posix).join(...parts)

/** What Mayfly keeps for itself: locks, backups, the sealed store. */
export const ownFolder = (machine: Pick<Machine, 'platform' | 'home'>): string =>
  joinPath(machine, machine.home, '.mayfly')
