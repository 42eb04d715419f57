/** The commands that make a role: who may take it, and what it may do. */

import { jsonLines, type RolePlace, type Snippet } from './snippet.ts'

export interface TrustedPrincipal {
  /** `{ Service: 'ec2.amazonaws.com' }`, `{ Federated: ARN }`. */
  readonly principal: Readonly<Record<string, string>>
  readonly actions: readonly string[]
  /** Without one, everybody whom the principal vouches for may take the role. */
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** `trust.json`: one statement, for one principal. */
function trustPolicy({ principal, actions, condition }: TrustedPrincipal): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: principal,
        Action: actions.length === 1 ? actions[0] : actions,
        ...(condition && { Condition: condition }),
      },
    ],
  }
}

/** Two snippets: the trust policy, and the commands. `before` and `after` are the machine's own. */
export function roleSnippets(
  place: RolePlace,
  {
    machine,
    title,
    trusted,
    before = [],
    after = [],
  }: {
    readonly machine: Snippet['machine']
    /** `GitHub Actions`. */
    readonly title: string
    readonly trusted: TrustedPrincipal
    readonly before?: readonly string[]
    readonly after?: readonly string[]
  },
): readonly Snippet[] {
  const create = `aws iam create-role --role-name ${place.roleName} --assume-role-policy-document file://trust.json`
  return [
    {
      machine,
      heading: `${title}: who may take the role (trust.json)`,
      language: 'json',
      lines: jsonLines(trustPolicy(trusted)),
    },
    {
      machine,
      heading: `${title}: the role, once, in account ${place.accountId}`,
      language: 'shell',
      lines: [...before, create, ...policyCommands(place), ...after],
    },
  ]
}

/** What the key's user may do, for the role; less is better. */
function policyCommands({ roleName, policyArns, inlinePolicies, userName }: RolePlace): readonly string[] {
  const attached = policyArns.map((arn) => `aws iam attach-role-policy --role-name ${roleName} --policy-arn ${arn}`)
  if (userName === undefined) return attached
  const copied = inlinePolicies.flatMap((name) => [
    `aws iam get-user-policy --user-name ${userName} --policy-name ${name} --query PolicyDocument --output json > ${name}.json`,
    `aws iam put-role-policy --role-name ${roleName} --policy-name ${name} --policy-document file://${name}.json`,
  ])
  return [...attached, ...copied]
}
