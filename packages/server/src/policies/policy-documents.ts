/** Policy documents, compiled once: a document that a thousand roles have is one object. */

import { parsePolicy } from '@mayfly/identity-center/policy/parse-policy'
import type { Policy, PolicyKind } from '@mayfly/identity-center/policy/policy'
import { findPredefinedPolicy } from '@mayfly/identity-center/policy/predefined-policies'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Store } from '@mayfly/store'

/** More documents than this are compiled anew. */
const MOST_DOCUMENTS = 20_000

/** What stands for a document that nobody can read: whatever it denied, it denies. */
const NOTHING =
  '{"Version":"2012-10-17","Statement":[{"Sid":"Unreadable","Effect":"Deny","Action":"*","Resource":"*"}]}'

/** Where a document is told that cannot be read; the log is one. */
export interface Complaints {
  error(message: string, fields: Readonly<Record<string, unknown>>): void
}

export class PolicyDocuments {
  readonly #store: Store
  readonly #log: Complaints
  readonly #compiled = new Map<string, Policy>()

  constructor(store: Store, log: Complaints) {
    this.#store = store
    this.#log = log
  }

  /** Compiles a document that was checked when it was written. One that cannot be read denies everything. */
  compile(text: string, kind: PolicyKind): Policy {
    const key = `${kind}:${text}`
    const known = this.#compiled.get(key)
    if (known) return known
    if (this.#compiled.size >= MOST_DOCUMENTS) this.#compiled.clear()
    const policy = this.#parse(text, kind)
    this.#compiled.set(key, policy)
    return policy
  }

  #parse(text: string, kind: PolicyKind): Policy {
    try {
      return parsePolicy(text, kind)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.#log.error('A stored policy cannot be read, and denies everything.', { kind, problem: error.message })
      return parsePolicy(NOTHING, 'identity')
    }
  }

  /**
   * Managed policies by ARN: of AWS, imported before our own, or of an account. One without a document is left out, unless
   * it is there to deny: what it would have let pass is not known, so it denies everything.
   */
  async findManaged(arns: readonly string[]): Promise<Policy[]> {
    const texts = await Promise.all(
      arns.map(async (arn) => (await this.#findDocument(arn)) ?? (isThereToDeny(arn) ? NOTHING : undefined)),
    )
    return texts.flatMap((text) => (text === undefined ? [] : [this.compile(text, 'identity')]))
  }

  async #findDocument(arn: string): Promise<string | undefined> {
    if (!/:iam::aws:policy\//.test(arn)) return (await this.#store.iamPolicies.findByArn(arn))?.document
    return await findManagedDocument(arn, this.#store)
  }
}

/** By their names: AWSDenyAll, AWSCompromisedKeyQuarantine and the like. */
const isThereToDeny = (arn: string): boolean => /:iam::aws:policy\/.*(deny|quarantine)/i.test(arn)

/** The document that counts for a policy of AWS's: the imported one, else our own; undefined when there is neither. */
export async function findManagedDocument(
  arn: string,
  { managedPolicies }: Pick<Store, 'managedPolicies'>,
): Promise<string | undefined> {
  // They are the same in every partition, and kept once.
  const imported = await managedPolicies.find(arn.replace(/^arn:[\w-]+:/, 'arn:aws:'))
  return imported?.document ?? findPredefinedPolicy(arn)?.document
}
