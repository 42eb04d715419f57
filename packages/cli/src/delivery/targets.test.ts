import { expect, test } from 'vitest'
import type { Section, SharedConfig } from '../shared-config/shared-config.ts'
import { findTargets, isPowerful } from './targets.ts'

const section = (values: Record<string, string>): Section => new Map(Object.entries(values))
const profile = (accountId: string, role: string, session = 'corp'): Section =>
  section({ sso_session: session, sso_account_id: accountId, sso_role_name: role })

const config = {
  profiles: new Map([
    ['prod-billing-ReadOnly', profile('111111111111', 'ReadOnly')],
    ['again', profile('111111111111', 'ReadOnly')],
    ['acme/prod/Admin', profile('111111111111', 'Admin')],
    ['dev', profile('222222222222', 'ReadOnly')],
    ['keys', section({ aws_access_key_id: 'A' })],
    ['broken', profile('333333333333', 'ReadOnly', 'missing')],
  ]),
  ssoSessions: new Map([
    ['corp', section({ sso_start_url: 'https://d-1.awsapps.com/start', sso_region: 'us-east-1' })],
  ]),
} as unknown as SharedConfig

const INDEX = {
  sessionName: 'corp',
  startUrl: 'https://d-1.awsapps.com/start',
  region: 'us-east-1',
  takenAt: new Date('2026-11-21T00:00:00Z'),
  accounts: [
    { accountId: '111111111111', accountName: 'Prod Billing', roles: ['Admin', 'ReadOnly'] },
    { accountId: '444444444444', accountName: 'Sandbox\u001b[2J', roles: ['ReadOnly'] },
  ],
}

const labels = (matching: readonly string[], except: readonly string[] = [], indexes = [INDEX]) =>
  findTargets(config, indexes, { matching, except }).map(({ label }) => label)

test('a profile is found by its name, its account and its role; several for one role count once', () => {
  expect(labels(['prod-*/ReadOnly'])).toEqual(['prod-billing-ReadOnly'])
  expect(labels(['prod-billing/*'])).toEqual(['prod-billing-ReadOnly', 'acme/prod/Admin'])
  expect(labels(['Prod Billing/readonly'])).toEqual(['prod-billing-ReadOnly'])
  expect(labels(['111111111111/ReadOnly'])).toEqual(['prod-billing-ReadOnly'])
  expect(labels(['acme/prod/*'])).toEqual(['acme/prod/Admin'])
  expect(labels(['{dev,test}/Read?nly'])).toEqual(['dev'])
  expect(labels(['*/ReadOnly'])).toEqual(['prod-billing-ReadOnly', 'dev'])
  expect(labels(['dev', 'acme/*'])).toEqual(['acme/prod/Admin', 'dev'])
  expect(labels(['*'], ['*/Admin', 'dev'])).toEqual(['prod-billing-ReadOnly'])
})

test('what has no profile is found where no profile matches, and a server cannot move the cursor', () => {
  expect(labels(['sandbox*/*'])).toEqual(['Sandbox[2J/ReadOnly'])
  expect(labels(['4444*'])).toEqual(['Sandbox[2J/ReadOnly'])
  expect(labels(['sandbox*/*'], [], [])).toEqual([])
  expect(labels(['sandbox*/*'], [], [{ ...INDEX, sessionName: 'forgotten' }])).toEqual([])
})

test('profiles without a sign-in, and broken ones, are left out', () => {
  expect(labels(['keys', 'broken'])).toEqual([])
})

test('a role is powerful by its name', () => {
  expect(['AdministratorAccess', 'PowerUserAccess', 'prod-deployer'].every((role) => isPowerful({ role }))).toBe(true)
  expect(['ReadOnlyAccess', 'ViewOnly', 'Billing', 'SecurityAudit'].some((role) => isPowerful({ role }))).toBe(false)
})
