import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeDenial } from './access-denied.ts'
import { type EffectivePolicies, evaluate, evaluateAcross } from './evaluate.ts'
import { parsePolicy } from './parse-policy.ts'
import type { Policy, PolicyKind } from './policy.ts'

const pick = <T>(...values: readonly T[]) => fc.constantFrom<T[]>(...values)
const statement = fc.record({
  Effect: pick('Allow', 'Deny'),
  Action: pick<string | string[]>('*', 'x:*', 'x:A', 'x:B', ['x:A', 'y:C']),
  Resource: pick('*', 'arn:aws:x:::one', 'arn:aws:x:::o*', `arn:aws:x:::\${aws:username}`),
  Condition: pick({}, { StringEquals: { 'aws:x': 'y' } }, { StringNotEquals: { 'aws:x': `\${aws:username}` } }),
})
const compile = (statements: object[], kind: PolicyKind = 'identity'): Policy =>
  parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), kind)
const policy = fc.array(statement, { minLength: 1, maxLength: 4 }).map((statements) => compile(statements))
const policies = fc.array(policy, { maxLength: 2 })
const request = fc.record({
  action: pick('x:A', 'x:B', 'y:C', 'z:D'),
  resource: pick('*', 'arn:aws:x:::one', 'arn:aws:x:::two'),
  context: pick(
    new Map(),
    new Map([['aws:x', ['y']]]),
    new Map([
      ['aws:username', ['two']],
      ['aws:x', ['two', 'y']],
    ]),
  ),
})

test('a further policy that only limits never allows what was refused', () => {
  fc.assert(
    fc.property(request, policies, policies, policy, (asked, identity, limits, further) => {
      const limited: EffectivePolicies[] = [
        { identity, permissionsBoundary: limits },
        { identity, session: limits },
        { identity, serviceControl: [limits, [further]] },
      ]
      for (const effective of limited) {
        if (evaluate(asked, effective).allowed) expect(evaluate(asked, { identity }).allowed).toBe(true)
      }
    }),
    { numRuns: 500 },
  )
})

test('a deny that covers the request decides wherever it stands, and says so', () => {
  const all = { Effect: 'Allow', Action: '*', Resource: '*' }
  const deny = compile([{ Sid: 'No', Effect: 'Deny', Action: '*', Resource: '*' }])
  fc.assert(
    fc.property(request, policies, (asked, identity) => {
      const allow = compile([all])
      for (const effective of [
        { identity: [...identity, deny] },
        { identity: [allow], permissionsBoundary: [allow, deny] },
        { identity: [allow], session: [deny] },
        { identity: [allow], serviceControl: [[allow], [allow, deny]] },
      ]) {
        expect(evaluate(asked, effective)).toMatchObject({ allowed: false, because: 'explicit-deny' })
      }
    }),
  )
})

test('from another account nothing is allowed that is not allowed within one', () => {
  const principal = { arn: 'arn:aws:sts::111122223333:assumed-role/R/s', accountId: '111122223333' }
  const trust = compile(
    [{ Effect: 'Allow', Action: 'x:*', Resource: '*', Principal: { AWS: '111122223333' } }],
    'resource',
  )
  fc.assert(
    fc.property(request, policies, (asked, identity) => {
      const across = evaluateAcross({ ...asked, principal }, { identity, resource: trust })
      if (across.allowed) expect(evaluate(asked, { identity }).allowed).toBe(true)
    }),
  )
})

test.each([
  ['service-control', 'with an explicit deny in a service control policy', 'because no service control policy allows'],
  ['identity-based', 'with an explicit deny in an identity-based policy', 'because no identity-based policy allows'],
  ['permissions-boundary', 'with an explicit deny in a permissions boundary', 'because no permissions boundary allows'],
  ['session', 'with an explicit deny in a session policy', 'because no session policy allows'],
  ['resource-based', 'with an explicit deny in a resource-based policy', 'because no resource-based policy allows'],
  ['role-trust', 'with an explicit deny in the role trust policy', 'because no role trust policy allows'],
] as const)('a refusal by a policy of type %s is told in AWS’s words', (policyType, denied, missing) => {
  const call = { callerArn: 'arn:aws:sts::111122223333:assumed-role/R/s', action: 'x:A', resource: 'arn:aws:x:::one' }
  const what =
    'User: arn:aws:sts::111122223333:assumed-role/R/s is not authorized to perform: x:A on resource: arn:aws:x:::one'
  expect(describeDenial(call)).toBe(what)
  expect(describeDenial(call, { allowed: false, because: 'explicit-deny', by: { policyType } })).toBe(
    `${what} ${denied}`,
  )
  expect(describeDenial(call, { allowed: false, because: 'implicit-deny', by: { policyType } })).toBe(
    `${what} ${missing} the x:A action`,
  )
})
