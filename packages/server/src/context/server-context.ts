/** Puts together what is the same for every request. */

import type { ServiceName } from '@mayfly/wire/model/service-model'
import { createWire } from '@mayfly/wire/serve'
import { SigningKeys } from '@mayfly/wire/signature/signing-key'
import { Keys } from '../keys/keys.ts'
import { readPreviousRootKey } from '../keys/root-key.ts'
import { Mailer } from '../mail/mailer.ts'
import { Policies } from '../policies/policies.ts'
import { createLocalIssuer } from '../role-credentials/local-issuer.ts'
import { Revocations } from '../role-credentials/revocations.ts'
import { IssuerKeys } from '../trusted-issuer/issuer-keys.ts'
import { AccessKeyUses } from './access-key-uses.ts'
import type { ServerContext } from './context.ts'
import { DirectoryRoom } from './directory-room.ts'
import { createInstanceCache } from './instance-cache.ts'
import { RateLimit } from './rate-limit.ts'

/** The services that are answered. */
const SERVED: readonly ServiceName[] = [
  'sso',
  'sso-oidc',
  'sso-admin',
  'identitystore',
  'organizations',
  'sts',
  'iam',
  'mayfly',
]

/** A hundred a second (§5.2), a minute's worth at once: tools ask for the roles of thousands of accounts in parallel. */
const PORTAL_CALLS_PER_MINUTE = 6000

type Given = Pick<ServerContext, 'clock' | 'random' | 'store' | 'config' | 'log'> & { readonly rootKey: Uint8Array }

/** Opens the keys, loads the models and what was revoked; writes to the store only when it has no keys yet. */
export async function createServerContext({ rootKey, ...given }: Given): Promise<ServerContext> {
  const { clock, random, store, config } = given
  const keys = await Keys.open(rootKey, { ...given, ...previousRootOf(given.config) })
  const revocations = new Revocations(store, clock)
  await revocations.refresh()
  const policies = new Policies(store, given.log)
  await policies.refresh()
  return {
    ...given,
    keys,
    revocations,
    policies,
    mail: new Mailer({ store, keys, clock, random }),
    issuer: createLocalIssuer({ keys, random, revocations }),
    directoryRoom: new DirectoryRoom(store, given.config),
    unsignedCalls: new RateLimit(given.config.unsignedCallsPerMinute, clock),
    refusedCalls: new RateLimit(given.config.unsignedCallsPerMinute, clock),
    portalCalls: new RateLimit(PORTAL_CALLS_PER_MINUTE, clock),
    issuerKeys: new IssuerKeys({ clock, networks: config.issuerNetworks, loopback: config.example }),
    signingKeys: new SigningKeys(),
    accessKeyUses: new AccessKeyUses(given),
    wire: await createWire({ services: SERVED }),
    instance: createInstanceCache(store, clock),
  }
}

function previousRootOf(config: ServerContext['config']): { readonly previousRoot?: Uint8Array } {
  const previousRoot = readPreviousRootKey(config)
  return previousRoot === undefined ? {} : { previousRoot }
}
