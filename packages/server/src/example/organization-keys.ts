/** Every key of an organization document. */

import { days, hours, minutes } from '@mayfly/identity-center/duration'
import type { Keys, Value } from './document-key.ts'

const text = (pattern: RegExp, what: string): Value => ({ type: 'text', pattern, what })
const listOf = (of: Value): Value => ({ type: 'list', of })

/** No control character and no line break: it is shown in pages and printed in terminals. */
const line = (most: number): Value =>
  text(new RegExp(`^[^\\p{C}\\p{Zl}\\p{Zp}]{1,${most}}$`, 'u'), `one line of at most ${most} characters`)

const accountId = text(/^\d{12}$/, 'twelve digits in quotes, such as "111122223333"')
const email = text(/^[^\s@\p{C}]+@[^\s@\p{C}]+$/u, 'an e-mail address')

const INSTANCE: Keys = {
  id: {
    value: text(/^[0-9a-f]{16}$/, 'sixteen hexadecimal digits'),
    summary: 'The end of the instance ARN, `arn:aws:sso:::instance/ssoins-<id>`',
    example: '7223b1e5f2a94c60',
  },
  identityStoreId: {
    value: text(/^d-[0-9a-f]{10}$/, 'd- and ten hexadecimal digits'),
    summary: 'The identity store; user and group ids begin with its ten digits',
    example: 'd-9067a1b2c3',
  },
  name: { value: line(255), summary: 'What people read on the pages', example: 'Acme' },
  region: {
    value: text(/^[a-z0-9-]{1,32}$/, 'a region such as us-east-1'),
    summary: 'What clients configure as `sso_region`',
    example: 'us-east-1',
  },
  managementAccount: {
    value: accountId,
    summary: 'The id of one of the accounts, which owns the instance',
    example: '"111122223333"',
  },
  startUrlAliases: {
    value: listOf(text(/^https:\/\/[^\s\p{C}]+$/u, 'an https address')),
    summary: 'Start URLs that mean this instance although they do not lead here',
    example: '[https://mayfly-example.awsapps.com/start]',
    default: '[]',
  },
  sessionDuration: {
    value: { type: 'duration', least: minutes(15), most: days(90) },
    summary: 'How long a browser stays signed in',
    example: 'PT8H',
    default: 'PT8H',
  },
  mfa: {
    value: {
      type: 'members',
      keys: {
        prompt: {
          value: { type: 'choice', choices: ['always-on', 'disabled'] },
          summary: 'Whether a second factor is asked for',
          example: 'always-on',
          default: 'always-on',
        },
        withoutDevice: {
          value: { type: 'choice', choices: ['require-registration', 'allow-sign-in', 'block-sign-in'] },
          summary: 'What becomes of a user who has no second factor yet',
          example: 'allow-sign-in',
          default: 'require-registration',
        },
      },
    },
    summary: 'The second factor',
    example: '{ prompt: always-on, withoutDevice: allow-sign-in }',
    optional: true,
  },
  deviceGrant: {
    value: { type: 'flag' },
    summary: 'Whether clients may sign in by a code that is entered elsewhere (`aws sso login --use-device-code`)',
    example: 'true',
    default: 'true',
  },
}

const unitPath = text(
  /^[^\s/\p{C}]([^/\p{C}]{0,126}[^\s/\p{C}])?(\/[^\s/\p{C}]([^/\p{C}]{0,126}[^\s/\p{C}])?){0,4}$/u,
  'at most five names with slashes between them, such as Workloads/Production',
)

const ORGANIZATIONAL_UNIT: Keys = {
  path: {
    value: unitPath,
    summary: 'The names of the units above it and its own, with slashes between them; each of those stands in the list',
    example: 'Workloads/Production',
  },
}

const SERVICE_CONTROL_POLICY: Keys = {
  name: { value: line(128), summary: 'No two policies share one', example: 'NoLeaving' },
  description: { value: line(512), summary: 'What it is for', example: 'Accounts stay', optional: true },
  policy: {
    value: { type: 'policy' },
    summary: 'The policy document, as YAML or as JSON in a text',
    example:
      '{ Version: "2012-10-17", Statement: [{ Effect: Deny, Action: "organizations:LeaveOrganization", Resource: "*" }] }',
  },
  organizationalUnits: {
    value: listOf(line(1024)),
    summary: 'The organizational units it is attached to, by path; `Root` is the root',
    example: '[Workloads/Production]',
    default: '[]',
  },
  accounts: {
    value: listOf(line(50)),
    summary: 'The accounts it is attached to, by id or by name',
    example: '["555566667777"]',
    default: '[]',
  },
}

const ACCOUNT: Keys = {
  id: { value: accountId, summary: 'The account id; no two accounts share one', example: '"222233334444"' },
  name: { value: line(50), summary: 'What people read; no two accounts share one', example: 'Acme Development' },
  email: { value: email, summary: 'The e-mail address of the account', example: 'aws-development@acme.example' },
  organizationalUnit: {
    value: unitPath,
    summary: 'The organizational unit that it lies in, by path; without one it lies right under the root',
    example: 'Workloads/Production',
    optional: true,
  },
}

const PERMISSION_SET: Keys = {
  name: {
    value: text(/^[\w+=,.@-]{1,32}$/, '1 to 32 letters, digits or +=,.@-_'),
    summary: 'What clients configure as `sso_role_name`; no two permission sets share one',
    example: 'PowerUserAccess',
  },
  description: { value: line(700), summary: 'What it is for', example: "Half a day's work", optional: true },
  sessionDuration: {
    value: { type: 'duration', least: hours(1), most: hours(12) },
    summary: 'How long role credentials last',
    example: 'PT4H',
    default: 'PT1H',
  },
  relayState: {
    value: line(240),
    summary: 'Where the AWS console opens',
    example: 'https://console.aws.amazon.com/billing/home',
    optional: true,
  },
  managedPolicies: {
    value: listOf(text(/^arn:aws[\w-]*:iam::aws:policy\/\S+$/, 'the ARN of an AWS managed policy')),
    summary: 'The AWS managed policies that are attached',
    example: '[arn:aws:iam::aws:policy/PowerUserAccess]',
    default: '[]',
  },
  inlinePolicy: {
    value: { type: 'policy' },
    summary: 'A policy document of its own, as YAML or as JSON in a text',
    example: '{ Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "s3:*", Resource: "*" }] }',
    optional: true,
  },
}

const GROUP: Keys = {
  name: { value: line(1024), summary: 'No two groups share one, capitals apart', example: 'Developers' },
  description: { value: line(1024), summary: 'Who they are', example: 'They build what Acme sells', optional: true },
}

const USER: Keys = {
  userName: {
    value: text(/^[^\s\p{C}]{1,128}$/u, '1 to 128 characters without blanks'),
    summary: 'What the person signs in with; no two users share one, capitals apart',
    example: 'alice',
  },
  displayName: { value: line(1024), summary: 'The whole name', example: 'Alice Anders' },
  givenName: { value: line(1024), summary: 'The given name', example: 'Alice' },
  familyName: { value: line(1024), summary: 'The family name', example: 'Anders' },
  email: {
    value: email,
    summary: 'The e-mail address; no two users share one',
    example: 'alice@acme.example',
    optional: true,
  },
  password: {
    value: line(64),
    summary: 'Without one the user cannot sign in until `mayfly-server users reset-password` gives a link',
    example: 'mayfly-example',
    optional: true,
  },
  groups: {
    value: listOf(line(1024)),
    summary: 'The names of the groups that the user is in',
    example: '[Developers]',
    default: '[]',
  },
}

const ASSIGNMENT: Keys = {
  user: { value: line(128), summary: 'Who gets in: the user name of one user', example: 'bob', optional: true },
  group: { value: line(1024), summary: 'Or the name of one group', example: 'Developers', optional: true },
  permissionSets: {
    value: listOf(line(32)),
    summary: 'With which permission sets, by name',
    example: '[PowerUserAccess, ReadOnlyAccess]',
  },
  accounts: {
    value: listOf(line(50)),
    summary: 'Into which accounts, by id or by name',
    example: '[Acme Development, "555566667777"]',
  },
}

/** A list of objects that all have the same keys. */
const listed = (keys: Keys): Value => listOf({ type: 'members', keys })

export const ORGANIZATION = {
  instance: { value: { type: 'members', keys: INSTANCE }, summary: 'The Identity Center itself', example: '' },
  organizationalUnits: {
    value: listed(ORGANIZATIONAL_UNIT),
    summary: 'The organizational units, in which accounts and further units lie',
    example: '',
    default: '[]',
  },
  accounts: { value: listed(ACCOUNT), summary: 'The AWS accounts', example: '' },
  serviceControlPolicies: {
    value: listed(SERVICE_CONTROL_POLICY),
    summary: 'What accounts may do at most; enabled when there are any, and everything carries `FullAWSAccess` besides',
    example: '',
    default: '[]',
  },
  permissionSets: { value: listed(PERMISSION_SET), summary: 'What one may do in an account', example: '' },
  groups: { value: listed(GROUP), summary: 'The groups', example: '', default: '[]' },
  users: { value: listed(USER), summary: 'The people', example: '', default: '[]' },
  assignments: {
    value: listed(ASSIGNMENT),
    summary: 'Who gets in where: one user or one group, some permission sets, some accounts',
    example: '',
    default: '[]',
  },
} as const satisfies Keys
