/** An account made of memory that answers IAM and STS as far as a retirement asks them. */

import type { HttpRequest, HttpResponse } from '../../../machine/http.ts'

export const ACCOUNT = '111122223333'
export const USER = 'bob'

/** The key's state is the test's to set. */
export interface TestAccount {
  /** By key id; a deleted key has none. */
  readonly keys: Map<string, 'Active' | 'Inactive'>
  lastUsed: { readonly at: Date; readonly service: string; readonly region: string } | undefined
  /** Operations that are denied. */
  readonly denied: Set<string>
  /** Whom every credential is. */
  arn: string
  account: string
  answer(request: HttpRequest): HttpResponse
}

export function createTestAccount(...keyIds: readonly string[]): TestAccount {
  const keys = new Map<string, 'Active' | 'Inactive'>(keyIds.map((id) => [id, 'Active']))
  const account: TestAccount = {
    keys,
    lastUsed: undefined,
    denied: new Set(),
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/bob`,
    account: ACCOUNT,
    answer(request) {
      const words = new URLSearchParams(String(request.body ?? ''))
      const operation = words.get('Action') ?? ''
      if (account.denied.has(operation)) return failure(403, 'AccessDenied', `not authorized to perform ${operation}`)
      return answerOperation(account, operation, Object.fromEntries(words))
    },
  }
  return account
}

function answerOperation(
  account: TestAccount,
  operation: string,
  { AccessKeyId: id = '', Status: status, UserName: userName }: Readonly<Record<string, string | undefined>>,
): HttpResponse {
  const { keys, lastUsed } = account
  const missing = failure(404, 'NoSuchEntity', `The Access Key with id ${id} cannot be found.`)
  switch (operation) {
    case 'GetCallerIdentity':
      return success(operation, `<Arn>${account.arn}</Arn><UserId>A:bob</UserId><Account>${account.account}</Account>`)
    case 'GetAccessKeyLastUsed': {
      if (!keys.has(id)) return missing
      const date = lastUsed ? `<LastUsedDate>${lastUsed.at.toISOString()}</LastUsedDate>` : ''
      const { service, region } = lastUsed ?? { service: 'N/A', region: 'N/A' }
      const used = `${date}<ServiceName>${service}</ServiceName><Region>${region}</Region>`
      return success(operation, `<UserName>${USER}</UserName><AccessKeyLastUsed>${used}</AccessKeyLastUsed>`)
    }
    case 'ListUsers': {
      const user = `<member><UserName>${USER}</UserName><UserId>U</UserId><Arn>arn:aws:iam::${ACCOUNT}:user/${USER}</Arn></member>`
      return success(operation, `<Users>${user}</Users><IsTruncated>false</IsTruncated>`)
    }
    case 'ListAccessKeys': {
      if (userName !== USER) return failure(404, 'NoSuchEntity', `The user with name ${userName} cannot be found.`)
      const list = [...keys].map(
        ([key, state]) =>
          `<member><UserName>${USER}</UserName><AccessKeyId>${key}</AccessKeyId><Status>${state}</Status></member>`,
      )
      return success(
        operation,
        `<AccessKeyMetadata>${list.join('')}</AccessKeyMetadata><IsTruncated>false</IsTruncated>`,
      )
    }
    case 'UpdateAccessKey':
      if (!keys.has(id)) return missing
      keys.set(id, status === 'Active' ? 'Active' : 'Inactive')
      return success(operation, '')
    case 'DeleteAccessKey':
      return keys.delete(id) ? success(operation, '') : missing
    default:
      return failure(400, 'InvalidAction', operation)
  }
}

const xml = (status: number, body: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body,
})

const success = (operation: string, result: string): HttpResponse =>
  xml(
    200,
    `<${operation}Response><${operation}Result>${result}</${operation}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${operation}Response>`,
  )

const failure = (status: number, code: string, message: string): HttpResponse =>
  xml(
    status,
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
  )
