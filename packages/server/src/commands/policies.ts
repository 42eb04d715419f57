/** `policies import`, `policies list`: the documents that count for the policies that AWS manages. */

import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { listPredefinedPolicies } from '@mayfly/identity-center/policy/predefined-policies'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Store } from '@mayfly/store'
import { type PolicyFile, readPolicyFile } from '../policies/policy-files.ts'
import type { Command } from './command.ts'
import { createOperatorEvent } from './operator-event.ts'
import { withStore } from './users.ts'

export const importPolicies: Command = {
  words: ['policies', 'import'],
  example: 'policies import ./managed-policies --data /var/lib/mayfly',
  argument: 'PATH',
  summary: 'take AWS’s own documents of its managed policies from a file or a folder; they count before our own',
  run: (context) =>
    withStore(context, async (store) => {
      const [place] = context.words
      if (place === undefined) throw new Refusal('invalid', 'Which file or folder? mayfly-server policies import DIR')
      const policies = (await readFiles(place)).flatMap(readPolicyFile)
      if (policies.length === 0) throw new Refusal('invalid', `There is no policy of AWS’s in ${place}.`)
      const importedAt = context.clock.now()
      await store.transaction(async (tx) => {
        for (const policy of policies) await tx.managedPolicies.insert({ ...policy, importedAt })
        await tx.policyChanges.bump()
        const names = policies.slice(0, 100).map(({ name }) => name)
        await tx.auditEvents.insert(createOperatorEvent('ImportManagedPolicies', { policies: names }, context))
      })
      context.print(`${policies.length === 1 ? '1 policy counts' : `${policies.length} policies count`} as imported.`)
    }),
}

export const listPolicies: Command = {
  words: ['policies', 'list'],
  example: 'policies list --data /var/lib/mayfly',
  summary: 'print the managed policies that have a document here, and whose it is',
  run: (context) => withStore(context, (store) => printPolicies(store, context.print)),
}

/** All files below a folder, whatever their names, but for hidden ones. */
async function readFiles(place: string): Promise<PolicyFile[]> {
  const found = await stat(place).catch(() => undefined)
  if (!found) throw new Refusal('not-found', `There is no ${place}.`)
  if (!found.isDirectory()) return [{ path: basename(place), text: await readFile(place, 'utf8') }]
  const entries = await readdir(place, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  return await Promise.all(
    files.map(async (file) => ({ path: relative(place, file), text: await readFile(file, 'utf8') })),
  )
}

async function printPolicies(store: Store, print: (line: string) => void): Promise<void> {
  const origins = new Map(listPredefinedPolicies().map(({ arn }) => [arn, 'predefined']))
  let after: string | undefined
  do {
    const page = await store.managedPolicies.list({ limit: 100, ...(after === undefined ? {} : { after }) })
    for (const { arn, importedAt } of page.items) origins.set(arn, `imported ${importedAt.toISOString()}`)
    after = page.nextToken
  } while (after !== undefined)
  for (const [arn, origin] of [...origins].sort()) print(`${arn}\t${origin}`)
}
