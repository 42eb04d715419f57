/** Calls published portal operations, and the portal's own endpoints, as the signed-in person. */

/** One account of ListAccounts. Names and addresses may be absent. */
export interface Account {
  accountId: string
  accountName?: string
  emailAddress?: string
}

/** What GetRoleCredentials answers; `expiration` is in milliseconds since 1970. */
export interface RoleCredentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
  expiration: number
}

/** A role, and the page of the AWS console that is wanted with it. */
interface ConsoleAddress {
  accountId: string
  roleName: string
  destination?: string
}

/** Who is signed in, where, and what the instance allows. */
export interface Me {
  user: { userId: string; userName: string; displayName: string; email?: string }
  instance: { name: string; arn: string; region: string; startUrl: string; origin: string; alias: string }
  session: { id: string; createdAt: string; expiresAt: string }
  antiForgeryToken: string
  password: { updatedAt: string }
  consoleDestinations: string[]
  /** Whose users and groups these are, and from which accounts all this is administered: the management account first. */
  administration: { identityStoreId: string; accountIds: string[] }
}

/** An application that the person may use; without an address it is one that is begun elsewhere. */
export interface Application {
  arn: string
  name: string
  description?: string
  url?: string
}

/** A signed-in browser, with the clients that were let in under it. */
export interface Session {
  id: string
  current: boolean
  createdAt: string
  expiresAt: string
  address: string
  userAgent: string
  mfa?: boolean
  clients: SessionClient[]
}

export interface SessionClient {
  id: string
  clientName: string
  grant: string
  scopes: string[]
  createdAt: string
  lastUsedAt: string
  expiresAt: string
  address?: string
}

export interface MfaDevice {
  id: string
  name: string
  type: string
  createdAt: string
  lastUsedAt?: string
}

/** An authenticator that is shown but not confirmed yet. */
export interface Enrolment {
  enrolment: string
  secret: string
  otpauthUri: string
  qrSvg: string
}

/** The server's no: its status, its word for it, and a sentence for the person. */
export class OperationRefused extends Error {
  override readonly name = 'OperationRefused'
  readonly status: number
  readonly code: string
  readonly hint: string | undefined

  constructor(status: number, code: string, message: string, hint?: string) {
    super(message)
    this.status = status
    this.code = code
    this.hint = hint
  }
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'
type Call = (method: Method, path: string, body?: object) => Promise<unknown>

/** As the browser's `fetch`. */
export type Fetch = (path: string, init: RequestInit) => Promise<Response>

const browserFetch: Fetch = (path, init) => fetch(path, init)

/** Asks who is signed in. Refused with status 401 when nobody is. */
export async function loadMe(fetchFrom = browserFetch): Promise<Me> {
  return (await send(fetchFrom, 'GET', '/portal/me', {})) as Me
}

export type Operations = ReturnType<typeof createOperations>

/** Every call that the portal makes after `loadMe`. `onSignedOut` is called when the server no longer knows the session. */
export function createOperations(antiForgeryToken: string, onSignedOut: () => void, fetchFrom = browserFetch) {
  const call: Call = async (method, path, body) => {
    try {
      return await send(fetchFrom, method, path, { 'x-mayfly-anti-forgery': antiForgeryToken }, body)
    } catch (error) {
      if (error instanceof OperationRefused && error.status === 401) onSignedOut()
      throw error
    }
  }
  return { ...publishedOperations(call), ...sessionEndpoints(call), ...securityEndpoints(call) }
}

/** The operations of AWS's portal service (`sso`), which the AWS CLI calls with a bearer token. */
function publishedOperations(call: Call) {
  return {
    async listAccounts(nextToken?: string): Promise<{ accountList: Account[]; nextToken?: string }> {
      const query = new URLSearchParams({ max_result: '100', ...(nextToken ? { next_token: nextToken } : {}) })
      const page = (await call('GET', `/assignment/accounts?${query}`)) as {
        accountList?: Account[]
        nextToken?: string
      }
      return { ...page, accountList: page.accountList ?? [] }
    },

    async listAccountRoles(accountId: string): Promise<string[]> {
      const names: string[] = []
      let nextToken: string | undefined
      do {
        const query = new URLSearchParams({
          account_id: accountId,
          max_result: '100',
          ...(nextToken ? { next_token: nextToken } : {}),
        })
        const page = (await call('GET', `/assignment/roles?${query}`)) as {
          roleList?: { roleName: string }[]
          nextToken?: string
        }
        for (const { roleName } of page.roleList ?? []) names.push(roleName)
        nextToken = page.nextToken
      } while (nextToken)
      return names
    },

    async getRoleCredentials(accountId: string, roleName: string): Promise<RoleCredentials> {
      const query = new URLSearchParams({ account_id: accountId, role_name: roleName })
      const answer = await call('GET', `/federation/credentials?${query}`)
      return (answer as { roleCredentials: RoleCredentials }).roleCredentials
    },

    /** The address of the page that a role is signed in to: good for a quarter of an hour. */
    async signInToConsole({ accountId, roleName, destination }: ConsoleAddress): Promise<string> {
      const query = new URLSearchParams({ account_id: accountId, role_name: roleName })
      if (destination !== undefined) query.set('destination', destination)
      const answer = (await call('GET', `/federation/console?${query}`)) as Record<string, string>
      const login = new URLSearchParams({
        Action: 'login',
        Destination: answer['destination'] ?? '',
        SigninToken: answer['signInToken'] ?? '',
      })
      return `/federation?${login}`
    },
  }
}

function sessionEndpoints(call: Call) {
  return {
    async listApplications(): Promise<Application[]> {
      return ((await call('GET', '/portal/applications')) as { applications: Application[] }).applications
    },
    async listSessions(): Promise<Session[]> {
      return ((await call('GET', '/portal/sessions')) as { sessions: Session[] }).sessions
    },
    async endSession(id: string): Promise<void> {
      await call('DELETE', `/portal/sessions/${encodeURIComponent(id)}`)
    },
    /** The answer is the page that says so; nobody reads it here. */
    async signOut(): Promise<void> {
      await call('POST', '/sign-out')
    },
    async endClient(id: string): Promise<void> {
      await call('DELETE', `/portal/clients/${encodeURIComponent(id)}`)
    },
  }
}

function securityEndpoints(call: Call) {
  const device = (id: string) => `/portal/mfa-devices/${encodeURIComponent(id)}`
  return {
    async changePassword(currentPassword: string, newPassword: string): Promise<void> {
      await call('POST', '/portal/password', { currentPassword, newPassword })
    },
    async listMfaDevices(): Promise<{ devices: MfaDevice[]; unusedRecoveryCodes: number }> {
      return (await call('GET', '/portal/mfa-devices')) as { devices: MfaDevice[]; unusedRecoveryCodes: number }
    },
    async beginEnrolment(): Promise<Enrolment> {
      return (await call('POST', '/portal/mfa-devices', {})) as Enrolment
    },
    async confirmEnrolment(enrolment: string, name: string, code: string): Promise<{ recoveryCodes?: string[] }> {
      const answer = await call('POST', '/portal/mfa-devices/confirm', { enrolment, name, code })
      return answer as { recoveryCodes?: string[] }
    },
    async renameMfaDevice(id: string, name: string): Promise<void> {
      await call('PATCH', device(id), { name })
    },
    async deleteMfaDevice(id: string, currentPassword: string): Promise<void> {
      await call('DELETE', device(id), { currentPassword })
    },
    async resyncMfaDevice(id: string, code1: string, code2: string): Promise<void> {
      await call('POST', `${device(id)}/resync`, { code1, code2 })
    },
    async createRecoveryCodes(currentPassword: string): Promise<string[]> {
      const answer = await call('POST', '/portal/recovery-codes', { currentPassword })
      return (answer as { recoveryCodes: string[] }).recoveryCodes
    },
  }
}

async function send(
  fetchFrom: Fetch,
  method: Method,
  path: string,
  headers: Record<string, string>,
  body?: object,
): Promise<unknown> {
  const response = await fetchFrom(path, {
    method,
    headers: { accept: 'application/json', ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
    credentials: 'same-origin',
    // An endpoint never redirects; a followed redirect to the sign-in page would look like an answer.
    redirect: 'manual',
    cache: 'no-store',
    ...(body ? { body: JSON.stringify(body) } : {}),
  }).catch(() => undefined)
  if (response === undefined) {
    throw new OperationRefused(
      0,
      'unreachable',
      'The server cannot be reached.',
      'Check your connection, then try again.',
    )
  }
  const answer = await readJson(response)
  if (response.ok) return answer
  // Whoever redirects has lost the session.
  if (response.type === 'opaqueredirect') throw new OperationRefused(401, 'forbidden', 'You are signed out.')
  throw refusalOf(response, answer)
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text().catch(() => '')
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Reads the portal's `{error, message, hint}`, or the `{message, __type}` of a published operation. */
function refusalOf(response: Response, answer: unknown): OperationRefused {
  const { error, message, hint } = (answer ?? {}) as Record<'error' | 'message' | 'hint', unknown>
  const exception = response.headers.get('x-amzn-errortype')?.split(':')[0]
  return new OperationRefused(
    response.status,
    typeof error === 'string' ? error : (exception ?? 'fault'),
    typeof message === 'string' && message !== '' ? message : `The server answered with status ${response.status}.`,
    typeof hint === 'string' ? hint : undefined,
  )
}
