/** The hint for a role that the portal refused: how to find out why, and the nearest one that is granted. */

import type { Machine } from '../machine/machine.ts'
import { findRefusedProfile } from '../role-credentials/refused-profile.ts'
import { shellWord } from '../shared-config/shell-word.ts'
import type { Problem } from './problem.ts'

const REFUSED = ['ForbiddenException', 'ResourceNotFoundException']

/** The problem, with that hint when it is one about a profile's role. The network is not asked. */
export async function addNearestRole(problem: Problem, error: unknown, machine: Machine): Promise<Problem> {
  const profile = REFUSED.includes(problem.code) ? findRefusedProfile(error) : undefined
  if (!profile) return problem
  const { findNearestKnownRole } = await import('../diagnosis/known-access.ts')
  const { formatRole } = await import('../diagnosis/refused-role.ts')
  // Nothing that goes wrong here may hide the refusal itself.
  const nearest = await findNearestKnownRole(machine, profile).catch(() => undefined)
  // A line of its own for the command: in 80 columns a terminal would cut it in two.
  const near = nearest ? `Nearest: ${formatRole(nearest)}\n` : ''
  const why = `mayfly why ${shellWord(profile.profileName, machine.platform)}`
  return { ...problem, hint: `${near}The account or the role is not assigned to you: ${why}` }
}
