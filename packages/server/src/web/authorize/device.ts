/** /device: the browser side of the device grant (RFC 8628 §3.3, §5.4). */

import { canonicalUserCode, type DeviceAuthorization } from '@mayfly/identity-center/oauth/device-authorization'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { UserCaller } from '../../caller/caller.ts'
import { createPersonalEvent } from '../../sign-in/sign-in-events.ts'
import { countUserCode, forgetUserCodes } from '../../sign-in/throttle.ts'
import { createSessionToken, refuseForeignForm } from '../anti-forgery.ts'
import { alert, button, field, form } from '../components/form.ts'
import { html } from '../components/html.ts'
import { STATUS } from '../error-page.ts'
import { signInPath } from '../next.ts'
import type { Answer, Visit } from '../visit.ts'
import { confirmPage, decisionUse, isElsewhere } from './device-confirmation.ts'

const USE = 'device'

/** GET /device: the code is entered, or compared when the address brought it. Nothing is looked up yet. */
export async function showDevice(visit: Visit): Promise<Answer> {
  await refuseWhenSwitchedOff(visit)
  const code = visit.query.get('user_code') ?? ''
  const caller = await visit.findSignedIn()
  if (!caller) return { goTo: signInPath(code === '' ? '/device' : `/device?user_code=${encodeURIComponent(code)}`) }
  return codePage(visit, caller, { code: code.slice(0, 32), brought: code !== '' })
}

/** POST /device: first the code, then, from the page that shows who asks, the decision. */
export async function enterCodeOrDecide(visit: Visit): Promise<Answer> {
  await refuseWhenSwitchedOff(visit)
  const caller = await visit.findSignedIn()
  if (!caller) return { goTo: signInPath('/device') }
  return visit.form.has('decision') ? decide(visit, caller) : enterCode(visit, caller)
}

async function enterCode(visit: Visit, caller: UserCaller): Promise<Answer> {
  refuseForeignForm(visit, USE)
  const code = (visit.form.get('user_code') ?? '').slice(0, 32)
  try {
    await countUserCode(caller.user.id, visit)
    const authorization = await findPending(code, visit)
    return authorization ? confirmPage(authorization, caller, visit) : codePage(visit, caller, { code, ...UNKNOWN })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const wrong = [error.message, error.hint].filter(Boolean).join(' ')
    return codePage(visit, caller, { code, wrong, status: STATUS[error.code] })
  }
}

/** One answer for a code that never was, has run out, or was used: nothing is learned from it. */
const UNKNOWN = {
  wrong: 'This code is not waiting for anybody. Compare it with the screen of your device, or start there again.',
  status: 404,
}

async function findPending(text: string, { store, clock }: Visit): Promise<DeviceAuthorization | undefined> {
  const code = canonicalUserCode(text)
  const found = code === undefined ? undefined : await store.deviceAuthorizations.findByUserCode(code, clock.now())
  return found?.state.is === 'pending' ? found : undefined
}

async function decide(visit: Visit, caller: UserCaller): Promise<Answer> {
  const code = visit.form.get('user_code') ?? ''
  const decision = visit.form.get('decision')
  // The token goes with this code alone: nobody decides about a device that he was not shown.
  refuseForeignForm(visit, decisionUse(code))
  if (decision !== 'allow' && decision !== 'deny') {
    throw new Refusal('invalid', 'The decision is neither to allow nor to deny.')
  }
  const authorization = await findPending(code, visit)
  const decided = authorization && (await record(authorization, decision, caller, visit))
  if (!decided) return codePage(visit, caller, { code: '', ...UNKNOWN })
  await forgetUserCodes(caller.user.id, visit)
  return decision === 'allow' ? allowed(caller) : denied(caller)
}

/** False when somebody else decided first, or the code ran out meanwhile. */
async function record(
  authorization: DeviceAuthorization,
  decision: 'allow' | 'deny',
  { user, session }: UserCaller,
  visit: Visit,
): Promise<boolean> {
  const { store, clock, log, requestId } = visit
  const { deviceCodeHash, clientName, scopes, requester } = authorization
  const fromElsewhere = isElsewhere(requester, visit.requester)
  const event = await createPersonalEvent(
    {
      eventSource: 'sso-oauth.amazonaws.com',
      eventName: decision === 'allow' ? 'ApproveDeviceAuthorization' : 'DenyDeviceAuthorization',
      userId: user.id,
      sessionId: session.id,
      requestParameters: { clientName, scopes, grantType: 'device_code', deviceAddress: requester.address },
      additionalEventData: { fromElsewhere, deviceUserAgent: requester.userAgent },
    },
    visit,
  )
  const decided = await store.transaction(async (tx) => {
    const done =
      decision === 'allow'
        ? await tx.deviceAuthorizations.grant(deviceCodeHash, { userId: user.id, sessionId: session.id }, clock.now())
        : await tx.deviceAuthorizations.deny(deviceCodeHash)
    if (done) await tx.auditEvents.insert(event)
    return done
  })
  if (decided && decision === 'allow' && fromElsewhere) {
    log.warn('A device was allowed in from another address than it asked from.', { requestId, userId: user.id })
  }
  return decided
}

async function refuseWhenSwitchedOff({ instance }: Visit): Promise<void> {
  if ((await instance()).deviceGrantEnabled) return
  throw new Refusal('forbidden', 'Signing in a device by a code is switched off here.', {
    hint: 'Sign in through the browser instead: mayfly login, or aws sso login without --use-device-code.',
  })
}

interface CodePage {
  readonly code: string
  /** The address brought the code: whoever sent the address may have chosen it. */
  readonly brought?: boolean
  readonly wrong?: string
  readonly status?: number
}

function codePage(
  visit: Visit,
  { user }: UserCaller,
  { code, brought = false, wrong, status = 200 }: CodePage,
): Answer {
  const lead = brought
    ? 'Compare this code with the one on your device. Continue only if you have just started to sign in there yourself and the two are the same.'
    : 'Enter the code that your device or your terminal shows.'
  const body = html`<p class="lead">${lead}</p>
${alert(wrong)}
${form({
  action: '/device',
  antiForgery: createSessionToken(visit, USE),
  body: [
    field({
      name: 'user_code',
      label: 'Code',
      hint: 'Eight letters, like BCDF-GHJK',
      autocomplete: 'off',
      code: true,
      autofocus: true,
      maxLength: 32,
      value: code,
    }),
    html`<div class="actions">${button({ label: brought ? 'The codes are the same' : 'Continue' })}</div>`,
  ],
})}`
  return { show: { title: 'Sign in a device', body, userName: user.userName }, status }
}

const allowed = ({ user }: UserCaller): Answer => ({
  show: {
    title: 'Your device is signed in',
    sign: 'done',
    userName: user.userName,
    body: html`<p class="lead">You can close this page and go on there. You see and end what you allowed in the <a href="/start">access portal</a>.</p>`,
  },
})

const denied = ({ user }: UserCaller): Answer => ({
  show: {
    title: 'Access was denied',
    sign: 'stop',
    userName: user.userName,
    body: html`<p class="lead">The device gets nothing. If you did not start this yourself, tell your administrator who asked you to open this page.</p>`,
  },
})
