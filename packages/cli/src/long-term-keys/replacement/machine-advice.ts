/** For keys that machines work with: no person's sign-in takes their place, but a role of their own does. */

import type { Machine } from '../../machine/machine.ts'
import type { KeyFacts } from '../inquiry/key-facts.ts'
import type { FoundKey } from '../key/found-key.ts'
import { findRemote } from './machines/git-remote.ts'
import { anywhereSnippets, instanceSnippets, podSnippets, taskSnippets } from './machines/hosts.ts'
import { findMachineKind, isCalledMachine } from './machines/machine-kind.ts'
import { githubSnippets, gitlabSnippets, otherPipelineSnippets, terraformCloudSnippets } from './machines/pipelines.ts'
import type { GitRemote, MachineKind, RolePlace, Snippet } from './machines/snippet.ts'

export interface MachineQuestion {
  /** Every place of one key. */
  readonly found: readonly FoundKey[]
  /** Nothing where nobody was asked. */
  readonly facts?: KeyFacts | undefined
  readonly region?: string | undefined
}

const SNIPPETS: Readonly<Record<MachineKind, (place: RolePlace) => readonly Snippet[]>> = {
  'github-actions': githubSnippets,
  'gitlab-ci': gitlabSnippets,
  'other-ci': otherPipelineSnippets,
  'terraform-cloud': terraformCloudSnippets,
  kubernetes: podSnippets,
  container: taskSnippets,
  server: (place) => [...instanceSnippets(place), ...anywhereSnippets(place)],
}

const FALLBACK_REGION = 'us-east-1'

/** What to paste for each machine that the key is of; empty for a key of persons alone. */
export async function adviseMachines(machine: Machine, question: MachineQuestion): Promise<readonly Snippet[]> {
  const { found, facts } = question
  const accountId = facts?.accountId ?? found.find((key) => key.accountId !== undefined)?.accountId
  if (accountId === undefined) return []
  const kinds = new Map<MachineKind, GitRemote | undefined>()
  for (const key of found) {
    const kind = findMachineKind(key)
    if (kind !== undefined && !kinds.get(kind)) kinds.set(kind, await findRemote(machine, key.place))
  }
  if (kinds.size === 0 && facts !== undefined && isCalledMachine(facts)) kinds.set('server', undefined)
  return [...kinds].flatMap(([kind, remote]) => SNIPPETS[kind](placeOf(question, accountId, remote)))
}

/** The role goes by the name of the user that it takes the place of. */
function placeOf(
  { facts, region = FALLBACK_REGION }: MachineQuestion,
  accountId: string,
  remote?: GitRemote,
): RolePlace {
  const policies = (facts?.policies?.policies ?? []).filter(({ way }) => way !== 'boundary')
  const userName = facts?.userName
  return {
    partition: /^arn:([\w-]+):/.exec(facts?.arn ?? '')?.[1] ?? 'aws',
    accountId,
    roleName: userName !== undefined && /^[\w+=,.@-]{1,64}$/.test(userName) ? userName : 'deploy',
    region,
    policyArns: policies.flatMap(({ arn }) => (arn !== undefined && /^[\w:/+=,.@-]+$/.test(arn) ? [arn] : [])),
    inlinePolicies: policies.flatMap(({ name, way }) => (way === 'inline' && /^[\w+=,.@-]+$/.test(name) ? [name] : [])),
    ...(userName !== undefined && /^[\w+=,.@-]{1,64}$/.test(userName) && { userName }),
    ...(remote && { remote }),
  }
}
