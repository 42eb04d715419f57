/** The configuration of the run: one resource of every kind, and what changes in its second version. */

import type { Tags } from './clients.ts'
import type { Attributes, Kind, Resource } from './engine.ts'

export type KindName =
  | 'permissionSet'
  | 'inlinePolicy'
  | 'managedPolicyAttachment'
  | 'customerManagedPolicyAttachment'
  | 'permissionsBoundaryAttachment'
  | 'accountAssignment'
  | 'accessControlAttributes'
  | 'user'
  | 'group'
  | 'groupMembership'
  | 'application'
  | 'applicationAssignment'
  | 'applicationAssignmentConfiguration'
  | 'applicationAccessScope'
  | 'trustedTokenIssuer'

export type Kinds = Readonly<Record<KindName, Kind>>

/** What the two versions of the configuration differ in. */
interface Version {
  readonly sessionDuration: string
  readonly relayState?: string
  readonly description?: string
  readonly tags: Tags
  readonly policyAction: string
  readonly title?: string
  readonly emails?: readonly Attributes[]
  readonly groupDescription?: string
  readonly attribute: Readonly<Record<string, string>>
  readonly assignmentRequired: boolean
  readonly status: string
}

export const FIRST: Version = {
  sessionDuration: 'PT1H',
  relayState: 'https://console.aws.amazon.com/s3/',
  description: 'What operators take',
  tags: { team: 'platform', keep: 'yes' },
  policyAction: 's3:GetObject',
  title: 'Engineer',
  emails: [{ Value: 'terra@acme.example', Type: 'work', Primary: true }],
  groupDescription: 'Made by a plan',
  attribute: { CostCenter: `\${path:enterprise.costCenter}`, Department: `\${path:enterprise.department}` },
  assignmentRequired: false,
  status: 'ENABLED',
}

/** A shorter life, no relay state any more, other tags, and attributes that are gone. */
export const SECOND: Version = {
  sessionDuration: 'PT8H30M',
  description: 'What operators take now',
  tags: { keep: 'still', new: '1' },
  policyAction: 's3:ListBucket',
  attribute: { CostCenter: `\${path:title}` },
  assignmentRequired: true,
  status: 'DISABLED',
}

const lastOf = (id: string | undefined): string => id?.split('/').at(-1) ?? ''
const ACCOUNT = '555566667777'

/** Attributes that are not given are absent, as in a plan. */
export function createConfiguration(kinds: Kinds, version: Version): Resource[] {
  const resource = (
    name: string,
    kind: KindName,
    config: (id: (name: string) => string | undefined) => Attributes,
  ): Resource => ({ name, kind: kinds[kind], config: (ids) => config((each) => ids.get(each)) })
  return [
    ...permissionSets(resource, version),
    ...directory(resource, version),
    ...assignments(resource, version),
    ...applications(resource, version),
  ]
}

type Make = (name: string, kind: KindName, config: (id: (name: string) => string | undefined) => Attributes) => Resource

const permissionSets = (resource: Make, version: Version): Resource[] => [
  resource('set', 'permissionSet', () => ({
    name: 'TerraOperators',
    description: version.description,
    session_duration: version.sessionDuration,
    relay_state: version.relayState,
    tags: version.tags,
  })),
  // Terraform sends PT1H, and PT1H must come back.
  resource('plain set', 'permissionSet', () => ({ name: 'TerraPlain', session_duration: 'PT1H', tags: {} })),
  resource('inline policy', 'inlinePolicy', (id) => ({
    permission_set_arn: id('set'),
    inline_policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: [version.policyAction], Resource: '*' }],
    }),
  })),
  resource('read only', 'managedPolicyAttachment', (id) => ({
    permission_set_arn: id('set'),
    managed_policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
  })),
  resource('view only', 'managedPolicyAttachment', (id) => ({
    permission_set_arn: id('set'),
    managed_policy_arn: 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess',
  })),
  resource('customer managed', 'customerManagedPolicyAttachment', (id) => ({
    permission_set_arn: id('plain set'),
    name: 'TeamPolicy',
    path: '/team/',
  })),
  resource('boundary', 'permissionsBoundaryAttachment', (id) => ({
    permission_set_arn: id('set'),
    permissions_boundary: { ManagedPolicyArn: 'arn:aws:iam::aws:policy/PowerUserAccess' },
  })),
]

const directory = (resource: Make, version: Version): Resource[] => [
  resource('group', 'group', () => ({ display_name: 'Terraformers', description: version.groupDescription })),
  resource('user', 'user', () => ({
    user_name: 'terra',
    display_name: 'Terra Former',
    title: version.title,
    nickname: undefined,
    locale: undefined,
    name: { FamilyName: 'Former', GivenName: 'Terra' },
    emails: version.emails,
  })),
  resource('membership', 'groupMembership', (id) => ({ group_id: lastOf(id('group')), member_id: lastOf(id('user')) })),
]

const assignments = (resource: Make, version: Version): Resource[] => [
  resource('of the group', 'accountAssignment', (id) => ({
    principal_id: lastOf(id('group')),
    principal_type: 'GROUP',
    target_id: ACCOUNT,
    permission_set_arn: id('set'),
  })),
  resource('of the user', 'accountAssignment', (id) => ({
    principal_id: lastOf(id('user')),
    principal_type: 'USER',
    target_id: ACCOUNT,
    permission_set_arn: id('set'),
  })),
  resource('attributes', 'accessControlAttributes', () => ({ attribute: version.attribute })),
]

const applications = (resource: Make, version: Version): Resource[] => [
  resource('application', 'application', () => ({
    name: 'Terra application',
    application_provider_arn: 'arn:aws:sso::aws:applicationProvider/custom',
    description: version.description,
    portal_options: {
      SignInOptions: { ApplicationUrl: 'https://app.acme.example', Origin: 'APPLICATION' },
      Visibility: 'ENABLED',
    },
    status: version.status,
    tags: version.tags,
  })),
  resource('application of the user', 'applicationAssignment', (id) => ({
    application_arn: id('application'),
    principal_id: lastOf(id('user')),
    principal_type: 'USER',
  })),
  resource('assignment required', 'applicationAssignmentConfiguration', (id) => ({
    application_arn: id('application'),
    assignment_required: version.assignmentRequired,
  })),
  resource('scope', 'applicationAccessScope', (id) => ({
    application_arn: id('application'),
    scope: 'sso:account:access',
    authorized_targets: [id('application')],
  })),
  resource('issuer', 'trustedTokenIssuer', () => ({
    name: 'terra-issuer',
    configuration: {
      OidcJwtConfiguration: {
        IssuerUrl: 'https://issuer.acme.example',
        ClaimAttributePath: version.assignmentRequired ? 'sub' : 'email',
        IdentityStoreAttributePath: version.assignmentRequired ? 'userName' : 'emails.value',
        JwksRetrievalOption: 'OPEN_ID_DISCOVERY',
      },
    },
    tags: version.tags,
  })),
]
