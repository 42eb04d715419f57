/** Starts `browser-person.ts` for an address and ends at once, as `xdg-open` does. */

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from './root.ts'

spawn(process.execPath, [join(root, 'conformance/harness/browser-person.ts'), process.argv[2] ?? ''], {
  detached: true,
  stdio: 'ignore',
}).unref()
