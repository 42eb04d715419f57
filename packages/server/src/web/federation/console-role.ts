/** Where a sign-in to the console leads for an account that is kept here: to a page that says who one is. */

import type { RoleSession } from '../../role-credentials/issuer.ts'
import { caution, facts } from '../components/form.ts'
import { html } from '../components/html.ts'
import { describeTime } from '../components/words.ts'
import type { Answer, Visit } from '../visit.ts'

/** Shows and changes nothing: whoever opens the link again within its quarter of an hour sees the same. */
export async function showConsoleRole(session: RoleSession, destination: string, visit: Visit): Promise<Answer> {
  const { accountId, roleName, sessionName, permissionSetArn, expiresAt } = session
  const [account, permissionSet] = await Promise.all([
    visit.store.accounts.find(accountId),
    permissionSetArn === undefined ? undefined : visit.store.permissionSets.find(permissionSetArn),
  ])
  const body = html`<p class="lead">${
    account?.name ?? accountId
  } is kept by this server and not by AWS, so it has no management console. This is who you would be there.</p>
${facts([
  ['Account', html`${account?.name ?? ''} ${accountId}`],
  ['Role', permissionSet?.name ?? roleName],
  ['Session', sessionName],
  ['Until', describeTime(expiresAt, visit.clock.now())],
  ['Page asked for', destination],
])}
${caution('In a terminal the same role works with the AWS CLI and every SDK. The access portal shows how.')}
<p><a class="button-link" href="/start">Back to the access portal</a></p>`
  return { show: { title: 'This account has no console', body, wide: true } }
}
