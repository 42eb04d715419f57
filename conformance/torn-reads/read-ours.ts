/**
 * Reads both files as Mayfly does and counts what came out as no token, or no credentials; and how often the hot path,
 * which reads once, left it to the whole program. Words: home, how often.
 */

import { findWarmCredentials } from '../../packages/cli/src/hot/hot.ts'
import { createSystemMachine } from '../../packages/cli/src/machine/system-machine.ts'
import { findCachedRoleCredentials } from '../../packages/cli/src/role-credentials/role-cache.ts'
import { readToken } from '../../packages/cli/src/sign-in/token-cache.ts'
import { ACCOUNT, ROLE, SESSION } from './contents.ts'

const reads = Number(process.argv[2])
const machine = createSystemMachine()
const session = { sessionName: SESSION, startUrl: '', region: 'us-east-1' }
let failures = 0
let leftToTheWhole = 0
for (let turn = 0; turn < reads; turn += 1) {
  if (turn % 2 === 0) {
    if ((await readToken(machine, session)).found !== 'token') failures += 1
    continue
  }
  const surroundings = { env: machine.env, platform: machine.platform, now: Date.now() }
  if (findWarmCredentials(['credentials', '--profile', 'dev'], surroundings) === undefined) leftToTheWhole += 1
  const found = await findCachedRoleCredentials(machine, { ...session, accountId: ACCOUNT, roleName: ROLE })
  if (!found || found.expiration <= machine.clock.now()) failures += 1
}
console.log(JSON.stringify({ reads, failures, leftToTheWhole }))
