/** The settings of the instance: sign-in, second factors, passwords, the portal. */

import type { Instance, InstanceSettings, MfaPrompt, MfaWithoutDevice } from '@mayfly/identity-center/instance'
import { settingsOf } from '@mayfly/identity-center/instance'
import { Refusal } from '@mayfly/identity-center/refusal'
import { formatSessionLength, parseSessionLength } from '@mayfly/identity-center/sign-in/session-length'
import type { Mayfly } from './mayfly-handlers.ts'

const PROMPTS = { ALWAYS_ON: 'always-on', CONTEXT_AWARE: 'context-aware', DISABLED: 'disabled' } as const
const WITHOUT_DEVICE = {
  REQUIRE_REGISTRATION: 'require-registration',
  REQUIRE_EMAIL_CODE: 'require-email-code',
  ALLOW_SIGN_IN: 'allow-sign-in',
  BLOCK_SIGN_IN: 'block-sign-in',
} as const
const MANAGED_BY = { USERS: 'users', ADMINISTRATORS: 'administrators' } as const

export const settings = {
  async GetSettings(_, { store }) {
    // From the store and not from memory: a setting is read as soon as it is written.
    const instance = await store.instances.get()
    const { mfaTypes, mfaManagedBy, ...rest } = settingsOf(instance)
    return {
      PortalName: instance.name,
      StartUrlAliases: instance.startUrlAliases,
      SessionDuration: formatSessionLength(instance.sessionDuration),
      MfaPrompt: wordOf(PROMPTS, instance.mfaPrompt),
      MfaWithoutDevice: wordOf(WITHOUT_DEVICE, instance.mfaWithoutDevice),
      MfaTypes: mfaTypes,
      MfaManagedBy: wordOf(MANAGED_BY, mfaManagedBy),
      PasswordMinimumLength: rest.passwordMinimumLength,
      PasswordNeedsEveryClass: rest.passwordNeedsEveryClass,
      PasswordResetByEmail: rest.passwordResetByEmail,
      EmailCodeForFirstSignIn: rest.emailCodeForFirstSignIn,
      DeviceGrantEnabled: instance.deviceGrantEnabled,
    }
  },

  async UpdateSettings(input, context) {
    await context.store.transaction(async (tx) => {
      await tx.instances.update(changed(await tx.instances.get(), input))
      await context.record(tx, {})
    })
    return {}
  },
} satisfies Partial<Mayfly>

type Changes = Parameters<Mayfly['UpdateSettings']>[0]

/** The instance with what was asked; what is absent stays. Throws `invalid`. */
function changed(instance: Instance, input: Changes): Instance {
  const { PortalName, StartUrlAliases, SessionDuration, MfaPrompt, MfaWithoutDevice, DeviceGrantEnabled } = input
  return {
    ...instance,
    ...(PortalName === undefined ? {} : { name: PortalName }),
    ...(StartUrlAliases === undefined ? {} : { startUrlAliases: [...new Set(StartUrlAliases)] }),
    ...(SessionDuration === undefined ? {} : { sessionDuration: parseSessionLength(SessionDuration) }),
    ...(MfaPrompt === undefined ? {} : { mfaPrompt: PROMPTS[MfaPrompt] satisfies MfaPrompt }),
    ...(MfaWithoutDevice === undefined
      ? {}
      : { mfaWithoutDevice: WITHOUT_DEVICE[MfaWithoutDevice] satisfies MfaWithoutDevice }),
    ...(DeviceGrantEnabled === undefined ? {} : { deviceGrantEnabled: DeviceGrantEnabled }),
    settings: changedSettings(settingsOf(instance), input),
  }
}

function changedSettings(settings: InstanceSettings, input: Changes): InstanceSettings {
  if (input.MfaTypes?.includes('TOTP') === false) {
    throw new Refusal('invalid', 'This server has no other authenticators than apps (TOTP): nobody could register one.')
  }
  const { MfaTypes, MfaManagedBy, PasswordMinimumLength, PasswordNeedsEveryClass } = input
  const { PasswordResetByEmail, EmailCodeForFirstSignIn } = input
  return {
    mfaTypes: MfaTypes ? [...new Set(MfaTypes)] : settings.mfaTypes,
    mfaManagedBy: MfaManagedBy === undefined ? settings.mfaManagedBy : MANAGED_BY[MfaManagedBy],
    passwordMinimumLength: PasswordMinimumLength ?? settings.passwordMinimumLength,
    passwordNeedsEveryClass: PasswordNeedsEveryClass ?? settings.passwordNeedsEveryClass,
    passwordResetByEmail: PasswordResetByEmail ?? settings.passwordResetByEmail,
    emailCodeForFirstSignIn: EmailCodeForFirstSignIn ?? settings.emailCodeForFirstSignIn,
  }
}

/** The wire's word for one of ours. */
function wordOf<Words extends Readonly<Record<string, string>>>(words: Words, ours: string): keyof Words & string {
  const found = Object.entries(words).find(([, word]) => word === ours)
  if (!found) throw new Error(`There is no word for ${ours}.`)
  return found[0] as keyof Words & string
}
