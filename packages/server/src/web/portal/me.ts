/** Who is signed in, where, and what the instance allows. */

import type { Instance } from '@mayfly/identity-center/instance'
import { CONSOLE_HOSTS } from '@mayfly/identity-center/sign-in/console-destination'
import { reservedStartUrl } from '@mayfly/identity-center/start-url'
import { cookieOf } from '../../caller/cookie.ts'
import { antiForgeryToken, SESSION_COOKIE } from '../../caller/session-cookie.ts'
import type { PortalCall } from './portal-call.ts'

/** What a delegated administrator administers, as a service principal. */
const ADMINISTERED = 'sso.amazonaws.com'

/** GET /portal/me */
export async function showMe({ caller, request, origin, instance, store }: PortalCall): Promise<object> {
  const { user, session } = caller
  const [settings, password, delegated] = await Promise.all([
    instance(),
    store.passwords.find(user.id),
    store.delegatedAdministrators.list(ADMINISTERED, { limit: 10 }),
  ])
  return {
    user: {
      userId: user.id,
      userName: user.userName,
      displayName: user.displayName,
      ...(user.email === undefined ? {} : { email: user.email }),
    },
    instance: {
      name: settings.name,
      arn: settings.arn,
      region: settings.region,
      startUrl: `${origin}/start`,
      origin,
      alias: aliasOf(settings),
    },
    session: { id: session.id, createdAt: session.createdAt, expiresAt: session.expiresAt },
    antiForgeryToken: antiForgeryToken(cookieOf(request, SESSION_COOKIE) ?? ''),
    settings: { mfaPrompt: settings.mfaPrompt, deviceGrantEnabled: settings.deviceGrantEnabled },
    password: { updatedAt: password?.updatedAt ?? user.createdAt },
    consoleDestinations: CONSOLE_HOSTS,
    administration: {
      identityStoreId: settings.identityStoreId,
      accountIds: [settings.ownerAccountId, ...delegated.items.map(({ accountId }) => accountId)],
    },
  }
}

/** A start URL that new AWS CLIs take without asking anybody (§2.8 A): a configured one, or one that nobody else can have. */
const aliasOf = (instance: Instance): string =>
  instance.startUrlAliases.find((alias) => URL.parse(alias)?.hostname.endsWith('.awsapps.com')) ??
  reservedStartUrl(instance)
