/** The settings of the profile that a command is to use: named in words, by option, by the environment, or chosen. */

import type { Machine } from '../machine/machine.ts'
import { loadSettings, type Settings } from '../shared-config/settings.ts'
import type { OptionValues } from './command.ts'

/** `named` is the profile typed as a word (`mayfly exec prod -- …`); it counts as if it came with `--profile`. */
export const loadProfileSettings = (
  machine: Machine,
  options: OptionValues,
  named?: string | undefined,
): Promise<Settings> => loadSettings(machine, named === undefined ? options : { ...options, profile: named })
