/** What a wire case is, and where the cases lie: one file an operation, `<service>/<Operation>.json`. */

import { readdirSync, readFileSync } from 'node:fs'

/** The services that are administered through AWS's own clients. */
export const SERVICES = ['sso-admin', 'identitystore', 'organizations', 'sts', 'iam', 'sso', 'sso-oidc'] as const
export type CaseService = (typeof SERVICES)[number]

/** A request as an AWS client made it, without its signature: that is made anew with keys that the server issued. */
export interface RecordedRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What has to have happened before: a call by the administrator, or something that a person or the clock does. */
export interface Step {
  readonly service?: CaseService
  /** A published operation, or one of `EVENTS`, which begin with `@`. */
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
  readonly request?: RecordedRequest
  /** What to keep of the answer: a name, and the path to it. Later texts say `${name}`. */
  readonly keep?: Readonly<Record<string, string>>
}

export interface Answer {
  readonly status: number
  /** The name of the exception, as `__type` or `<Code>` says it. */
  readonly error?: string
  /** The whole message; as `/this/u` it is a pattern. */
  readonly message?: string
  /** Members of the JSON answer; a text as `/this/u` is a pattern. */
  readonly body?: Readonly<Record<string, unknown>>
  /** Members that must not be there, by their paths. */
  readonly absent?: readonly string[]
  /** What the XML answer contains; as `/this/u` it is a pattern. */
  readonly contains?: readonly string[]
}

export interface Case {
  readonly claim: string
  /** Where the answer is known from: a section of the specification, the model, a recorded client, a page of AWS's. */
  readonly source: string
  /** One of the callers in world.ts; the administrator when absent. */
  readonly as?: string
  readonly before?: readonly Step[]
  readonly input: Readonly<Record<string, unknown>>
  /** Absent until `record.ts` has asked the client. */
  readonly request?: RecordedRequest
  readonly answer: Answer
}

export interface CaseFile {
  readonly service: CaseService
  readonly operation: string
  readonly url: URL
  readonly cases: readonly Case[]
}

/** Every file of cases. */
export function readCases(): CaseFile[] {
  return SERVICES.flatMap((service) => {
    const folder = new URL(`${service}/`, import.meta.url)
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.name.endsWith('.json'))
      .map(({ name }) => {
        const url = new URL(name, folder)
        return { service, operation: name.replace('.json', ''), url, cases: JSON.parse(readFileSync(url, 'utf8')) }
      })
  })
}
