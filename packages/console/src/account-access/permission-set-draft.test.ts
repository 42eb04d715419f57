/** Drafts of permission sets: what may be made of them, and by which calls. */
import { expect, test } from 'vitest'
import { callsOf } from '../admin/create-page.tsx'
import { choosePredefined, creationOf, faultOf, NO_BOUNDARY, NO_DRAFT } from './permission-set-draft.ts'

const operations = (draft: typeof NO_DRAFT) => callsOf(creationOf(draft, 'arn:i')).map(({ operation }) => operation)

test('a predefined permission set is its policy under its name, for an hour', () => {
  const draft = choosePredefined(NO_DRAFT, 'Billing')
  const [create, attach, ...more] = callsOf(creationOf(draft, 'arn:i'))
  expect(create?.input).toMatchObject({ Name: 'Billing', SessionDuration: 'PT1H' })
  expect(attach?.input).toMatchObject({ ManagedPolicyArn: 'arn:aws:iam::aws:policy/job-function/Billing' })
  expect(more).toEqual([])
})

test('a custom one attaches, references, writes and bounds in this order', () => {
  expect(
    operations({
      ...NO_DRAFT,
      kind: 'custom',
      name: 'Deploy',
      managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
      customerPolicies: [{ Name: 'deploy', Path: '/' }],
      inlinePolicy: '{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}',
      boundary: { ...NO_BOUNDARY, kind: 'managed', arn: 'arn:aws:iam::aws:policy/PowerUserAccess' },
    }),
  ).toEqual([
    'CreatePermissionSet',
    'AttachManagedPolicyToPermissionSet',
    'AttachCustomerManagedPolicyReferenceToPermissionSet',
    'PutInlinePolicyToPermissionSet',
    'PutPermissionsBoundaryToPermissionSet',
  ])
})

test('one goes on only with what the server would take', () => {
  expect(faultOf(NO_DRAFT, 'kind')).toBe('Choose a predefined permission set.')
  expect(faultOf({ ...NO_DRAFT, name: 'with a blank' }, 'details')).toContain('1 to 32')
  expect(faultOf({ ...NO_DRAFT, kind: 'custom', inlinePolicy: '{' }, 'policies')).toContain('inline policy')
  expect(faultOf({ ...NO_DRAFT, boundary: { ...NO_BOUNDARY, kind: 'managed', arn: 'x' } }, 'policies')).toContain('ARN')
  expect(faultOf({ ...NO_DRAFT, name: 'Ops' }, 'details')).toBeUndefined()
})
