/** The public keys of outside issuers: found by OpenID Connect discovery, kept for a while, asked for anew with care. */

import { after, minutes, seconds } from '@mayfly/identity-center/duration'
import { createLocalJWKSet, type JWK, type JWTVerifyGetKey } from 'jose'
import { FetchFault, type FetchRules, fetchJson } from './fetch-json.ts'

/** How long a withdrawn key is still believed. */
const FRESH = minutes(10)
/** A token with an unknown key may be made by anybody: it makes us ask the issuer no oftener than this. */
const PAUSE = seconds(30)
/** Issuers are configured, and few; what was deleted is forgotten. */
const MOST_ISSUERS = 100
const MOST_KEYS = 100

/** Keys of a set as of one moment. */
export interface IssuerKeySet {
  readonly getKey: JWTVerifyGetKey
  readonly has: (keyId: string) => boolean
}

interface Known {
  readonly keySet: Promise<IssuerKeySet>
  readonly staleAt: Date
  readonly mayAskAt: Date
}

export class IssuerKeys {
  readonly #rules: FetchRules
  readonly #known = new Map<string, Known>()

  constructor(rules: FetchRules) {
    this.#rules = rules
  }

  /** The issuer's keys, asked for anew when none of them has this id. Throws a `FetchFault` when they cannot be had. */
  async find(issuerUrl: string, keyId: string | undefined): Promise<IssuerKeySet> {
    const now = this.#rules.clock.now()
    const known = this.#known.get(issuerUrl)
    if (known && now < known.staleAt) {
      const keySet = await known.keySet.catch(() => undefined)
      const isEnough = keySet !== undefined && (keyId === undefined || keySet.has(keyId))
      // Another caller may have asked meanwhile.
      const current = this.#known.get(issuerUrl)
      if (isEnough || now < known.mayAskAt || current !== known) return await (current ?? known).keySet
    }
    return await this.#ask(issuerUrl, now, known)
  }

  #ask(issuerUrl: string, now: Date, before: Known | undefined): Promise<IssuerKeySet> {
    const keySet = fetchKeySet(issuerUrl, this.#rules)
    const mayAskAt = after(now, PAUSE)
    const asked = { keySet, staleAt: after(now, FRESH), mayAskAt }
    // An issuer that is down for a moment takes nothing from the keys that are still fresh.
    keySet.catch(() => {
      if (before && this.#known.get(issuerUrl) === asked) this.#known.set(issuerUrl, { ...before, mayAskAt })
    })
    this.#known.delete(issuerUrl)
    this.#known.set(issuerUrl, asked)
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MOST_ISSUERS) break
      this.#known.delete(oldest)
    }
    return keySet
  }
}

async function fetchKeySet(issuerUrl: string, rules: FetchRules): Promise<IssuerKeySet> {
  const discovery = await fetchJson(
    addressOf(`${issuerUrl.replace(/\/$/, '')}/.well-known/openid-configuration`),
    rules,
  )
  // OpenID Connect Discovery §4.3: else one issuer could speak for another.
  if (discovery['issuer'] !== issuerUrl) throw new FetchFault(`The document of ${issuerUrl} names another issuer.`)
  const { jwks_uri: address } = discovery
  if (typeof address !== 'string') throw new FetchFault(`The document of ${issuerUrl} has no jwks_uri.`)
  const { keys } = await fetchJson(addressOf(address), rules)
  if (!Array.isArray(keys) || keys.length > MOST_KEYS) throw new FetchFault(`${address} is no key set.`)
  const usable = keys.filter(isVerificationKey)
  const ids = new Set(usable.map(({ kid }) => kid))
  return { getKey: createLocalJWKSet({ keys: usable }), has: (keyId) => ids.has(keyId) }
}

function addressOf(text: string): URL {
  const url = URL.parse(text)
  if (url === null || url.username !== '' || url.password !== '') throw new FetchFault('The address is malformed.')
  return url
}

/** A symmetric key in a public set is everybody's (RFC 8725 §2.1), and a key for encryption proves nothing. */
function isVerificationKey(key: unknown): key is JWK {
  if (typeof key !== 'object' || key === null) return false
  const { kty, use } = key as JWK
  return (kty === 'RSA' || kty === 'EC') && (use === undefined || use === 'sig')
}
