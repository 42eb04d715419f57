/** What to do about a key that no permission set of the person's takes the place of. */

import type { KeyFacts } from '../inquiry/key-facts.ts'
import type { PolicyStatement } from './policy-statements.ts'
import type { NoReplacement } from './replacement.ts'

const MOST_NAMED = 6

export const rootAdvice = (accountId: string | undefined): NoReplacement => ({
  none: 'root',
  advice:
    `This key may do everything in ${named(accountId)}, and no policy can take anything from it. ` +
    'Sign in to the console as the root user, look at what the key did last (Security credentials), deactivate it, ' +
    'and delete it once nothing has failed for some days. Whoever uses it needs a role or a permission set of its own.',
})

export const canaryAdvice: NoReplacement = {
  none: 'canary',
  advice: 'It is bait: somebody laid it there to hear of whoever uses it. Leave it, or ask who laid it.',
}

export const unknownAccountAdvice: NoReplacement = {
  none: 'unknown-account',
  advice:
    'The id is from before 2019 and names no account, and nobody could be asked. ' +
    'Ask as somebody: mayfly keys check KEY --as PROFILE',
}

/** `unasked`: sessions nobody is signed in to. */
export const signedOutAdvice = (
  unasked: readonly { readonly session: string; readonly hint: string }[],
): NoReplacement => ({
  none: 'not-signed-in',
  advice: `Whether you reach its account is not known: ${unasked.map(({ session }) => session).join(', ')} could not be asked. ${unasked[0]?.hint ?? ''}`,
})

export const noAccountAdvice = ({ accountId }: KeyFacts, wanted: readonly PolicyStatement[]): NoReplacement => ({
  none: 'no-account',
  advice:
    `No session of this computer reaches ${named(accountId)}. ` +
    `Where it is of another organization: mayfly setup START_URL. Otherwise ask for it: ${assignmentOf(accountId, wanted)}`,
})

export const noSetAdvice = ({ accountId }: KeyFacts, wanted: readonly PolicyStatement[]): NoReplacement => ({
  none: 'no-permission-set',
  advice: `You see ${named(accountId)}, and no permission set in it is yours. Ask for it: ${assignmentOf(accountId, wanted)}`,
})

export const notGrantedAdvice = (
  { accountId }: KeyFacts,
  asked: string,
  granted: readonly string[],
): NoReplacement => ({
  none: 'not-granted',
  advice: `${asked} is not granted to you in ${named(accountId)}. There are: ${granted.join(', ')}.`,
})

const named = (accountId: string | undefined): string =>
  accountId === undefined ? 'its account' : `the account ${accountId}`

/** The sentence to send to an administrator. */
function assignmentOf(accountId: string | undefined, wanted: readonly PolicyStatement[]): string {
  const actions = [
    ...new Set(
      wanted
        .filter(({ effect }) => effect === 'Allow')
        .flatMap(({ actions: { but }, writtenActions }) =>
          but ? [`everything but ${writtenActions.join(', ')}`] : writtenActions,
        ),
    ),
  ]
  const more = actions.length - MOST_NAMED
  const what =
    actions.length === 0
      ? 'that allows what the key is used for'
      : `that allows ${actions.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  return `an assignment to you of a permission set ${what}, in ${named(accountId)}.`
}
