/** A sign-in service for tests: answers each operation in turn, and remembers what it was asked. */

import { ServiceException } from '@mayfly/wire/model/service-exception'
import type { ServiceClient } from '../endpoints/service-client.ts'
import type { ShownPage } from '../sign-in/shown-page.ts'

export type Answers = Readonly<Record<string, readonly (Record<string, unknown> | string)[]>>

export interface TestOidc extends ServiceClient {
  readonly asked: readonly (readonly [operation: string, input: Readonly<Record<string, unknown>>])[]
}

/** An exception's name in place of an answer is thrown. The last answer of an operation is given for ever. */
export function createTestOidc(answers: Answers = {}): TestOidc {
  const all: Answers = { RegisterClient: [REGISTERED], CreateToken: [TOKEN], ...answers }
  const given = new Map<string, number>()
  const asked: [string, Readonly<Record<string, unknown>>][] = []
  return {
    endpoint: 'https://oidc.us-east-1.amazonaws.com',
    asked,
    async call(operation, input) {
      asked.push([operation, input])
      const list = all[operation] ?? []
      const index = given.get(operation) ?? 0
      given.set(operation, index + 1)
      const answer = list[Math.min(index, list.length - 1)]
      if (answer === undefined) throw new Error(`No answer for ${operation} in this test.`)
      if (typeof answer === 'string') throw new ServiceException(answer, 'refused')
      return answer
    },
  }
}

/** A shown page at which nobody does anything by hand. */
export const QUIET_PAGE: ShownPage = { byHand: new Promise(() => undefined), close: async () => undefined }
export const REGISTERED = { clientId: 'client-1', clientSecret: 'secret-1', clientSecretExpiresAt: 1_803_000_000 }
export const TOKEN = { accessToken: 'access-1', expiresIn: 28_800, refreshToken: 'refresh-1', tokenType: 'Bearer' }
export const DEVICE = {
  deviceCode: 'device-1',
  userCode: 'ABCD-EFGH',
  verificationUri: 'https://device.example/',
  verificationUriComplete: 'https://device.example/?user_code=ABCD-EFGH',
  expiresIn: 600,
  interval: 1,
}
