import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Decision, evaluate, evaluateAcross, type PolicyType } from './evaluate.ts'
import { parsePolicy } from './parse-policy.ts'
import type { PolicyKind } from './policy.ts'
import type { RequestPrincipal } from './request.ts'

/** A document, or its statements in the version of 2012. */
type Written = object | readonly object[]

interface Case {
  readonly name: string
  readonly policies: {
    readonly serviceControl?: readonly (readonly Written[])[]
    readonly identity: readonly Written[]
    readonly permissionsBoundary?: readonly Written[]
    readonly session?: readonly Written[]
    readonly resource?: { readonly kind: 'resource' | 'trust'; readonly policy: Written }
  }
  readonly requests: readonly {
    readonly action: string
    readonly resource: string
    readonly context?: Readonly<Record<string, readonly string[]>>
    readonly principal?: RequestPrincipal
    /** The resource is another account's. */
    readonly across?: boolean
    readonly answer: Decision['because']
    readonly by?: PolicyType
    readonly sid?: string
  }[]
}

interface CaseFile {
  readonly source: { readonly title: string; readonly url: string }
  readonly cases: readonly Case[]
}

const folder = new URL('./cases/', import.meta.url)
const files = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as CaseFile)

const compile = (written: Written, kind: PolicyKind) =>
  parsePolicy(JSON.stringify(Array.isArray(written) ? { Version: '2012-10-17', Statement: written } : written), kind)
const compileAll = (policies: readonly Written[], kind: PolicyKind) => policies.map((policy) => compile(policy, kind))

function compilePolicies({ serviceControl, identity, permissionsBoundary, session, resource }: Case['policies']) {
  return {
    identity: compileAll(identity, 'identity'),
    ...(serviceControl ? { serviceControl: serviceControl.map((level) => compileAll(level, 'service-control')) } : {}),
    ...(permissionsBoundary ? { permissionsBoundary: compileAll(permissionsBoundary, 'identity') } : {}),
    ...(session ? { session: compileAll(session, 'session') } : {}),
    ...(resource ? { resource: compile(resource.policy, resource.kind) } : {}),
  }
}

for (const { source, cases } of files) {
  describe(source.title, () => {
    test.each(cases)('$name', ({ policies, requests }) => {
      const compiled = compilePolicies(policies)
      for (const { context = {}, across, answer, by, sid, ...request } of requests) {
        const keys = new Map(Object.entries(context).map(([key, values]) => [key.toLowerCase(), values]))
        const decision = (across ? evaluateAcross : evaluate)({ ...request, context: keys }, compiled)
        expect({ ...request, context, because: decision.because }).toEqual({ ...request, context, because: answer })
        expect(decision.allowed).toBe(answer === 'allow')
        if (by !== undefined) expect(decision.by.policyType).toBe(by)
        if (sid !== undefined) expect(decision.by.sid).toBe(sid)
      }
    })
  })
}

test('every case comes from a page of AWS’s documentation', () => {
  for (const { source } of files) expect(source.url).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/.*\.html$/)
  expect(files.reduce((sum, { cases }) => sum + cases.length, 0)).toBeGreaterThan(80)
})
