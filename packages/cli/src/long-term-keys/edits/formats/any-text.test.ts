/** Whatever a text is, no reader of a format falls over it, nor takes long. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applySplices, sortSplices } from '../text/splice.ts'
import { editDotenv } from './dotenv.ts'
import type { Format } from './format.ts'
import { editHistory } from './history.ts'
import { editJson } from './json.ts'
import { editKubeconfig } from './kubeconfig.ts'
import { editRclone } from './rclone.ts'
import { editShell } from './shell.ts'
import { editBackendFile, editTerraform } from './terraform.ts'
import { editCrontab, editUnit } from './unit-files.ts'
import { editBatch, editPowerShell } from './windows-scripts.ts'
import { editXml } from './xml.ts'

const ID = `AKIA${'QWERTYUIOPASDFG2'}`
const SECRET = `${'abcdEFGH/'.repeat(4)}wXyZ`

const formats: Readonly<Record<string, Format>> = {
  dotenv: editDotenv,
  sh: editShell('sh'),
  fish: editShell('fish'),
  csh: editShell('csh'),
  powershell: editPowerShell,
  batch: editBatch,
  unit: editUnit,
  crontab: editCrontab,
  terraform: editTerraform,
  backend: editBackendFile,
  json: editJson,
  kubeconfig: editKubeconfig,
  xml: editXml,
  rclone: editRclone,
  zsh: editHistory('zsh'),
}

const PIECES = [
  ...['\n', '\r\n', '\r', ' ', '\t', '#', ';', '&&', '||', '|', '(', ')', '{', '}', '[', ']', '"', "'", '`', '$', '\\'],
  ...[
    '$(',
    '\x24{',
    '<<E',
    'E',
    '=',
    ':',
    ',',
    '<',
    '>',
    '/>',
    '<!--',
    '-->',
    '/*',
    '*/',
    '//',
    '-',
    '@"',
    '<#',
    '[s3]',
  ],
  ...['export ', 'set -gx ', 'setenv ', 'set ', '$env:', 'Environment=', 'if ', 'then', 'fi', 'users:', 'env:', '- '],
  ...['provider "aws" ', 'access_key = ', 'secret_key = ', 'access_key_id = ', 'type = s3', '<env name=', ' value='],
  ...['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE', ID, SECRET, 'x', 'ü', '\ufeff'],
]

for (const [name, format] of Object.entries(formats))
  test(`${name}: any text is read, and what is not changed stays`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }), async (pieces) => {
        const text = pieces.join('')
        const { splices } = await format({ text, accessKeyId: ID, secrets: [SECRET], profileName: 'prod' })
        const sorted = sortSplices(splices)
        for (const { start, end } of sorted) expect(0 <= start && start <= end && end <= text.length).toBe(true)
        const after = applySplices(text, sorted)
        if (splices.length === 0) expect(after).toBe(text)
        expect(after.split('ü').length).toBe(text.split('ü').length - lost(text, sorted))
      }),
      { numRuns: 400 },
    )
  })

/** How often the letter stands in what is taken out: within a value, where it is a part of the secret's. */
const lost = (text: string, splices: readonly { readonly start: number; readonly end: number }[]): number =>
  splices.reduce((sum, { start, end }) => sum + text.slice(start, end).split('ü').length - 1, 0)

const LONG: readonly string[] = [
  ...['(', '{', '"', "'", '$(', '\x24{', '<<E\n', ' ', '\n', '#', 'a=', '<env ', '/*', '<!--', '[', '- ', '\\\n', '`'],
]

test('200 kB of any one thing take no longer than a moment', async () => {
  for (const piece of LONG)
    for (const [name, format] of Object.entries(formats)) {
      const text = `${piece.repeat(Math.floor(200_000 / piece.length))}\nexport AWS_ACCESS_KEY_ID=${ID}\n`
      const started = performance.now()
      await format({ text, accessKeyId: ID, secrets: [SECRET], profileName: 'prod' })
      expect(performance.now() - started, `${name}: ${JSON.stringify(piece)}`).toBeLessThan(3000)
    }
})
