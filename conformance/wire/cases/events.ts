/** What happens before a case that no call of an AWS client brings about: people decide, and time passes. */

import { seconds } from '@mayfly/identity-center/duration'
import { signedClients } from '../../../packages/server/src/testing/administrator.ts'
import {
  issueCode,
  redeemCode,
  registerClient,
  registerPkceClient,
  startDevice,
  type TestClient,
} from '../../../packages/server/src/testing/journeys.ts'
import { createRole, trusts } from '../../../packages/server/src/testing/roles.ts'
import { createTestApplication, trustIssuer } from '../../../packages/server/src/testing/test-application.ts'
import { startTestIssuer } from '../../../packages/server/src/testing/test-issuer.ts'
import type { TestServer } from '../../../packages/server/src/testing/test-server.ts'

/** Where the requests of the cases come from: a machine is never limited by itself. */
export const CLIENT_ADDRESS = '203.0.113.9'

/** They have the form of what they would be. */
const IDS_OF_NOTHING: Readonly<Record<string, string>> = {
  Root: 'r-zzzz',
  Unit: 'ou-zzzz-zzzzzzzz',
  Parent: 'r-zzzz',
  Request: 'car-00000000',
  H: 'h-00000000',
  Policy: 'p-zzzzzzzzzz',
}

const IMPATIENT = 3
const MOST_CALLS = 100_000

type Input = Readonly<Record<string, unknown>>

/** Each gives what later texts may refer to. */
export const EVENTS: Readonly<
  Record<string, (server: TestServer, input: Input) => Promise<Readonly<Record<string, string>>>>
> = {
  /** Time passes: `{ "seconds": 600 }`. */
  async '@wait'(server, { seconds: count }) {
    await server.clock.advance(seconds(Number(count)))
    return {}
  },

  /** The operator sets quotas: `{ "permissionSets": 5 }`. */
  async '@quota'(server, quotas) {
    Object.assign(server.context.config.quotas, quotas)
    return {}
  },

  /** The organization is dissolved, and perhaps founded again with other features: `${Root}`, and ids of nothing. */
  async '@no-organization'(server, { features }) {
    const organizations = (await signedClients(server))('organizations')
    const { items } = await server.context.store.accounts.list({ limit: 100 })
    for (const { id: AccountId } of items) {
      if (AccountId !== '111122223333') await organizations.call('RemoveAccountFromOrganization', { AccountId })
    }
    await organizations.call('DeleteOrganization', {})
    if (features === undefined) return IDS_OF_NOTHING
    await organizations.call('CreateOrganization', { FeatureSet: features })
    const { Roots } = await organizations.call('ListRoots', {})
    return { Root: String((Roots as { Id: string }[])[0]?.Id) }
  },

  /** A client registers: `${clientId}`, `${clientSecret}`. */
  async '@client'(server, { pkce = false, ...members }) {
    return { ...(await (pkce === true ? registerPkceClient(server, members) : registerClient(server, members))) }
  },

  /** The client starts a device authorization, and a person decides: `{ "decision": "allow" | "deny" | "none" }`. */
  async '@device'(server, { clientId, clientSecret, decision }) {
    const client = { clientId, clientSecret } as TestClient
    const started = await startDevice(server, client)
    if (decision === 'allow') await started.allow(await server.signIn('alice'))
    if (decision === 'deny') await started.deny()
    return { deviceCode: started.deviceCode }
  },

  /** The client polls at once, again and again. */
  async '@poll'(server, input) {
    for (let turn = 0; turn < IMPATIENT; turn++) {
      await server
        .client('sso-oidc')
        .call('CreateToken', input)
        .catch(() => {})
    }
    return {}
  },

  /** One address, or one user, asks until it is told to stop. */
  async '@flood'(server, { service }) {
    const { unsignedCalls, portalCalls, store } = server.context
    const user = await store.users.findByUserName('alice')
    const limit = service === 'sso' ? portalCalls : unsignedCalls
    const person = service === 'sso' ? user?.id : undefined
    for (let turn = 0; turn < MOST_CALLS && limit.take(CLIENT_ADDRESS, person); turn++);
    return {}
  },

  /** A person lets the client in, at the browser: `${code}`. */
  async '@code'(server, { clientId, clientSecret }) {
    const client = { clientId, clientSecret } as TestClient
    return { code: await issueCode(server, client, await server.signIn('alice')) }
  },

  /** A person signs in: `${accessToken}`, `${refreshToken}` of the client that was registered for it. */
  async '@token'(server, { user = 'alice' }) {
    const client = await registerPkceClient(server)
    const tokens = await redeemCode(server, client, await issueCode(server, client, await server.signIn(String(user))))
    return { ...client, accessToken: tokens.accessToken, refreshToken: String(tokens.refreshToken) }
  },

  /** A role of the developer's account that trusts it: `${roleArn}`. */
  async '@role'(server, { account = '111122223333', name = 'Deploy', principal, maxSessionDuration = 3600 }) {
    const roleArn = await createRole(server, {
      accountId: String(account),
      name: String(name),
      trust: [trusts(typeof principal === 'string' ? principal : `arn:aws:iam::${account}:root`)],
      maxSessionDuration: Number(maxSessionDuration),
    })
    return { roleArn }
  },

  /** An outside issuer that is trusted, a role for its tokens, and one of them: `${issuer}`, `${roleArn}`, `${token}`. */
  async '@web-identity'(server, { claims = {}, trusted = true, reachable = true }) {
    const issuer = await startTestIssuer(server)
    const provider = issuer.url.replace('http://', '')
    if (trusted === true) await trustIssuer(await createTestApplication(server), issuer.url)
    if (reachable !== true) issuer.answers.set('/keys', (response) => response.writeHead(500).end())
    const principal = { Federated: `arn:aws:iam::111122223333:oidc-provider/${provider}` }
    const condition = { StringEquals: { [`${provider}:aud`]: 'builds' } }
    const roleArn = await createRole(server, {
      accountId: '111122223333',
      name: 'Build',
      trust: [{ ...trusts(principal, condition), Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'] }],
    })
    const token = await issuer.sign({ aud: 'builds', sub: 'repo:acme/site', ...(claims as Input) })
    return { issuer: issuer.url, roleArn, token }
  },

  /** An application with every grant, and what its grants take: `${application}`, `${code}`, `${assertion}`, `${subjectToken}`. */
  async '@application'(server, { assigned = true, without, claims = {} }) {
    const application = await createTestApplication(server)
    const issuer = await startTestIssuer(server)
    await trustIssuer(application, issuer.url)
    const { arn, change } = application
    await change('PutApplicationAccessScope', { Scope: 'sso:account:access' })
    if (typeof without === 'string') await change('DeleteApplicationGrant', { GrantType: without })
    const alice = await server.context.store.users.findByUserName('alice')
    const code = await issueCode(server, { clientId: arn, clientSecret: '' }, await server.signIn('alice'))
    const assertion = await issuer.sign(claims as Input)
    if (assigned !== true) {
      await change('DeleteApplicationAssignment', { PrincipalType: 'USER', PrincipalId: alice?.id })
    }
    return { application: arn, code, assertion }
  },
}
