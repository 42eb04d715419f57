/** The page that shows who asks before a device is signed in (§7.1). */

import { placeOf } from '@mayfly/identity-center/network'
import type { DeviceAuthorization, Requester } from '@mayfly/identity-center/oauth/device-authorization'
import type { UserCaller } from '../../caller/caller.ts'
import { createSessionToken } from '../anti-forgery.ts'
import { button, caution, facts, form } from '../components/form.ts'
import { html } from '../components/html.ts'
import { describeScopes, describeTime, describeUserAgent } from '../components/words.ts'
import type { Answer, Visit } from '../visit.ts'

/** What the decision's anti-forgery token is for. */
export const decisionUse = (userCode: string): string => `device/${userCode}`

/** Whether a device asked from another place in the network than the one that its person is at (§7.1). */
export const isElsewhere = (device: Requester, person: Requester): boolean =>
  machineOf(device.address) !== machineOf(person.address)

/** This machine has several addresses for itself, and a browser need not take the one that the terminal took. */
function machineOf(address: string): string {
  const place = placeOf(address)
  return place === '::1' || place.startsWith('127.') ? 'loopback' : place
}

/** The page, with a form that decides about this code and no other. */
export function confirmPage(authorization: DeviceAuthorization, { user }: UserCaller, visit: Visit): Answer {
  const { userCode, clientName, scopes, requester, createdAt } = authorization
  const elsewhere = isElsewhere(requester, visit.requester)
  const body = html`<p class="lead">Whoever allows this hands all of their accounts and roles to that device.</p>
<p class="user-code">${userCode}</p>
${
  elsewhere &&
  caution(
    html`<strong>This request came from another address than yours.</strong> It came from ${requester.address}, and you are at ${visit.requester.address}. If somebody sent you this code or this link, deny it.`,
  )
}
${facts([
  ['Application', html`<bdi>${clientName}</bdi><span class="tag">not verified</span>`],
  ['Device', html`<bdi>${describeUserAgent(requester.userAgent)}</bdi>`],
  ['Address', html`${requester.address}${!elsewhere && html` <span class="quiet small">(the same as yours)</span>`}`],
  ['Asked', describeTime(createdAt, visit.clock.now())],
])}
<h2>It will be able to</h2>
<ul class="scopes">${describeScopes(scopes).map((scope) => html`<li>${scope}</li>`)}</ul>
${form({
  action: '/device',
  antiForgery: createSessionToken(visit, decisionUse(userCode)),
  hidden: { user_code: userCode },
  body: html`<div class="actions">${button({ label: 'Allow', name: 'decision', value: 'allow' })}${button({ label: 'Deny', kind: 'normal', name: 'decision', value: 'deny' })}</div>`,
})}`
  return { show: { title: 'Sign in this device?', body, userName: user.userName, wide: true } }
}
