/** The data key cannot be had: how, and what helps. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { KeychainError } from '../machine/keychain.ts'

/** How the data key cannot be had. */
export type KeyLoss =
  /** The keychain answers, and holds no such entry; or the file behind the passphrase is gone. */
  | 'gone'
  /** The keychain cannot be asked, or says no: another time it may. */
  | 'out-of-reach'
  /** Nobody is there to say the passphrase, or it was not the right one. */
  | 'passphrase-needed'

export class DataKeyRefusal extends Refusal {
  readonly loss: KeyLoss

  constructor(loss: KeyLoss, message: string, hint: string) {
    super('forbidden', message, { hint })
    this.name = 'DataKeyRefusal'
    this.loss = loss
  }
}

/** The key is not where it was kept: what was sealed under it stays sealed. */
export const goneKey = (where: string): DataKeyRefusal =>
  new DataKeyRefusal(
    'gone',
    `${where} does not hold the key of the sealed store any more. What was sealed under it cannot be opened.`,
    'Sign in again, which makes a new key: mayfly sso login',
  )

/** Which keychain trouble it is, and what helps. */
export function keychainRefusal({ problem, message }: KeychainError): DataKeyRefusal {
  if (problem === 'not-installed') {
    return new DataKeyRefusal(
      'out-of-reach',
      'The package that speaks to the keychain is not installed here (@napi-rs/keyring).',
      'Install Mayfly with its optional packages, or keep the key behind a passphrase: mayfly storage sealed --passphrase',
    )
  }
  const said = message === '' ? '' : ` (${message})`
  if (problem === 'refused') {
    return new DataKeyRefusal(
      'out-of-reach',
      `The keychain is locked, or does not hand out the key of the sealed store${said}.`,
      'Unlock the keychain (on Linux the keyring "Login"), and run it again.',
    )
  }
  return new DataKeyRefusal(
    'out-of-reach',
    `No keychain can be reached${said}.`,
    'Start it (on Linux a Secret Service: GNOME Keyring, KWallet, KeePassXC), or keep the key behind a passphrase: ' +
      'mayfly storage sealed --passphrase',
  )
}
