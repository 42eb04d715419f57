/** The one who is there before the organization: signs in, and takes keys by which AWS's clients act. */

import { Person } from '../harness/person.ts'

/** The management account of seed.yaml. */
export const MANAGEMENT = '100000000001'

export interface Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
}

/** A signed-in browser, and the portal's calls as its pages make them. */
export class PortalPerson {
  readonly #origin: string
  readonly #person: Person
  readonly #antiForgeryToken: string

  private constructor(origin: string, person: Person, antiForgeryToken: string) {
    this.#origin = origin
    this.#person = person
    this.#antiForgeryToken = antiForgeryToken
  }

  /** By user name and password. */
  static async signIn(origin: string, userName: string, password: string): Promise<PortalPerson> {
    const person = new Person()
    const page = await person.open(`${origin}/sign-in`)
    await person.submit(page, { userName, password }, { action: '/sign-in' })
    return await PortalPerson.#of(origin, person)
  }

  /** By a one-time link, on which the person chooses a password. */
  static async follow(origin: string, link: string, password: string): Promise<PortalPerson> {
    const person = new Person()
    const page = await person.open(link)
    await person.submit(page, { newPassword: password, newPasswordAgain: password })
    return await PortalPerson.#of(origin, person)
  }

  static async #of(origin: string, person: Person): Promise<PortalPerson> {
    const me = (await read(origin, person, '/portal/me', {})) as { antiForgeryToken: string }
    return new PortalPerson(origin, person, me.antiForgeryToken)
  }

  async get(path: string): Promise<Record<string, unknown>> {
    return await read(this.#origin, this.#person, path, { 'x-mayfly-anti-forgery': this.#antiForgeryToken })
  }

  async roleKeys(accountId: string, roleName: string): Promise<Keys> {
    const answer = await this.get(`/federation/credentials?account_id=${accountId}&role_name=${roleName}`)
    const { accessKeyId, secretAccessKey, sessionToken } = answer['roleCredentials'] as Keys
    return { accessKeyId, secretAccessKey, sessionToken }
  }

  /** Every `account name, permission set` that the portal lists, page by page. */
  async access(): Promise<string[]> {
    const found: string[] = []
    for await (const account of this.#pages('/assignment/accounts?max_result=17', 'accountList')) {
      const { accountId, accountName } = account as { accountId: string; accountName: string }
      const roles = this.#pages(`/assignment/roles?max_result=7&account_id=${accountId}`, 'roleList')
      for await (const role of roles) found.push(`${accountName} ${(role as { roleName: string }).roleName}`)
    }
    return found
  }

  async *#pages(path: string, list: string): AsyncGenerator<unknown> {
    let token: unknown
    do {
      const page = await this.get(
        token === undefined ? path : `${path}&next_token=${encodeURIComponent(String(token))}`,
      )
      yield* page[list] as unknown[]
      token = page['nextToken']
    } while (token !== undefined)
  }
}

async function read(
  origin: string,
  person: Person,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<Record<string, unknown>> {
  const cookie = [...person.cookies(origin)].map(([name, value]) => `${name}=${value}`).join('; ')
  const response = await fetch(`${origin}${path}`, { headers: { ...headers, cookie } })
  const text = await response.text()
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
  return JSON.parse(text)
}
