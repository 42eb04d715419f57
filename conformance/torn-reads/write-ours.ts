/** Writes a token and role credentials again and again, as Mayfly does, until it is killed. Words: the home folder. */

import { join } from 'node:path'
import { createFiles } from '../../packages/cli/src/machine/files.ts'
import { formatPythonJson } from '../../packages/cli/src/sign-in/python-json.ts'
import { contents } from './contents.ts'

const [, , home = ''] = process.argv
let count = 0
const files = createFiles(() => {
  count += 1
  return `${process.pid}-${count}`
})
const [token, role] = contents(home)

console.log('ready')
for (let turn = 0; ; turn += 1) {
  for (const { path, values } of [token, role]) {
    await files.write(join(home, path), formatPythonJson(values[turn % 2] ?? {}), { mode: 0o600 })
  }
}
