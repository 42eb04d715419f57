/** A private authority and a server's certificate in a folder of their own: no key lies in the repository. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCertificates } from '../../packages/cli/src/testing/certificates.ts'

export interface Certificate {
  readonly caFile: string
  readonly ca: string
  readonly certificateFile: string
  readonly keyFile: string
  remove(): void
}

/** Valid for two days, for `names` and 127.0.0.1. */
export function makeCertificate(names: readonly string[]): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'mayfly-certificate-'))
  const { authority, server, serverKey } = createCertificates(folder, [
    ...names.map((name) => `DNS:${name}`),
    'IP:127.0.0.1',
  ])
  return {
    caFile: authority,
    ca: readFileSync(authority, 'utf8'),
    certificateFile: server,
    keyFile: serverKey,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
