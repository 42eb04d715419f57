/** Every command, by its words. */

import { exportAudit, listAudit, verifyAudit } from './audit.ts'
import { backup, restore } from './backup.ts'
import { clientFiles } from './client-files.ts'
import type { Command } from './command.ts'
import { firstAdministrator } from './first-administrator.ts'
import { health } from './health.ts'
import { listKeys, rotate, rotateRoot } from './keys.ts'
import { resetMfa, resetPassword } from './lost-factors.ts'
import { importPolicies, listPolicies } from './policies.ts'
import { disableUser, enableUser, listUsers, unlockUser } from './users.ts'

export const COMMANDS: readonly Command[] = [
  listUsers,
  disableUser,
  enableUser,
  unlockUser,
  resetPassword,
  resetMfa,
  firstAdministrator,
  listAudit,
  exportAudit,
  verifyAudit,
  listPolicies,
  importPolicies,
  backup,
  restore,
  listKeys,
  rotate,
  rotateRoot,
  health,
  clientFiles,
]

/** The command that these words begin with. */
export const findCommand = (words: readonly string[]): Command | undefined =>
  COMMANDS.find((command) => command.words.every((word, index) => words[index] === word))
