/** Turns what a stranger asked for into a mail, if there is a user of that name who may have it. */

import type { User } from '@mayfly/identity-center/directory/user'
import { after } from '@mayfly/identity-center/duration'
import { settingsOf } from '@mayfly/identity-center/instance'
import type { Mail } from '@mayfly/identity-center/mail'
import { createToken } from '@mayfly/identity-center/oauth/token-format'
import { randomText } from '@mayfly/identity-center/random'
import { hashOf } from '@mayfly/identity-center/secret'
import { EMAIL_CODE_LIFETIME } from '@mayfly/identity-center/sign-in/email-code'
import type { ServerContext } from '../context/context.ts'
import { isMailAddress, type Sealed } from '../mail/mailer.ts'
import { emailCodeMail, PASSWORD_RESET_LIFETIME, passwordResetMail } from '../mail/messages.ts'

type Wanted = Exclude<Sealed, { is: 'mail' }>
const CODE_LENGTH = 6

/** The mail, and what it refers to in the store; undefined when the user is not there or may not have it. */
export async function createUserMail(wanted: Wanted, context: ServerContext): Promise<Mail | undefined> {
  const { store } = context
  const user = await store.users.findByUserName(wanted.userName)
  if (user?.status !== 'ENABLED' || !isMailAddress(user.email ?? '')) return undefined
  const settings = settingsOf(await store.instances.get())
  const hasPassword = (await store.passwords.find(user.id)) !== undefined
  if (wanted.is === 'password-reset') {
    return hasPassword && settings.passwordResetByEmail
      ? await createResetMail(user, wanted.origin, context)
      : undefined
  }
  return !hasPassword && settings.emailCodeForFirstSignIn
    ? await createCodeMail(user, wanted.workflowId, context)
    : undefined
}

async function createResetMail(user: User, origin: string, context: ServerContext): Promise<Mail> {
  const { store, clock, random } = context
  const token = createToken(random, 'aol')
  const createdAt = clock.now()
  await store.oneTimeLinks.insert({
    tokenHash: hashOf(token),
    purpose: 'password-reset',
    userId: user.id,
    createdAt,
    expiresAt: after(createdAt, PASSWORD_RESET_LIFETIME),
  })
  return passwordResetMail({ ...(await addressOf(user, context)), link: `${origin}/link/${token}` })
}

/** A code for a sign-in, kept as its hash. */
export async function createCodeMail(user: User, workflowId: string, context: ServerContext): Promise<Mail> {
  const { store, clock, random } = context
  const code = randomText(random, '0123456789', CODE_LENGTH)
  const createdAt = clock.now()
  await store.emailCodes.insert({
    workflowId,
    userId: user.id,
    codeHash: hashOf(`${workflowId}:${code}`),
    createdAt,
    expiresAt: after(createdAt, EMAIL_CODE_LIFETIME),
    tries: 0,
  })
  return emailCodeMail({ ...(await addressOf(user, context)), code })
}

async function addressOf({ email = '', displayName, userName }: User, { store }: ServerContext) {
  return { to: email, name: displayName, userName, portal: (await store.instances.get()).name }
}
