import {
  type Application,
  DEFAULT_APPLICATION_SCOPES,
  TOKEN_EXCHANGE,
} from '@mayfly/identity-center/applications/application'
import type { TrustedTokenIssuer } from '@mayfly/identity-center/applications/trusted-token-issuer'
import { createClientToken } from '@mayfly/identity-center/client-token'
import { after, days, seconds } from '@mayfly/identity-center/duration'
import type {
  ApplicationArn,
  GroupId,
  GroupMembershipId,
  TrustedTokenIssuerArn,
  UserId,
} from '@mayfly/identity-center/identifiers'
import { expect, test } from 'vitest'
import type { Page, PageRequest, Store } from '../store.ts'
import { forEachEngine } from '../testing/engines.ts'
import { group, hash, instance, MADE, user } from '../testing/samples.ts'

const application = (word: string, more: Partial<Application> = {}): Application => ({
  arn: `arn:aws:sso::111122223333:application/ssoins-0123456789abcdef/apl-${word}` as ApplicationArn,
  instanceArn: instance.arn,
  accountId: instance.ownerAccountId,
  providerArn: 'arn:aws:sso::aws:applicationProvider/custom',
  name: word,
  status: 'ENABLED',
  visibility: 'ENABLED',
  assignmentRequired: true,
  createdFrom: 'us-east-1',
  createdAt: MADE,
  ...more,
})

const issuer = (word: string): TrustedTokenIssuer => ({
  arn: `arn:aws:sso::111122223333:trustedTokenIssuer/ssoins-0123456789abcdef/tti-${word}` as TrustedTokenIssuerArn,
  instanceArn: instance.arn,
  accountId: instance.ownerAccountId,
  name: word,
  issuerUrl: `https://${word}.example.com`,
  claimAttributePath: 'email',
  identityStoreAttributePath: 'emails.value',
  createdAt: MADE,
})

async function every<T>(list: (page: PageRequest) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = []
  let after: string | undefined
  do {
    const page = await list(after === undefined ? { limit: 1 } : { limit: 1, after })
    items.push(...page.items)
    after = page.nextToken
  } while (after !== undefined)
  return items
}

await forEachEngine((engine) => {
  const withApplications = async (...words: string[]): Promise<Store> => {
    const store = await engine.open()
    await store.instances.insert(instance)
    for (const word of words) await store.applications.insert(application(word))
    return store
  }

  test('an application comes back as it was put in, and is changed and deleted', async () => {
    const store = await withApplications()
    const full = application('a', {
      description: 'd',
      signInOptions: { origin: 'APPLICATION', applicationUrl: 'https://a.example.com/' },
      actorPolicy: '{}',
    })
    await store.applications.insert(full)
    expect(await store.applications.get(full.arn)).toEqual(full)
    await store.applications.update({ ...full, status: 'DISABLED' })
    expect((await store.applications.find(full.arn))?.status).toBe('DISABLED')
    await store.applications.delete(full.arn)
    await expect(store.applications.get(full.arn)).rejects.toMatchObject({ code: 'not-found' })
    await expect(store.applications.delete(full.arn)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('applications are listed by ARN, of one account or one provider', async () => {
    const store = await withApplications('b', 'a')
    await store.applications.insert(application('c', { providerArn: 'other' }))
    const names = async (filter: object) =>
      (await every((page) => store.applications.list(filter, page))).map(({ name }) => name)
    expect(await names({})).toEqual(['a', 'b', 'c'])
    expect(await names({ providerArn: 'other' })).toEqual(['c'])
    expect(await names({ accountId: '999999999999' })).toEqual([])
    expect(await store.applications.count()).toBe(3)
  })

  test('a group lets its members use an application; the list names the group', async () => {
    const store = await withApplications('a', 'b', 'c')
    await store.users.insert(user('ann'))
    await store.groups.insert(group('devs'))
    await store.groupMemberships.insert({
      id: 'membership-1' as GroupMembershipId,
      identityStoreId: instance.identityStoreId,
      groupId: group('devs').id,
      userId: user('ann').id,
      createdAt: MADE,
    })
    const [ann, devs] = [user('ann').id, group('devs').id]
    const assign = (word: string, principal: { type: 'USER'; id: UserId } | { type: 'GROUP'; id: GroupId }) =>
      store.applicationAssignments.insert({ applicationArn: application(word).arn, principal, createdAt: MADE })
    await assign('a', { type: 'USER', id: ann })
    await assign('a', { type: 'GROUP', id: devs })
    await assign('a', { type: 'GROUP', id: devs })
    await assign('b', { type: 'GROUP', id: devs })
    expect(await store.applicationAssignments.isAssigned(application('b').arn, ann)).toBe(true)
    expect(await store.applicationAssignments.isAssigned(application('c').arn, ann)).toBe(false)
    expect(await store.applicationAssignments.isAssigned(application('a').arn, 'nobody' as UserId)).toBe(false)
    const held = (filter: { applicationArn?: ApplicationArn }, principal: Parameters<typeof assign>[1]) =>
      every((page) => store.applicationAssignments.listForPrincipal(principal, filter, page))
    const expanded = await held({}, { type: 'USER', id: ann })
    expect(expanded.map(({ applicationArn, principal }) => [applicationArn.at(-1), principal.id])).toEqual([
      ['a', devs],
      ['a', ann],
      ['b', devs],
    ])
    expect(await held({ applicationArn: application('b').arn }, { type: 'USER', id: ann })).toHaveLength(1)
    expect(await held({}, { type: 'GROUP', id: devs })).toHaveLength(2)
    expect(await every((page) => store.applicationAssignments.list(application('a').arn, page))).toHaveLength(2)
  })

  test('deleting an application takes its assignments, grants and scopes along', async () => {
    const store = await withApplications('a')
    const { arn } = application('a')
    const principal = { type: 'USER', id: 'ann' as UserId } as const
    await store.applicationAssignments.insert({ applicationArn: arn, principal, createdAt: MADE })
    await store.applicationAccess.insertGrant(arn, { type: 'refresh_token' })
    await store.applicationAccess.insertScope(arn, { scope: 'a:b', authorizedTargets: [arn] })
    await store.applications.delete(arn)
    expect(await store.applicationAssignments.find({ applicationArn: arn, principal })).toBeUndefined()
    expect(await store.applicationAccess.listGrants(arn)).toEqual([])
    expect(await store.applicationAccess.scopesOf(arn)).toEqual([])
  })

  test('nothing can be attached to an application that is not there', async () => {
    const store = await withApplications()
    const { arn } = application('gone')
    const attempt = store.applicationAccess.insertGrant(arn, { type: TOKEN_EXCHANGE })
    await expect(attempt).rejects.toMatchObject({ code: 'conflict' })
  })

  test('a grant and a scope are replaced by the next of the same name', async () => {
    const store = await withApplications('a')
    const { arn } = application('a')
    await store.applicationAccess.insertGrant(arn, { type: 'authorization_code', redirectUris: ['https://one/'] })
    await store.applicationAccess.insertGrant(arn, { type: 'authorization_code', redirectUris: ['https://two/'] })
    expect(await store.applicationAccess.findGrant(arn, 'authorization_code')).toEqual({
      type: 'authorization_code',
      redirectUris: ['https://two/'],
    })
    await store.applicationAccess.deleteGrant(arn, 'authorization_code')
    await store.applicationAccess.deleteGrant(arn, 'authorization_code')
    expect(await store.applicationAccess.findGrant(arn, 'authorization_code')).toBeUndefined()
    for (const scope of [...DEFAULT_APPLICATION_SCOPES, 'aws']) {
      await store.applicationAccess.insertScope(arn, { scope, authorizedTargets: [] })
    }
    const scopes = await every((page) => store.applicationAccess.listScopes(arn, page))
    expect(scopes.map(({ scope }) => scope)).toEqual(['aws', 'openid', 'sts:identity_context'])
  })

  test('the portal lists what a user may use and may see, by name', async () => {
    const store = await withApplications('c', 'unassigned')
    await store.users.insert(user('ann'))
    const others = [
      application('b', { assignmentRequired: false }),
      application('hidden', { assignmentRequired: false, visibility: 'DISABLED' }),
      application('off', { assignmentRequired: false, status: 'DISABLED' }),
    ]
    for (const other of others) await store.applications.insert(other)
    const principal = { type: 'USER', id: user('ann').id } as const
    await store.applicationAssignments.insert({ applicationArn: application('c').arn, principal, createdAt: MADE })
    const shown = await every((page) => store.applications.listForUser(user('ann').id, page))
    expect(shown.map(({ name }) => name)).toEqual(['b', 'c'])
  })

  test('a trusted token issuer comes back, is changed, listed and deleted', async () => {
    const store = await withApplications()
    await store.trustedTokenIssuers.insert(issuer('two'))
    await store.trustedTokenIssuers.insert(issuer('one'))
    await store.trustedTokenIssuers.update({ ...issuer('one'), claimAttributePath: 'sub' })
    const issuers = await every((page) => store.trustedTokenIssuers.list(page))
    expect(issuers).toEqual([{ ...issuer('one'), claimAttributePath: 'sub' }, issuer('two')])
    await store.trustedTokenIssuers.delete(issuer('one').arn)
    await expect(store.trustedTokenIssuers.get(issuer('one').arn)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('of twenty that redeem one assertion at once, one comes first', async () => {
    const store = await withApplications()
    const spent = { trustedTokenIssuerArn: issuer('one').arn, tokenIdHash: hash('jti'), expiresAt: MADE }
    const answers = await Promise.all(Array.from({ length: 20 }, () => store.spentAssertions.insert(spent)))
    expect(answers.filter((first) => first)).toHaveLength(1)
    expect(await store.spentAssertions.insert({ ...spent, trustedTokenIssuerArn: issuer('two').arn })).toBe(true)
    expect(await store.spentAssertions.deleteExpired(MADE)).toBe(2)
  })

  test('a client token is remembered for a day, and refused a second time', async () => {
    const store = await withApplications()
    const token = createClientToken({ scope: 's', token: 't', input: { b: 1, a: 2 }, answer: 'arn' }, MADE)
    await store.clientTokens.insert(token, MADE)
    expect(await store.clientTokens.find('s', 't', MADE)).toEqual(token)
    expect(createClientToken({ ...token, input: { a: 2, b: 1 } }, MADE).inputHash).toBe(token.inputHash)
    await expect(store.clientTokens.insert(token, MADE)).rejects.toMatchObject({ code: 'conflict' })
    const nextDay = after(MADE, days(1))
    expect(await store.clientTokens.find('s', 't', nextDay)).toBeUndefined()
    await store.clientTokens.insert({ ...token, expiresAt: after(nextDay, seconds(1)) }, nextDay)
    expect(await store.clientTokens.deleteExpired(after(nextDay, seconds(1)))).toBe(1)
  })
})
