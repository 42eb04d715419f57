/** The keychain of the system: Secret Service, macOS Keychain, Windows Credential Manager. */

/** Why a keychain gave no answer, apart from not holding what was asked for. */
export type KeychainProblem =
  /** The package with the system's bindings is not installed. */
  | 'not-installed'
  /** No keychain runs here, or it cannot be reached. */
  | 'unreachable'
  /** It is there and refuses: locked, or the person said no. */
  | 'refused'

export class KeychainError extends Error {
  override readonly name = 'KeychainError'
  readonly problem: KeychainProblem

  constructor(problem: KeychainProblem, message: string) {
    super(message)
    this.problem = problem
  }
}

export interface Keychain {
  /** The secret of an entry; nothing when there is no such entry. Rejects with KeychainError. */
  get(account: string): Promise<Buffer | undefined>
  /** Writes an entry, over the one of the same account. Rejects with KeychainError. */
  set(account: string, secret: Uint8Array): Promise<void>
  /** Deletes an entry; false when there was none. Rejects with KeychainError. */
  delete(account: string): Promise<boolean>
}

/** Under which name the entries stand in the keychain, for people who look into it. */
export const KEYCHAIN_SERVICE = 'Mayfly'

export type Keyring = typeof import('@napi-rs/keyring')
type Entry = InstanceType<Keyring['AsyncEntry']>

/** Milliseconds after which the person is told what is waited for. */
const TELL_AFTER = 1500

/**
 * The keychain of this computer. Its bindings are loaded when it is first asked. It may open a window and wait for a
 * person: then `tell` gets a sentence.
 */
export function createKeychain(
  platform: string,
  tell: (sentence: string) => void = () => undefined,
  loadBindings: () => Promise<Keyring> = () => import('@napi-rs/keyring'),
): Keychain {
  let keyring: Promise<Keyring> | undefined
  const load = (): Promise<Keyring> => {
    keyring ??= loadBindings().catch((error: unknown) => {
      throw new KeychainError('not-installed', messageOf(error).split('\n')[0] ?? '')
    })
    return keyring
  }
  const open = async (account: string): Promise<Entry> => {
    const { AsyncEntry } = await load()
    try {
      return new AsyncEntry(KEYCHAIN_SERVICE, account, entryOptions(platform))
    } catch (error) {
      throw describeKeychainError(error)
    }
  }
  const patiently = async <T>(account: string, ask: (entry: Entry) => Promise<T>): Promise<T> => {
    const entry = await open(account)
    const timer = setTimeout(() => tell('Waiting for the keychain: it may be asking to be unlocked.'), TELL_AFTER)
    try {
      return await ask(entry)
    } catch (error) {
      throw describeKeychainError(error)
    } finally {
      clearTimeout(timer)
    }
  }
  return {
    async get(account) {
      const held = await patiently(account, (entry) => entry.getSecret())
      return held === null || held === undefined ? undefined : Buffer.from(held)
    },
    set: (account, secret) => patiently(account, (entry) => entry.setSecret(secret)),
    delete: (account) => patiently(account, (entry) => entry.deleteCredential()),
  }
}

/** On Linux the bindings would take the kernel's keyring when no Secret Service answers: gone with the next start. */
const entryOptions = (platform: string): { linux: { store: 'secret-service' } } | undefined =>
  platform === 'linux' ? { linux: { store: 'secret-service' } } : undefined

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** What went wrong, from the words of the bindings. */
export function describeKeychainError(error: unknown): KeychainError {
  if (error instanceof KeychainError) return error
  const said = messageOf(error).replaceAll(/\s+/g, ' ').trim()
  // A whole paragraph about X11, for a computer on which nobody is logged in to a desktop.
  const message = said.includes('DBUS_SESSION_BUS_ADDRESS') ? 'there is no D-Bus session' : said
  const refused = /lock|denied|dismiss|cancel|not allowed|interaction|prompt/i.test(message)
  return new KeychainError(refused ? 'refused' : 'unreachable', message)
}
