/** A private authority and a server's certificate, made anew by openssl: no key lies in the repository. */

import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

export interface Certificates {
  /** Paths of PEM files: the authority's certificate, the server's, and the server's key. */
  readonly authority: string
  readonly server: string
  readonly serverKey: string
}

/** Makes both in `folder`, good for two days; `names` as openssl writes them: `DNS:localhost`, `IP:127.0.0.1`. */
export function createCertificates(folder: string, names: readonly string[]): Certificates {
  const openssl = (...parameters: readonly string[]): unknown =>
    execFileSync('openssl', parameters, { cwd: folder, stdio: 'pipe' })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const life = ['-days', '2']
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', ...life, '-subj', '/CN=Acme CA')
  const request = ['-subj', '/CN=sso.acme.example', '-addext', `subjectAltName=${names.join(',')}`]
  openssl('req', ...key, '-keyout', 'server.key', '-out', 'server.csr', ...request)
  const authority = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-copy_extensions', 'copy']
  openssl('x509', '-req', '-in', 'server.csr', ...authority, '-out', 'server.pem', ...life)
  return {
    authority: join(folder, 'ca.pem'),
    server: join(folder, 'server.pem'),
    serverKey: join(folder, 'server.key'),
  }
}
