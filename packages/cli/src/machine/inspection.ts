/** Looks closer at what does not work: whose a file is, and which certificate a host shows. Changes and sends nothing. */

import { access, constants, stat } from 'node:fs/promises'
import type { TLSSocket } from 'node:tls'
import type { Duration } from '@mayfly/identity-center/duration'
import type { Connection } from './connection.ts'
import { findProxy } from './proxy.ts'

export interface FileState {
  readonly kind: 'file' | 'folder' | 'other'
  /** Permission bits; nothing on Windows, where they mean nothing. */
  readonly mode: number | undefined
  /** False when it belongs to another user; true where there are no owners. */
  readonly isOwn: boolean
  readonly isReadable: boolean
  readonly isWritable: boolean
  /** Names that the file has: more than one for a file with hard links. */
  readonly names: number
}

/** The certificate that a host showed, not checked by anybody. */
export interface ShownCertificate {
  /** Common name or organization, as written in it. */
  readonly subject: string
  readonly issuer: string
  /** `DNS:sso.acme.example, IP Address:127.0.0.1`. */
  readonly names: string
  readonly validFrom: Date
  readonly validTo: Date
}

export interface Inspection {
  /** Nothing when there is no such file. */
  describeFile(path: string): Promise<FileState | undefined>
  /** The certificate of an https address, through the proxy that is meant for it; nothing when none could be had. */
  findCertificate(url: URL, timeout: Duration): Promise<ShownCertificate | undefined>
}

/** Looks at this computer. */
export const createInspection = (env: Readonly<Record<string, string | undefined>>): Inspection => ({
  describeFile,
  findCertificate: (url, timeout) => findCertificate(url, timeout, env).catch(() => undefined),
})

async function describeFile(path: string): Promise<FileState | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (!found) return undefined
  const own = process.getuid?.()
  return {
    kind: found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other',
    mode: own === undefined ? undefined : found.mode & 0o777,
    isOwn: own === undefined || found.uid === own,
    isReadable: await may(path, constants.R_OK),
    isWritable: await may(path, constants.W_OK),
    names: found.isFile() ? found.nlink : 1,
  }
}

const may = (path: string, what: number): Promise<boolean> =>
  access(path, what).then(
    () => true,
    () => false,
  )

async function findCertificate(
  url: URL,
  timeout: Duration,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ShownCertificate | undefined> {
  const proxy = findProxy(url, env)
  // Nothing is sent over this connection: whoever shows a certificate learns no more than that somebody looked.
  const connection: Connection = {
    url,
    proxy,
    tls: { rejectUnauthorized: false },
    connectTimeout: timeout,
    readTimeout: timeout,
  }
  const socket = proxy ? await throughProxy(proxy, connection) : await connectStraight(url, timeout)
  try {
    const { subject, issuer, subjectaltname, valid_from, valid_to } = socket.getPeerCertificate()
    return {
      subject: nameOf(subject),
      issuer: nameOf(issuer),
      names: subjectaltname ?? '',
      validFrom: new Date(valid_from),
      validTo: new Date(valid_to),
    }
  } finally {
    socket.destroy()
  }
}

const throughProxy = async (proxy: URL, connection: Connection): Promise<TLSSocket> =>
  (await (await import('./tunnel.ts')).openTunnel(proxy, connection)) as TLSSocket

async function connectStraight(url: URL, timeout: Duration): Promise<TLSSocket> {
  const { connect } = await import('node:tls')
  const { isIP } = await import('node:net')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: Number(url.port || 443),
      rejectUnauthorized: false,
      timeout,
      ...(isIP(host) === 0 && { servername: host }),
    })
    const fail = (error?: Error): void => {
      socket.destroy()
      reject(error ?? new Error('ETIMEDOUT'))
    }
    socket.once('secureConnect', () => resolve(socket))
    socket.once('error', fail)
    socket.once('timeout', () => fail())
  })
}

const nameOf = (name: NodeJS.Dict<string | string[]> | undefined): string =>
  [name?.['CN'] ?? name?.['O'] ?? ''].flat().join(', ')
