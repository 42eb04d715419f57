/** Whatever a file holds beside the key. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTestMachine } from '../../testing/test-machine.ts'
import type { FoundKey } from '../key/found-key.ts'
import { HiddenSecret } from '../key/hidden-secret.ts'
import type { PlaceKind } from '../key/key-place.ts'
import { applyEdit, revertEdit } from './apply-edit.ts'
import type { FileEdit } from './file-edit.ts'
import { planEdits } from './plan-edits.ts'

const ID = `AKIA${'QWERTYUIOPASDFG2'}`
const SECRET = `${'abcdEFGH/'.repeat(4)}wXyZ`
const CONFIG =
  '[profile work]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Developer\n[sso-session corp]\nsso_start_url = https://a.example/start\nsso_region = eu-west-1\n'
const replacement = {
  profileName: 'work',
  role: { sessionName: 'corp', accountId: '111122223333', roleName: 'Developer' },
}

interface Kind {
  readonly path: string
  readonly kind: PlaceKind
  /** Lines that may stand anywhere at the top. */
  readonly lines: readonly string[]
  /** The key as people write it: blocks of lines. */
  readonly blocks: readonly (readonly string[])[]
  /** Around everything. */
  readonly frame?: readonly [readonly string[], readonly string[]]
  readonly takesMark?: true
  /** True for formats in which a comma may come or go on a line that stays. */
  readonly hasCommas?: true
}

const kinds: Readonly<Record<string, Kind>> = {
  dotenv: {
    path: '~/.env',
    kind: 'dotenv',
    takesMark: true,
    lines: ['# Größe ü', 'A=1', 'B="x y" # c', '', "C='#'", '  D = 2', 'URL=https://x/?a=b', 'export E=$A'],
    blocks: [
      [`AWS_ACCESS_KEY_ID=${ID}`, `AWS_SECRET_ACCESS_KEY=${SECRET}`],
      [`export AWS_SECRET_ACCESS_KEY="${SECRET}"`, `export AWS_ACCESS_KEY_ID='${ID}' `, 'AWS_SESSION_TOKEN=abc'],
    ],
  },
  bash: {
    path: '~/.bashrc',
    kind: 'shell-startup',
    lines: [
      '# é',
      'alias ll="ls -l"',
      'f() { echo "$1"; }',
      '',
      'case $- in *i*) ;; esac',
      "export PS1='\\u$ '",
      'cat <<X',
      'text',
      'X',
      '[ -f ~/.x ] && . ~/.x',
      'x=$(date "+%s"); y=`id`',
    ],
    blocks: [
      [`export AWS_ACCESS_KEY_ID=${ID}`, `export AWS_SECRET_ACCESS_KEY=${SECRET}`],
      [`export AWS_ACCESS_KEY_ID="${ID}" AWS_SECRET_ACCESS_KEY='${SECRET}'`],
      ['if true; then', `\texport AWS_SECRET_ACCESS_KEY=${SECRET}`, 'fi', `AWS_ACCESS_KEY_ID=${ID}`],
      [`export AWS_ACCESS_KEY_ID=${ID}; export AWS_SECRET_ACCESS_KEY=${SECRET}`],
    ],
  },
  fish: {
    path: '~/.config/fish/config.fish',
    kind: 'shell-startup',
    lines: [
      '# ß',
      'set -gx PATH $PATH ~/bin',
      'function f; echo $argv; end',
      '',
      "abbr -a g 'git \\'x\\''",
      'if test -n "$X"',
      'end',
    ],
    blocks: [[`set -gx AWS_ACCESS_KEY_ID ${ID}`, `set -gx AWS_SECRET_ACCESS_KEY '${SECRET}'`]],
  },
  powershell: {
    path: '~/profile.ps1',
    kind: 'shell-startup',
    takesMark: true,
    lines: ['# ü', 'function f { param($a) }', '$x = 1', '', 'Set-Alias g git', '$env:EDITOR = "vi"'],
    blocks: [[`$env:AWS_ACCESS_KEY_ID = "${ID}"`, `$Env:AWS_SECRET_ACCESS_KEY='${SECRET}'`]],
  },
  terraform: {
    path: '~/main.tf',
    kind: 'terraform',
    lines: [
      '# ö',
      'variable "x" {',
      '}',
      'locals { a = "\x24{"b"}" }',
      '',
      '/* c */',
      'output "o" {',
      '  value = <<E',
      '  access_key',
      'E',
      '}',
    ],
    blocks: [
      ['provider "aws" {', '  region = "x"', `  access_key = "${ID}" # k`, `  secret_key = "${SECRET}"`, '}'],
      ['terraform {', '\tbackend "s3" {', `\t\tsecret_key="${SECRET}"`, `\t\taccess_key="${ID}"`, '\t}', '}'],
    ],
  },
  json: {
    path: '~/.vscode/settings.json',
    kind: 'ide',
    hasCommas: true,
    frame: [['{'], ['  "z": [1, 2]', '}']],
    lines: ['  // ä', '  "a": "b",', '', '  "c": { "d": null }, /* e */'],
    blocks: [
      [
        '  "terminal.integrated.env.linux": {',
        `    "AWS_ACCESS_KEY_ID": "${ID}",`,
        `    "AWS_SECRET_ACCESS_KEY": "${SECRET}"`,
        '  },',
      ],
      [
        '  "env": {',
        '    "X": "1",',
        `    "AWS_SECRET_ACCESS_KEY": "${SECRET}",`,
        `    "AWS_ACCESS_KEY_ID": "${ID}"`,
        '  },',
      ],
    ],
  },
  kubeconfig: {
    path: '~/.kube/config',
    kind: 'kubeconfig',
    frame: [
      ['apiVersion: v1', 'users:', '- name: a', '  user:', '    exec:', '      env:'],
      ['      command: aws # ü', 'contexts: []'],
    ],
    lines: ['      # ä', '      - {name: X, value: "1"} # x', '      - {name: Y, value: z}'],
    blocks: [
      [
        '      - name: AWS_ACCESS_KEY_ID',
        `        value: ${ID}`,
        '      - name: AWS_SECRET_ACCESS_KEY',
        `        value: "${SECRET}"`,
      ],
    ],
  },
  rclone: {
    path: '~/.config/rclone/rclone.conf',
    kind: 'rclone',
    frame: [['[s3]', 'type = s3'], []],
    lines: ['# ü', '; x', ''],
    blocks: [
      ['provider = AWS', `access_key_id = ${ID}`, `secret_access_key = ${SECRET}`],
      [`secret_access_key=${SECRET}`, `access_key_id=${ID}`, 'env_auth = false'],
    ],
  },
  xml: {
    path: '~/.idea/workspace.xml',
    kind: 'ide',
    frame: [['<envs>'], ['</envs>']],
    lines: ['<!-- ü -->', '<env name="A" value="&lt;" />', ''],
    blocks: [
      [`  <env name="AWS_ACCESS_KEY_ID" value="${ID}" />`, `  <env value="${SECRET}" name='AWS_SECRET_ACCESS_KEY'/>`],
    ],
  },
  unit: {
    path: '~/.config/systemd/user/x.service',
    kind: 'shell-startup',
    frame: [['[Service]'], ['ExecStart=/bin/true']],
    lines: ['# ü', 'Environment=A=1 "B=2 3"', ''],
    blocks: [
      [`Environment=AWS_ACCESS_KEY_ID=${ID} AWS_SECRET_ACCESS_KEY=${SECRET} C=4`],
      [`Environment="AWS_SECRET_ACCESS_KEY=${SECRET}"`, `Environment=AWS_ACCESS_KEY_ID=${ID}`],
    ],
  },
  credentials: {
    path: '~/.aws/credentials',
    kind: 'aws-credentials',
    frame: [['[work]'], []],
    lines: ['# ü', 'region = eu-west-1', '', '; x'],
    blocks: [
      [`aws_access_key_id = ${ID}`, `aws_secret_access_key = ${SECRET}`],
      [`AWS_SECRET_ACCESS_KEY=${SECRET}`, `aws_access_key_id=${ID}`, 'aws_session_token=x'],
    ],
  },
}

interface AnyFile {
  readonly text: string
  readonly lines: readonly string[]
}

/** Duplicate option names would spoil an INI file; formats with a frame take each line once. */
function anyFile({ lines, blocks, frame = [[], []], takesMark }: Kind): fc.Arbitrary<AnyFile> {
  const some = fc
    .subarray([...lines.keys()], { minLength: 0 })
    .map((chosen) => chosen.map((index) => lines[index] ?? ''))
  return fc
    .record({
      before: some,
      block: fc.constantFrom(...blocks),
      after: fc.constant<readonly string[]>([]),
      end: fc.constantFrom('\n', '\r\n'),
      isClosed: fc.boolean(),
      mark: takesMark ? fc.constantFrom('', '\ufeff') : fc.constant(''),
      at: fc.nat(20),
    })
    .map(({ before, block, end, isClosed, mark, at }) => {
      const isWhole = lines.some((line) => /[{<]$|<<|then$|^if/.test(line))
      const place = isWhole ? (at % 2) * before.length : at % (before.length + 1)
      const inner = [...before.slice(0, place), ...block, ...before.slice(place)]
      const all = [...frame[0], ...(isWhole ? wholeLines(lines, before, block, at) : inner), ...frame[1]]
      return { text: mark + all.join(end) + (isClosed ? end : ''), lines: all }
    })
}

/** Lines of several that belong together come all or not at all. */
const wholeLines = (
  lines: readonly string[],
  chosen: readonly string[],
  block: readonly string[],
  at: number,
): readonly string[] =>
  chosen.length % 2 === 0 ? [...(at % 2 === 0 ? block : []), ...lines, ...(at % 2 === 0 ? [] : block)] : [...block]

async function planFor({ path, kind }: Kind, text: string) {
  const machine = createTestMachine({ files: { '~/.aws/config': CONFIG, [path]: text } })
  const whole = path.replace('~', machine.home)
  const line = text.split('\n').findIndex((each) => each.includes(ID)) + 1
  const found: FoundKey = {
    accessKeyId: ID,
    secret: new HiddenSecret(SECRET),
    isCanary: false,
    kind,
    place: { type: 'file', path: whole, line, column: 1 },
    uses: [],
  }
  const { edits, byHand } = await planEdits(machine, [found], replacement)
  const [edit] = edits
  if (!edit || edits.length !== 1) throw new Error(`${edits.length} edits: ${JSON.stringify(byHand)}`)
  return { machine, edit, byHand }
}

const make = (machine: Awaited<ReturnType<typeof planFor>>['machine'], edit: FileEdit): Promise<unknown> =>
  applyEdit(machine, edit, async () => undefined)

const IS_OF_KEY = /AKIA|abcdEFGH|SESSION_TOKEN|session_token|env_auth/i

for (const [name, kind] of Object.entries(kinds)) {
  test(`${name}: nothing but the key's lines changes, and taking it back gives every byte back`, async () => {
    await fc.assert(
      fc.asyncProperty(anyFile(kind), async ({ text, lines }) => {
        const { machine, edit, byHand } = await planFor(kind, text)
        await make(machine, edit)
        const after = machine.text(edit.path) ?? ''
        expect(byHand).toEqual([])
        expect(after).not.toContain(ID)
        expect(after).not.toContain(SECRET)
        const stay = lines.filter((line) => !IS_OF_KEY.test(line) && !/AWS_(ACCESS|SECRET)/.test(line))
        const comma = (line: string): string => (kind.hasCommas ? line.replace(/,$/, '') : line)
        const left = after.replace('\ufeff', '').split(/\r?\n/).map(comma)
        let at = 0
        for (const line of stay) {
          if (kind.kind === 'aws-credentials' && (line === '[work]' || line === '')) continue
          const found = left.indexOf(comma(line), at)
          expect(found, `${JSON.stringify(line)} in ${JSON.stringify(after)}`).toBeGreaterThanOrEqual(at)
          at = found + 1
        }
        expect(/\n/.test(after.replaceAll('\r\n', ''))).toBe(/\n/.test(text.replaceAll('\r\n', '')) && /\n/.test(after))
        expect(JSON.stringify(edit)).not.toContain(SECRET.slice(-5))
        expect(await revertEdit(machine, edit, Buffer.from(text))).toBe('whole')
        expect(machine.text(edit.path)).toBe(text)
      }),
      { numRuns: 150 },
    )
  })

  test(`${name}: what somebody else writes meanwhile is never lost`, async () => {
    await fc.assert(
      fc.asyncProperty(anyFile(kind), fc.nat(1000), fc.boolean(), async ({ text }, seed, isBefore) => {
        const { machine, edit } = await planFor(kind, text)
        if (!isBefore) await make(machine, edit)
        const present = machine.text(edit.path) ?? ''
        const at = seed % (present.length + 1)
        const theirs = `${present.slice(0, at)}~theirs~${present.slice(at)}`
        await machine.files.write(edit.path, theirs)
        const outcome = await (isBefore ? make(machine, edit) : revertEdit(machine, edit, Buffer.from(text))).catch(
          () => 'refused',
        )
        const left = machine.text(edit.path) ?? ''
        expect(left).toContain('~theirs~')
        if (isBefore || outcome === 'refused') expect(left).toBe(theirs)
        else expect(left.replace('~theirs~', '')).toBe(text)
      }),
      { numRuns: 150 },
    )
  })
}
