/** The permission set that accounts are read with, where none was named. */

import type { AccessAccount } from '../../../account-access/access-index.ts'
import { findMostOffered, listOfferedRoles } from '../../../long-term-keys/organization/choose-accounts.ts'
import type { Machine } from '../../../machine/machine.ts'
import { ArgumentRefusal } from '../../../problems/argument-refusal.ts'
import { shellWord } from '../../../shared-config/shell-word.ts'

/** More than these are told by their number. */
const MOST_NAMED = 6

/** The one that most accounts offer; where several do, a person is asked, and a script is refused. */
export async function chooseRoles(machine: Machine, accounts: readonly AccessAccount[]): Promise<readonly string[]> {
  const { terminal, platform } = machine
  const offered = listOfferedRoles(accounts)
  const most = findMostOffered(offered)
  if (most !== undefined) return [most]
  const [first] = offered
  if (!first) throw new ArgumentRefusal('No permission set is granted in these accounts.', 'Ask an administrator.')
  const likely = offered.find(({ roleName }) => /audit|read|view/i.test(roleName)) ?? first
  if (!terminal.interactive) {
    const named = offered.slice(0, MOST_NAMED).map(({ roleName, accounts: count }) => `${roleName} (${count})`)
    const more = offered.length > MOST_NAMED ? ` and ${offered.length - MOST_NAMED} more` : ''
    throw new ArgumentRefusal(
      `Several permission sets are granted in as many accounts: ${named.join(', ')}${more}.`,
      `Name one that may read IAM: --role-name ${shellWord(likely.roleName, platform)}`,
    )
  }
  terminal.writeError('Which permission set reads the accounts? It needs to read IAM and nothing else.\n')
  const rows = offered.map(({ roleName, accounts: count }) => `${roleName}  in ${count} of ${accounts.length} accounts`)
  return [offered[await terminal.choose(rows)]?.roleName ?? first.roleName]
}
