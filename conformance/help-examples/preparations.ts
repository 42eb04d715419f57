/** What each command's example needs around it, and what shows that it did its work. A command without an entry fails. */

import { DEVELOPMENT } from '../harness/example.ts'

export interface Preparation {
  /** What the home holds: nothing; a profile `default` in the sso-session `my-sso`; that, and somebody signed in; that, sealed. */
  readonly home: 'empty' | 'configured' | 'signed-in' | 'sealed'
  /** What standard output, or the terminal, shows in the end. */
  readonly shows: string | RegExp
  /** 0 when not said; any other is the documented one (docs/reference/exit-codes.md). */
  readonly exitCode?: number
  /** What a person answers, in a real terminal: what to wait for, and what to type then. */
  readonly answers?: (startUrl: string) => readonly (readonly [string, string])[]
  /** An agent may run. */
  readonly withAgent?: true
  /** More variables; `origin` is where the server answers. */
  readonly env?: (origin: string) => Readonly<Record<string, string>>
  /** Lines typed before it, and after it whatever happened. */
  readonly before?: readonly string[]
  readonly afterwards?: readonly string[]
}

const DAY_PASS = /AWS_ACCESS_KEY_ID='?ASIA/

/** The key id of AWS's documentation, being retired. */
const DOCUMENTED_KEY = 'AKIAIOSFODNN7EXAMPLE'
const NOW = '2026-01-01T00:00:00Z'
const RETIREMENT = JSON.stringify({
  version: 1,
  accessKeyId: DOCUMENTED_KEY,
  step: 'soaking',
  since: NOW,
  createdAt: NOW,
  notedAt: NOW,
  profile: { profileName: 'default' },
  asProfile: 'default',
  soakDays: 7,
  restDays: 7,
  edits: [],
  stragglers: [],
  ownUses: [],
  history: [],
})

/** By the command's own words; a short form has the example of what it is short for. */
export const preparations: Readonly<Record<string, Preparation>> = {
  'configure sso': {
    home: 'empty',
    shows: /mayfly .*--profile first|--profile first/,
    answers: (startUrl) => [
      ['SSO session name (Recommended):', 'acme\r'],
      ['SSO start URL [None]:', `${startUrl}\r`],
      ['SSO registration scopes [sso:account:access]:', '\r'],
      ['AWS accounts available to you', '\r'],
      ['roles available to you', '\r'],
      ['efault client Region [None]:', 'us-east-1\r'],
      ['CLI default output format', 'json\r'],
      ['Profile name [', '\u0015first\r'],
    ],
  },
  'configure sso-session': {
    home: 'empty',
    shows: 'Completed configuring SSO session: acme',
    answers: (startUrl) => [
      ['SSO session name', 'acme\r'],
      ['SSO start URL [None]:', `${startUrl}\r`],
      ['SSO registration scopes [sso:account:access]:', '\r'],
    ],
  },
  'configure list': { home: 'signed-in', shows: /profile\s+.*default/ },
  'configure list-profiles': { home: 'configured', shows: /^default$/m },
  'configure export-credentials': { home: 'signed-in', shows: DAY_PASS },
  setup: {
    home: 'empty',
    shows: /Written to .*[/]\.aws[/]config/,
    answers: () => [
      ['Region of the Identity Center', 'us-east-1\r'],
      ['Enter writes', '\r'],
    ],
    // The start URL of the example is AWS's: it is answered by the server here, and nothing may leave this computer.
    env: (origin) => ({ AWS_ENDPOINT_URL: origin, HTTPS_PROXY: 'http://127.0.0.1:9' }),
  },
  'sso login': { home: 'configured', shows: 'Successfully logged into Start URL' },
  'sso logout': { home: 'signed-in', shows: /^/ },
  login: { home: 'signed-in', shows: 'my-sso is signed in already.' },
  logout: { home: 'signed-in', shows: /^/ },
  use: { home: 'signed-in', shows: /AWS_PROFILE=default/ },
  tag: { home: 'signed-in', shows: 'prod-*  production (red)' },
  prompt: { home: 'signed-in', shows: /^default /, env: () => ({ AWS_PROFILE: 'default' }) },
  hook: { home: 'empty', shows: 'mayfly' },
  'hook install': { home: 'empty', shows: '.bashrc would get these lines', env: () => ({ SHELL: '/bin/bash' }) },
  'hook remove': { home: 'empty', shows: 'No file of a shell holds a hook of Mayfly.' },
  completion: { home: 'empty', shows: 'complete' },
  complete: { home: 'empty', shows: /^status/m },
  uninstall: { home: 'signed-in', shows: 'This would' },
  credentials: { home: 'signed-in', shows: DAY_PASS },
  storage: { home: 'signed-in', shows: /^Storage +shared/ },
  'storage sealed': { home: 'signed-in', shows: 'Sealed, its key in the keychain' },
  'storage shared': { home: 'sealed', shows: "Shared with AWS's tools" },
  'keys find': { home: 'signed-in', shows: 'No long-term key found' },
  'keys guard': { home: 'empty', shows: /^pre-commit +no hook$/m, before: ['git init --quiet .'] },
  'keys guard install': { home: 'empty', shows: 'npx --yes mayfly keys find --range' },
  'keys guard remove': { home: 'empty', shows: 'No hook of this repository', before: ['git init --quiet .'] },
  'keys plan': { home: 'signed-in', shows: 'No long-term access key lies' },
  'storage check': { home: 'signed-in', shows: 'Nothing stands in the way.' },
  'storage unlock': { home: 'sealed', shows: /\w/, withAgent: true, afterwards: ['mayfly agent stop'] },
  'storage lock': { home: 'sealed', shows: /\w/, withAgent: true, afterwards: ['mayfly agent stop'] },
  status: { home: 'signed-in', shows: '"state": "signed-in"' },
  exec: { home: 'signed-in', shows: /^aws s3 ls as ASIA/ },
  env: { home: 'signed-in', shows: DAY_PASS },
  console: { home: 'signed-in', shows: new RegExp(`^http.*account_id=${DEVELOPMENT}`) },
  serve: { home: 'signed-in', shows: 'docker run' },
  whoami: { home: 'signed-in', shows: `Account  ${DEVELOPMENT}` },
  'keys audit': { home: 'signed-in', shows: /^\d+ accounts?.*, 0 IAM users, 0 keys$/m },
  'keys check': { home: 'signed-in', shows: 'No long-term access key lies' },
  'keys retire': { home: 'empty', shows: '17 10 * * * ' },
  'keys undo': {
    home: 'empty',
    shows: 'Every change in the files is taken back.',
    before: [`mkdir -p .mayfly/retirements; echo '${RETIREMENT}' > .mayfly/retirements/${DOCUMENTED_KEY}.json`],
    answers: () => [['Undo the retirement of', 'y\r']],
  },
  'keys status': { home: 'empty', shows: 'No key is being retired.' },
  why: { home: 'signed-in', shows: 'default works.' },
  'agent status': { home: 'signed-in', shows: 'No agent runs.' },
  'agent start': { home: 'signed-in', shows: 'The agent runs.', withAgent: true, afterwards: ['mayfly agent stop'] },
  'agent stop': { home: 'signed-in', shows: /\w/, withAgent: true, before: ['mayfly agent start'] },
  'agent run': { home: 'empty', shows: 'Usage: mayfly agent run' },
}
