/** A home with a long-term key in three files, an account that has the key, and a planned retirement of it. */

import { createTestKeychain } from '../../../testing/test-keychain.ts'
import { createTestMachine, type TestMachine } from '../../../testing/test-machine.ts'
import { hashOf } from '../../edits/apply-edit.ts'
import type { FileEdit } from '../../edits/file-edit.ts'
import { writeRetirement } from '../journal.ts'
import type { Retirement } from '../retirement.ts'
import { ACCOUNT, createTestAccount, type TestAccount } from './test-account.ts'

/** Made of parts, so that no scanner of secrets takes it for one. */
export const KEY_ID = `AKIA${'IOSFODNN'}${'MAYFLY77'}`
export const SECRET = ['wJalrXUtn', 'FEMI7MDEN', 'GbPxRfiCYM', 'AYFLYSTORY77'].join('')

/** What each file holds before and after, and where it lies. The last one is made. */
export const CHANGES: readonly { readonly path: string; readonly before: string | null; readonly after: string }[] = [
  {
    path: '/home/alice/.aws/credentials',
    before: `# mine\n[default]\naws_access_key_id = ${KEY_ID}\naws_secret_access_key = ${SECRET}\n\n[other]\nregion = eu-west-1\n`,
    after: '# mine\n[default]\n\n[other]\nregion = eu-west-1\n',
  },
  {
    path: '/home/alice/app/.env',
    before: `PORT=80\r\nAWS_ACCESS_KEY_ID=${KEY_ID}\r\nAWS_SECRET_ACCESS_KEY=${SECRET}\r\nDEBUG=1\r\n`,
    after: 'PORT=80\r\nAWS_PROFILE=default\r\nDEBUG=1\r\n',
  },
  {
    path: '/home/alice/.aws/config',
    before: null,
    after: '[default]\nregion = us-east-1\ncredential_process = mint-role\n',
  },
]

export interface Story {
  readonly machine: TestMachine
  readonly account: TestAccount
  readonly keychain: ReturnType<typeof createTestKeychain> | undefined
  readonly planned: Retirement
}

/** `keychain: false` for a machine without one. */
export async function createStory(changes: Partial<Retirement> = {}, { keychain = true } = {}): Promise<Story> {
  const account = createTestAccount(KEY_ID)
  const chain = keychain ? createTestKeychain() : undefined
  const credentials = { Version: 1, AccessKeyId: 'ASIAROLE', SecretAccessKey: 'role', SessionToken: 'token' }
  const machine = createTestMachine({
    files: Object.fromEntries(CHANGES.flatMap(({ path, before }) => (before === null ? [] : [[path, before]]))),
    answer: (request) => account.answer(request),
    runProgram: () => ({ exitCode: 0, stdout: JSON.stringify(credentials), stderr: '' }),
    ...(chain && { keychain: chain }),
  })
  const now = machine.clock.now()
  const planned: Retirement = {
    version: 1,
    accessKeyId: KEY_ID,
    accountId: ACCOUNT,
    step: 'planned',
    since: now,
    createdAt: now,
    notedAt: now,
    profile: { profileName: 'default', role: { accountId: ACCOUNT, roleName: 'Admin', sessionName: 'acme' } },
    asProfile: 'default',
    soakDays: 0,
    restDays: 0,
    edits: CHANGES.map((change) => ({ edit: editOf(change), state: 'planned' })),
    stragglers: [],
    ownUses: [],
    history: [],
    ...changes,
  }
  await writeRetirement(machine, planned)
  return { machine, account, keychain: chain, planned }
}

function editOf({ path, before, after }: (typeof CHANGES)[number]): FileEdit {
  const former = before ?? ''
  let start = 0
  while (start < former.length && former[start] === after[start]) start += 1
  let tail = 0
  while (tail < former.length - start && tail < after.length - start && former.at(-1 - tail) === after.at(-1 - tail))
    tail += 1
  const splice = { start, end: former.length - tail, text: after.slice(start, after.length - tail) }
  return {
    path,
    foundAs: path,
    kind: 'other',
    accessKeyId: KEY_ID,
    encoding: 'utf-8',
    before: before === null ? null : hashOf(Buffer.from(before)),
    after: hashOf(Buffer.from(after)) ?? '',
    splices: [splice],
    diff: [],
    notes: [],
  }
}

/** Whether all files are as they were (`before`), all as they are to be (`after`), or something else. */
export function stateOfFiles({ machine }: Story): 'before' | 'after' | 'between' {
  const is = (when: 'before' | 'after'): boolean =>
    CHANGES.every((change) => (machine.text(change.path) ?? null) === change[when])
  return is('before') ? 'before' : is('after') ? 'after' : 'between'
}

/** Files that hold neither what they held nor what they are to hold. */
export const halfEdited = ({ machine }: Story): readonly string[] =>
  CHANGES.flatMap(({ path, before, after }) => ([before, after].includes(machine.text(path) ?? null) ? [] : [path]))

/** What a retirement has made and not cleared away, besides its journal. */
export const leftovers = ({ machine, keychain }: Story): readonly string[] => [
  ...[...machine.disk.keys()].filter((path) => /\/retirements\/.*(\.sealed|\.key)$/.test(path)),
  ...(keychain?.entries.keys() ?? []),
]
