/** Where things lie, on each platform, as values. */

import { posix, win32 } from 'node:path'
import type { Machine } from '../machine/machine.ts'

/** Joins the parts of a path with the platform's own separator. */
export const joinPath = ({ platform }: Pick<Machine, 'platform'>, ...parts: readonly string[]): string =>
  (platform === 'win32' ? win32 : posix).join(...parts)
