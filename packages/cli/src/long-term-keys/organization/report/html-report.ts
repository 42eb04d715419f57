/** The audit as one HTML file that needs nothing else: to be looked at, sorted, printed, sent. */

import { createHash } from 'node:crypto'
import type { Audit, AuditedAccount, AuditedUser } from '../audited-account.ts'
import type { Breadth } from '../policy-breadth.ts'
import { countDays, type RankedKey, TIER_WORDS, TIERS, type Tier } from '../retirement-order.ts'
import { Html, html } from './html.ts'
import { SCRIPT, STYLE } from './page-style.ts'

/** Nothing is loaded, and no other script than ours runs, whatever a name holds. */
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
const POLICY = `default-src 'none'; base-uri 'none'; form-action 'none'; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}`

export function formatHtml(audit: Audit, keys: readonly RankedKey[]): string {
  const { session, startUrl, endedAt, accounts, unread } = audit
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<title>Long-term access keys: ${session}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<header>
<h1>Long-term access keys</h1>
<p class="soft">${session} · ${startUrl} · as of ${formatMoment(endedAt)}</p>
</header>
<main>
${formatFigures(audit, keys)}
${formatAlarm(accounts)}
<h2 id="order">In this order</h2>
${keys.length === 0 ? html`<p>No IAM user of the accounts that were read has an access key.</p>` : formatKeys(keys)}
${formatUnread(unread)}
<h2>Why this order</h2>
<ol class="order">${TIERS.map(
    (
      tier,
    ) => html`<li><strong>${TIER_WORDS[tier].title}.</strong> ${TIER_WORDS[tier].why} <em>${TIER_WORDS[tier].action}.</em></li>
`,
  )}</ol>
<p>Within a step: what lets a thief do most comes first, then what was used least lately, then what is oldest. Unused is
what was not used for 90 days. AWS may tell a use hours late, and keeps the last one alone.</p>
<h2>Account by account</h2>
${accounts.map(formatAccount)}
</main>
<script>${new Html(SCRIPT)}</script>
</body>
</html>
`.text
}

const formatMoment = (moment: Date): string => `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`

function formatFigures({ accounts, unread }: Audit, keys: readonly RankedKey[]): Html {
  const users = accounts.reduce((sum, account) => sum + account.users.length, 0)
  const of = (...tiers: readonly Tier[]): number => keys.filter(({ tier }) => tiers.includes(tier)).length
  const figures: readonly (readonly [string, number, boolean])[] = [
    ['Accounts read', accounts.length, false],
    ['Not read', unread.length, unread.length > 0],
    ['IAM users', users, false],
    ['Access keys', keys.length - of('root'), false],
    ['Unused', of('unused-wide', 'unused'), of('unused-wide', 'unused') > 0],
    ['Root keys', of('root'), of('root') > 0],
  ]
  return html`<dl class="figures">${figures.map(
    ([name, count, isBad]) =>
      html`<div${new Html(isBad ? ' class="bad"' : '')}><dt>${name}</dt><dd>${count}</dd></div>`,
  )}</dl>`
}

function formatAlarm(accounts: readonly AuditedAccount[]): Html {
  const roots = accounts.filter(({ hasRootKeys }) => hasRootKeys === true)
  if (roots.length === 0) return html``
  return html`<section class="alarm" aria-labelledby="alarm">
<h2 id="alarm">Root keys: an emergency</h2>
<p>${TIER_WORDS.root.why} ${TIER_WORDS.root.action}.</p>
<ul>${roots.map(
    (account) =>
      html`<li>${nameOf(account)}${account.hasRootMfa === false ? ' — without a second factor' : ''}</li>
`,
  )}</ul>
</section>`
}

const nameOf = ({ accountId, accountName }: Pick<AuditedAccount, 'accountId' | 'accountName'>): Html =>
  accountName === undefined
    ? html`<code>${accountId}</code>`
    : html`${accountName} <code class="soft">${accountId}</code>`

const COLUMNS: readonly (readonly [title: string, isNumber: boolean])[] = [
  ['Rank', true],
  ['Step', false],
  ['Account', false],
  ['User and key', false],
  ['Age', true],
  ['Last used', true],
  ['May do', false],
  ['Why', false],
]

const formatKeys = (keys: readonly RankedKey[]): Html => html`<div class="scroll"><table>
<thead><tr>${COLUMNS.map(
  ([title, isNumber]) =>
    html`<th scope="col"${new Html(isNumber ? ' class="number"' : '')}><button type="button">${title}</button></th>`,
)}</tr></thead>
<tbody>
${keys.map(formatKey)}</tbody></table></div>`

const COLOURS: Readonly<Record<Tier, string>> = {
  root: 'red',
  'unused-wide': 'red',
  unused: 'amber',
  inactive: 'green',
  spare: 'amber',
  person: '',
  machine: '',
  new: '',
}

const BREADTHS: Readonly<Record<Breadth, string>> = {
  everything: 'everything',
  wide: 'whole services',
  narrow: 'little',
  nothing: 'nothing',
  unknown: 'unknown',
}

function formatKey(key: RankedKey): Html {
  const { rank, tier, accountId, accountName = '', userName, accessKeyId, status, age, idle, breadth, reasons } = key
  const used = formatUse(key)
  const tag = html`<span class="tag ${COLOURS[tier]}">${TIER_WORDS[tier].title.replace(/:.*/, '')}</span>`
  const isOff = status === 'Inactive' ? ' (off)' : ''
  const severity = breadth === undefined ? 9 : Object.keys(BREADTHS).indexOf(breadth)
  const id = accessKeyId === undefined ? '' : html`<br><code class="key">${accessKeyId}</code>${isOff}`
  const cells = [
    html`<td data-label="Rank" class="number">${rank}</td>`,
    html`<td data-label="Step" data-value="${TIERS.indexOf(tier)}"><div>${tag}</div></td>`,
    html`<td data-label="Account" class="name" data-value="${accountName || accountId}"><div>${nameOf(key)}</div></td>`,
    html`<td data-label="User, key" class="name" data-value="${userName ?? ''}"><div>${userName ?? 'root user'}${id}</div></td>`,
    html`<td data-label="Age" data-value="${age ?? -1}" class="number">${age === undefined ? '' : countDays(age)}</td>`,
    html`<td data-label="Last used" data-value="${used.order ?? idle ?? -1}" class="number">${used.text}</td>`,
    html`<td data-label="May do" class="fixed" data-value="${severity}">${breadth && BREADTHS[breadth]}</td>`,
    html`<td data-label="Why" class="why">${sentenceOf(reasons)}</td>`,
  ]
  return html`<tr>${cells}</tr>
`
}

/** `last used 2 days ago for s3; its user may do little` as a sentence. */
const sentenceOf = (reasons: readonly string[]): string => {
  const text = reasons.join('; ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

function formatUse({ lastUsed, idle, userName }: RankedKey): { readonly text: string; readonly order?: number } {
  if (userName === undefined) return { text: '' }
  if (!lastUsed) return { text: 'unknown' }
  if (idle === undefined) return { text: 'never', order: 1_000_000 }
  return { text: idle === 0 ? 'today' : `${countDays(idle)} ago` }
}

function formatUnread(unread: Audit['unread']): Html {
  if (unread.length === 0) return html``
  return html`<h2 id="unread">Not read</h2>
<p>Whatever keys are in these accounts, this report knows nothing of them.</p>
<table><thead><tr><th scope="col">Account</th><th scope="col">Why</th></tr></thead><tbody>
${unread.map(
  (account) => html`<tr><td data-label="Account">${nameOf(account)}</td><td data-label="Why">${account.why}</td></tr>
`,
)}</tbody></table>`
}

function formatAccount(account: AuditedAccount): Html {
  const { users, cannot, roleName, readAt } = account
  const keys = users.reduce((sum, user) => sum + user.keys.length, 0)
  const missing = cannot.map(({ what, why }) => html`<li>${what}: ${why}</li>`)
  return html`<details><summary>${nameOf(account)} — ${plural(users.length, 'user')}, ${plural(keys, 'key')}</summary>
<p class="soft">Read with ${roleName} at ${formatMoment(readAt)}.</p>
${missing.length === 0 ? '' : html`<p>Could not be read:</p><ul>${missing}</ul>`}
${users.length === 0 ? '' : formatUsers(users)}
</details>
`
}

const formatUsers = (users: readonly AuditedUser[]): Html => html`<table><thead><tr>${[
  'User',
  'Console password',
  'Keys',
].map((title) => html`<th scope="col">${title}</th>`)}</tr></thead><tbody>
${users.map(
  ({ userName, password, passwordLastUsed, keys }) =>
    html`<tr><td data-label="User">${userName}</td><td data-label="Password">${password}${passwordLastUsed ? `, last used ${formatMoment(passwordLastUsed)}` : ''}</td><td data-label="Keys">${keys.map(({ accessKeyId, status }) => html`<code>${accessKeyId}</code>${status === 'Inactive' ? ' (off)' : ''} `)}</td></tr>
`,
)}</tbody></table>`

const plural = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`
