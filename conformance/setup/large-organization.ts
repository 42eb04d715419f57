/** An organization of any number of accounts, with three roles for alice in each: a document for the server. */

import { writeFileSync } from 'node:fs'

export const ROLES = ['AdministratorAccess', 'PowerUserAccess', 'ReadOnlyAccess'] as const

/** What people call accounts, and what tools have to make of it. */
const KINDS = ['Production', 'Development', 'Büro Zürich', 'Łódź & Søn', '🚀 Launch', '生产', 'data/lake (eu)']

export const accountIdOf = (number: number): string => String(100_000_000_001 + number)
const accountNameOf = (number: number): string => `Acme ${KINDS[number % KINDS.length]} ${number}`

/** Writes the document; answers the environment that makes a server load it. */
export function writeOrganization(path: string, accounts: number): { readonly MAYFLY_EXAMPLE: string } {
  const numbers = Array.from({ length: accounts }, (_, number) => number)
  const lines = numbers.map(
    (number) =>
      `  - { id: "${accountIdOf(number)}", name: ${JSON.stringify(accountNameOf(number))}, email: a${number}@acme.example }`,
  )
  const sets = ROLES.map((name) => `  - { name: ${name}, managedPolicies: [arn:aws:iam::aws:policy/${name}] }`)
  const ids = numbers.map((number) => `"${accountIdOf(number)}"`)
  writeFileSync(
    path,
    `instance:
  id: 7223b1e5f2a94c60
  identityStoreId: d-9067a1b2c3
  name: Acme
  region: us-east-1
  managementAccount: "${accountIdOf(0)}"
  mfa: { withoutDevice: allow-sign-in }
accounts:
${lines.join('\n')}
permissionSets:
${sets.join('\n')}
users:
  - { userName: alice, displayName: Alice, givenName: Alice, familyName: Anders, email: alice@acme.example, password: mayfly-example }
assignments:
  - user: alice
    permissionSets: [${ROLES.join(', ')}]
    accounts: [${ids.join(', ')}]
`,
  )
  return { MAYFLY_EXAMPLE: path }
}
