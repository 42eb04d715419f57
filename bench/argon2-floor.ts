/** The floor of a password sign-in: argon2id in the server's own pool, and nothing else. Says `ready <hashes a second>`. */

import { PasswordHasher } from '../packages/server/src/sign-in/password-hasher.ts'

const [milliseconds = '3000', concurrency = '4'] = process.argv.slice(2)
const hasher = new PasswordHasher()
const stored = await hasher.hash('mayfly-example')
let verified = 0
const start = performance.now()
const end = start + Number(milliseconds)
await Promise.all(
  Array.from({ length: Number(concurrency) }, async () => {
    while (performance.now() < end) {
      await hasher.verify('mayfly-example', stored)
      verified += 1
    }
  }),
)
console.log(`ready ${(verified * 1000) / (performance.now() - start)}`)
