/** A request that failed: what on the way to the service is to blame. */

import { milliseconds } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import { ConnectionRefusal } from '../machine/connection.ts'
import type { Machine } from '../machine/machine.ts'
import { findProxy } from '../machine/proxy.ts'
import { type Finding, fault } from './causes.ts'

/** How long looking at a certificate may take. */
const GLANCE = milliseconds(2500)

/** The cause, with what was seen. `address` is what was asked. */
export async function describeFailure(machine: Machine, address: string, error: unknown): Promise<Finding> {
  if (error instanceof ServiceException) return describeException(error)
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof ConnectionRefusal && message.startsWith('SSL validation failed'))
    return describeCertificate(machine, new URL(address), error)
  if (/^Failed to connect to proxy URL/.test(message)) return describeProxy(machine, new URL(address), error)
  if (/TLS CA certificate bundle/.test(message)) {
    const next = hintOf(error) ?? 'Look at AWS_CA_BUNDLE, and at ca_bundle in the profile.'
    return fault('ca-bundle-missing', message, [bundleSource(machine)], next)
  }
  const code = findCode(error)
  const { host } = new URL(address)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    const evidence = [`${code} for ${new URL(address).hostname}`]
    const next = 'Check the network, a VPN, and the start URL: mayfly configure sso-session'
    return fault('host-unknown', `No name server here knows ${new URL(address).hostname}.`, evidence, next)
  }
  const next = 'Check the network, a VPN, and the start URL: mayfly configure sso-session'
  return fault('unreachable', `${host} does not answer.`, [code === '' ? message : `${code}: ${message}`], next)
}

const hintOf = (error: unknown): string | undefined => (error instanceof Refusal ? error.hint : undefined)

/** The system's word for the failure, from the error itself or what caused it. */
function findCode(error: unknown): string {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each instanceof Refusal) continue
    const code = 'code' in each ? String(each.code) : ''
    if (code !== '') return code
    const inner = 'errors' in each && Array.isArray(each.errors) ? findCode(each.errors[0]) : ''
    return inner
  }
  return ''
}

function bundleSource({ env }: Machine): string {
  const name = ['AWS_CA_BUNDLE', 'REQUESTS_CA_BUNDLE'].find((each) => env[each])
  return name === undefined ? 'ca_bundle of the profile names it.' : `${name}=${env[name]} in the environment`
}

function describeException(error: ServiceException): Finding {
  const said = `The service said: ${[error.name, error.message].filter((part) => part !== '').join(': ')}`
  if (error.name === 'TooManyRequestsException' || error.name === 'SlowDownException' || error.statusCode === 429)
    return fault(
      'throttled',
      'The service answers too many requests of yours already.',
      [said],
      'Try again in a minute.',
    )
  if (error.name === 'InternalServerException' || /^Http5/.test(error.name) || (error.statusCode ?? 0) >= 500)
    return fault('service-failing', 'The service failed, or a proxy before it.', [said], 'Try again in a minute.')
  if (/^Http\d/.test(error.name) && Object.keys(error.members).length === 0) {
    const next = 'Correct the start URL: mayfly configure sso-session'
    return fault('no-identity-center', 'What answers there is no Identity Center.', [said], next)
  }
  const next = 'Check the start URL and its region: mayfly configure sso-session'
  return fault('service-refused', 'The service refused.', [said], next)
}

/** Which variable names the proxy; its password is not told. */
function describeProxy({ env }: Machine, url: URL, error: unknown): Finding {
  const name = `${url.protocol.slice(0, -1)}_proxy`
  const variable = env[name] === undefined ? name.toUpperCase() : name
  const shown = (env[variable] ?? '').replace(/\/\/.*@/, '//').replaceAll(/\p{Cc}/gu, '')
  const reason = error instanceof ConnectionRefusal && error.cause instanceof Error ? error.cause : undefined
  const answered = /the proxy answered (\d+)/.exec(reason?.message ?? '')?.[1]
  const evidence = [`${variable}=${shown} in the environment`]
  if (answered !== undefined) {
    const need = answered === '407' ? ' It wants a user and a password.' : ''
    const next = `Correct ${variable}, or name ${url.hostname} in NO_PROXY.`
    return fault(
      'proxy-refused',
      `The proxy refuses to connect to ${url.hostname}.`,
      [...evidence, `It answered ${answered}.${need}`],
      next,
    )
  }
  const why = reason === undefined ? (hintOf(error) ?? '') : reason.message
  const next = `Correct ${variable}, unset it, or name ${url.hostname} in NO_PROXY.`
  return fault(
    'proxy-unreachable',
    'The proxy does not answer.',
    [...evidence, why].filter((each) => each !== ''),
    next,
  )
}

const EXPIRED = ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']

/** Who signed what was shown tells a company's proxy from a forgotten authority. */
async function describeCertificate(machine: Machine, url: URL, error: ConnectionRefusal): Promise<Finding> {
  const code = findCode(error)
  const shown = await machine.inspection.findCertificate(url, GLANCE)
  const clean = (text: string): string => text.replaceAll(/\p{Cc}/gu, '').slice(0, 120)
  const certificate = shown ? [`Issued for ${clean(shown.subject)} by ${clean(shown.issuer)}`] : []
  const way = findProxy(url, machine.env) ? [`Through the proxy ${findProxy(url, machine.env)?.host}`] : []
  if (EXPIRED.includes(code)) {
    const dates = shown ? [`Valid from ${day(shown.validFrom)} to ${day(shown.validTo)}`] : []
    const now = `This computer's clock says ${machine.clock.now().toISOString().slice(0, 19)}Z`
    const next = "Set this computer's clock; if it is right, tell whoever runs the server."
    return fault(
      'certificate-expired',
      `The certificate of ${url.host} is not valid now.`,
      [code, ...certificate, ...dates, now],
      next,
    )
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const names = shown ? [`It is for ${clean(shown.names)}`] : []
    const next = 'Correct the start URL: mayfly configure sso-session'
    return fault(
      'certificate-other-name',
      `The certificate of ${url.host} is for another name.`,
      [...certificate, ...names, ...way],
      next,
    )
  }
  return fault(
    'certificate-untrusted',
    `The certificate of ${url.host} is signed by an authority that is not trusted here.`,
    [code, ...certificate, ...way],
    "Name your company's authority (a PEM file) in AWS_CA_BUNDLE, or in ca_bundle of the profile.",
  )
}

const day = (moment: Date): string => (Number.isNaN(moment.getTime()) ? '?' : moment.toISOString().slice(0, 10))
