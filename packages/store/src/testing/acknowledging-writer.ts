/** A process that writes, says on stdout what was committed, and is killed at any moment: `node … <url> <prefix of its names>`. */

import { systemClock } from '@mayfly/identity-center/clock'
import { openStore } from '../store.ts'
import { user } from './samples.ts'

const [url = '', prefix = ''] = process.argv.slice(2)
const store = await openStore({ url, clock: systemClock })

/** Two rows that belong together, in one transaction; and one by itself. */
async function writeForever(worker: number): Promise<void> {
  for (let number = 0; ; number += 1) {
    const name = `${prefix}-${worker}-${number}`
    await store.transaction(async (tx) => {
      await tx.users.insert(user(`${name}-left`))
      await tx.users.insert(user(`${name}-right`))
    })
    process.stdout.write(`${name}-left\n${name}-right\n`)
    await store.users.insert(user(`${name}-alone`))
    process.stdout.write(`${name}-alone\n`)
  }
}

process.stdout.write('ready\n')
await Promise.all(Array.from({ length: 8 }, (_, worker) => writeForever(worker)))
