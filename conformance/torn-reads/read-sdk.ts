/** Reads the token with the AWS SDK for JavaScript and counts what it could not read. Words: how often. */

import { createRequire } from 'node:module'
import { SESSION } from './contents.ts'

// The very function that the SDK's providers call, from the package that they have it from.
const provider = createRequire(import.meta.url).resolve('@aws-sdk/credential-providers')
const { getSSOTokenFromFile } = createRequire(provider)('@smithy/core/config') as {
  getSSOTokenFromFile(name: string): Promise<unknown>
}

const reads = Number(process.argv[2])
let failures = 0
for (let turn = 0; turn < reads; turn += 1) {
  await getSSOTokenFromFile(SESSION).catch(() => {
    failures += 1
  })
}
console.log(JSON.stringify({ reads, failures }))
