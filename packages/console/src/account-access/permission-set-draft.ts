/** A permission set that is being written: its fields, whether they are complete, and the calls that make it. */
import { type Call, prepare } from '../admin/call.ts'
import type { Creation } from '../admin/create-page.tsx'
import type { Tag } from '../admin/operations/paging.ts'
import type { CustomerManagedPolicyReference, PermissionSet } from '../admin/operations/sso-admin.ts'
import { isPolicy } from '../policy/policy-editor.tsx'
import { isManagedPolicyArn, PREDEFINED } from './managed-policies.ts'

export interface Boundary {
  kind: 'none' | 'managed' | 'customer'
  arn: string
  name: string
  path: string
}

export interface PermissionSetDraft {
  kind: 'predefined' | 'custom'
  /** The name of the predefined one. */
  predefined: string
  managedPolicies: readonly string[]
  customerPolicies: readonly CustomerManagedPolicyReference[]
  inlinePolicy: string
  boundary: Boundary
  name: string
  description: string
  sessionDuration: string
  relayState: string
  tags: readonly Tag[]
}

export const NO_BOUNDARY: Boundary = { kind: 'none', arn: '', name: '', path: '/' }

export const NO_DRAFT: PermissionSetDraft = {
  kind: 'predefined',
  predefined: '',
  managedPolicies: [],
  customerPolicies: [],
  inlinePolicy: '',
  boundary: NO_BOUNDARY,
  name: '',
  description: '',
  sessionDuration: 'PT1H',
  relayState: '',
  tags: [],
}

/** Chooses a predefined one: its name and policy come with it. */
export function choosePredefined(draft: PermissionSetDraft, name: string): PermissionSetDraft {
  const chosen = PREDEFINED.find((one) => one.name === name)
  if (!chosen) return draft
  return { ...draft, predefined: name, name, description: chosen.description, managedPolicies: [chosen.policyArn] }
}

/** What is missing or wrong in a step, or undefined when one may go on. */
export function faultOf(draft: PermissionSetDraft, step: 'kind' | 'policies' | 'details'): string | undefined {
  switch (step) {
    case 'kind':
      return draft.kind === 'predefined' && draft.predefined === '' ? 'Choose a predefined permission set.' : undefined
    case 'policies':
      if (draft.inlinePolicy.trim() !== '' && !isPolicy(draft.inlinePolicy))
        return 'The inline policy cannot be followed.'
      if (draft.customerPolicies.some(({ Name }) => !isName(Name, 128)))
        return 'Every customer managed policy needs a name.'
      return boundaryFault(draft.boundary)
    case 'details':
      if (!isName(draft.name, 32)) return 'The name has 1 to 32 letters, digits, or any of + = , . @ - _'
      if (draft.tags.some(({ Key }) => Key.trim() === '')) return 'Every tag needs a key.'
      return undefined
  }
}

export function boundaryFault({ kind, arn, name }: Boundary): string | undefined {
  if (kind === 'managed' && !isManagedPolicyArn(arn)) return 'The boundary is no ARN of an AWS managed policy.'
  if (kind === 'customer' && !isName(name, 128)) return 'The boundary needs the name of a policy.'
  return undefined
}

/** The calls that make the permission set. */
export function creationOf(draft: PermissionSetDraft, InstanceArn: string): Creation<{ PermissionSet: PermissionSet }> {
  return {
    first: prepare('sso-admin', 'CreatePermissionSet', {
      InstanceArn,
      Name: draft.name,
      Description: draft.description || undefined,
      SessionDuration: draft.sessionDuration,
      RelayState: draft.relayState || undefined,
      Tags: draft.tags.length > 0 ? [...draft.tags] : undefined,
    }),
    idOf: ({ PermissionSet }) => PermissionSet.PermissionSetArn,
    rest: (PermissionSetArn) => policyCalls(draft, { InstanceArn, PermissionSetArn }),
  }
}

interface Of {
  InstanceArn: string
  PermissionSetArn: string
}

function policyCalls(draft: PermissionSetDraft, of: Of): Call[] {
  const custom = draft.kind === 'custom'
  return [
    ...draft.managedPolicies.map((ManagedPolicyArn) =>
      prepare('sso-admin', 'AttachManagedPolicyToPermissionSet', { ...of, ManagedPolicyArn }),
    ),
    ...(custom ? draft.customerPolicies : []).map((reference) =>
      prepare('sso-admin', 'AttachCustomerManagedPolicyReferenceToPermissionSet', {
        ...of,
        CustomerManagedPolicyReference: reference,
      }),
    ),
    ...(custom && draft.inlinePolicy.trim() !== ''
      ? [prepare('sso-admin', 'PutInlinePolicyToPermissionSet', { ...of, InlinePolicy: draft.inlinePolicy })]
      : []),
    ...(custom ? boundaryCalls(draft.boundary, of) : []),
  ]
}

/** The call that sets a boundary, if there is one. */
export function boundaryCalls(boundary: Boundary, of: Of): Call[] {
  if (boundary.kind === 'none') return []
  const PermissionsBoundary =
    boundary.kind === 'managed'
      ? { ManagedPolicyArn: boundary.arn }
      : { CustomerManagedPolicyReference: { Name: boundary.name, Path: boundary.path || '/' } }
  return [prepare('sso-admin', 'PutPermissionsBoundaryToPermissionSet', { ...of, PermissionsBoundary })]
}

function isName(text: string, most: number): boolean {
  return text.length <= most && /^[\w+=,.@-]+$/.test(text)
}
