/** What the compiler must say about handlers; `tsc` is the test. */

import type { InputTo, OperationName, Operations, OutputFrom } from './operations.ts'
import { notImplemented } from './operations.ts'

type Sdk = typeof import('@aws-sdk/client-sso')
type Portal = Operations<Sdk, { user: string }>

const roleCredentials = {
  GetRoleCredentials: async ({ roleName, accountId }, { user }) => ({
    roleCredentials: { accessKeyId: roleName + accountId + user },
  }),
} satisfies Partial<Portal>

/** Complete. */
export const portal: Portal = { ...roleCredentials, ...notImplemented('ListAccountRoles', 'ListAccounts', 'Logout') }

// @ts-expect-error: 'Logout' is neither handled nor listed.
export const incomplete: Portal = { ...roleCredentials, ...notImplemented('ListAccountRoles', 'ListAccounts') }

// @ts-expect-error: there is no such operation.
export const misspelt: OperationName<Sdk> = 'GetRoleCredential'

// @ts-expect-error: a time is a number of milliseconds here, no Date.
export const wrong: OutputFrom<Sdk, 'GetRoleCredentials'> = { roleCredentials: { expiration: new Date(0) } }

// @ts-expect-error: a required member is missing.
export const input: InputTo<Sdk, 'ListAccountRoles'> = { accessToken: 't' }
