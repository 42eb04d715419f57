/** What keeps the server or a command from its work, in a sentence, and what the operator does next. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { StoreFault } from '@mayfly/store'

export interface StartFault {
  readonly problem: string
  readonly remedy?: string
}

interface SystemError extends Error {
  readonly code: string
  readonly syscall?: string
  readonly path?: string
  readonly address?: string
  readonly port?: number
  readonly hostname?: string
}

/** Undefined for what the operator cannot mend: a fault of ours, which is shown whole. */
export function explainFault(error: unknown): StartFault | undefined {
  if (error instanceof Refusal) {
    return { problem: error.message, ...(error.hint === undefined ? {} : { remedy: error.hint }) }
  }
  if (error instanceof StoreFault) return { problem: error.message }
  if (!isSystemError(error)) return undefined
  if (/^ERR_OSSL|^ERR_SSL/.test(error.code)) {
    return {
      problem: '--tls-cert and --tls-key do not hold a certificate and its private key in PEM.',
      remedy: 'openssl x509 -in CERT -noout -pubkey and openssl pkey -in KEY -pubout print the same key for a pair.',
    }
  }
  if (error.syscall === undefined) return undefined
  return explainListening(error) ?? explainFile(error) ?? { problem: `${error.message}.` }
}

const isSystemError = (error: unknown): error is SystemError =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'

function explainListening({ code, syscall, address, port, hostname }: SystemError): StartFault | undefined {
  if (syscall === 'getaddrinfo') {
    return {
      problem: `There is no address of the name ${hostname}.`,
      remedy: '--host names an address of this machine.',
    }
  }
  if (syscall !== 'listen' && syscall !== 'bind') return undefined
  if (code === 'EADDRINUSE') {
    return {
      problem: `Port ${port} of ${address} is taken by another program.`,
      remedy: 'Stop that one, or name another port: --port N (0 takes a free one).',
    }
  }
  if (code === 'EADDRNOTAVAIL') {
    return {
      problem: `This machine has no address ${address}.`,
      remedy: '--host names one of its own; 0.0.0.0 is all of them.',
    }
  }
  if (code !== 'EACCES') return undefined
  return {
    problem: `This user may not listen on port ${port}.`,
    remedy: 'Take a port above 1023, or let the service manager grant CAP_NET_BIND_SERVICE.',
  }
}

function explainFile({ code, path }: SystemError): StartFault | undefined {
  const file = path ?? 'the data folder'
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return {
        problem: `The user that runs this may not use ${file}.`,
        remedy: `Give it to that user: chown -R USER ${file}`,
      }
    case 'EROFS':
      return {
        problem: `${file} lies on a file system that is read-only.`,
        remedy: 'Name a folder that may be written: --data DIR',
      }
    case 'ENOSPC':
    case 'EDQUOT':
      return {
        problem: 'The disk is full. Nothing that was there has changed.',
        remedy: 'Make room and start again.',
      }
    case 'EEXIST':
    case 'ENOTDIR':
      return { problem: `${file} is no folder.`, remedy: 'Name a folder: --data DIR' }
    case 'EISDIR':
      return { problem: `${file} is a folder, and a file is wanted.`, remedy: 'Name the file itself.' }
    case 'ENOENT':
      return { problem: `There is no ${file}.`, remedy: 'Check the option that names it: mayfly-server --help' }
    default:
      return undefined
  }
}
