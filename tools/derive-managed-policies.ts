/** Derives the predefined managed policies from what each action of AWS does, and writes them where the server reads them. */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './build/target.ts'
import { readActions } from './policies/actions.ts'
import { writePolicies } from './policies/policies.ts'

const FILE = 'packages/identity-center/src/policy/predefined/managed-policies.json'

const policies = writePolicies(await readActions())
writeFileSync(join(root, FILE), `${JSON.stringify({ policies }, undefined, 2)}\n`)
