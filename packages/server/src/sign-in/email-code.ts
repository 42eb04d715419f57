/** A code that was sent by e-mail, entered. */

import type { UserId } from '@mayfly/identity-center/identifiers'
import { hashOf, sameSecret } from '@mayfly/identity-center/secret'
import { EMAIL_CODE_TRIES } from '@mayfly/identity-center/sign-in/email-code'
import type { Context } from '../context/context.ts'

/** Takes the code of this sign-in if it is right: once, in time, and within five tries. Gives whose code it was. */
export async function acceptEmailCode(
  workflowId: string,
  text: string,
  { store, clock }: Pick<Context, 'store' | 'clock'>,
): Promise<UserId | undefined> {
  const now = clock.now()
  const hash = hashOf(`${workflowId}:${text.replace(/\s/g, '')}`)
  const code = await store.emailCodes.countTry(workflowId, now, EMAIL_CODE_TRIES)
  if (!code || !sameSecret(code.codeHash, hash)) return undefined
  return (await store.emailCodes.consume(workflowId, hash, now)) ? code.userId : undefined
}
