/** Does the portal answer, is it one, and do its clock and region agree with ours? */

import { seconds } from '@mayfly/identity-center/duration'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import { resolveEndpoint } from '../endpoints/endpoint.ts'
import { findStartUrlRegion, resolveInRegion } from '../endpoints/start-url.ts'
import { findOwnEndpoint } from '../endpoints/start-url-host.ts'
import type { HttpResponse } from '../machine/http.ts'
import { type Finding, fault, warning } from './causes.ts'
import { findPlace } from './config-text.ts'
import { describeFailure } from './failure.ts'
import type { SsoInquiry, Step } from './inquiry.ts'

/** From here on AWS refuses a signature (five minutes). */
const SKEW_ALLOWED = seconds(300)

export async function checkNetwork(inquiry: SsoInquiry): Promise<Step> {
  const { machine, settings, sso } = inquiry
  let endpoint: string
  try {
    endpoint = resolveEndpoint({
      service: 'sso',
      region: sso.region,
      env: machine.env,
      config: settings.config,
      profile: settings.config.profiles.get(settings.profileName),
      startUrl: sso.startUrl,
    })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const hint = error instanceof Error && 'hint' in error ? String(error.hint) : ''
    const cause = message.includes('region_name') ? 'wrong-region' : 'start-url-invalid'
    return { step: 'network', findings: [fault(cause, message, [], hint || 'mayfly configure sso-session')] }
  }
  const url = `${endpoint}/assignment/accounts`
  try {
    const answer = await machine.http.send({ method: 'GET', url, headers: {} }, inquiry.http())
    const trouble = await judgeAnswer(inquiry, endpoint, answer)
    const findings = [...checkClock(inquiry), ...(trouble ? [trouble] : [])]
    if (findings.length === 0) findings.push(...(await checkRegion(inquiry)))
    return { step: 'network', seen: `${new URL(endpoint).host} answers`, findings }
  } catch (error) {
    const failure = await describeFailure(machine, url, error)
    return { step: 'network', findings: [...(await checkClockAnyway(inquiry, endpoint, failure)), failure] }
  }
}

/** Any answer of AWS's own hosts will do; an Identity Center of one's own refuses a request without a token by name. */
async function judgeAnswer(
  inquiry: SsoInquiry,
  endpoint: string,
  { status, headers, body }: HttpResponse,
): Promise<Finding | undefined> {
  const { machine, sso } = inquiry
  const type = /^[^:]*/.exec(headers['x-amzn-errortype'] ?? '')?.[0] ?? ''
  // 421 (RFC 9110 §15.5.20): the server is there, and does not answer for the name it was asked by.
  if (status === 429 || status >= 500 || (status === 421 && type !== ''))
    return describeFailure(machine, endpoint, exceptionOf(type || `Http${status}`, status, body))
  if (type !== '' || findOwnEndpoint(sso.startUrl) === undefined) return undefined
  // A start URL that merely redirects to AWS's (a vanity URL) is followed here as a sign-in would follow it.
  const refusal = await resolveInRegion(machine, sso.startUrl, inquiry.http()).then(
    ({ owner }) => (owner === 'aws' ? undefined : ''),
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
  if (refusal === undefined) return undefined
  const kind = headers['content-type']?.replaceAll(/[^\w/+.-].*/g, '') ?? 'no content type'
  const evidence = [`${endpoint} answered ${status} (${kind})`, refusal].filter((each) => each !== '')
  const next = 'Correct the start URL: mayfly configure sso-session'
  return fault('no-identity-center', `What answers at ${new URL(endpoint).host} is no Identity Center.`, evidence, next)
}

function exceptionOf(name: string, statusCode: number, body: string): ServiceException {
  const message = /"message"\s*:\s*"((?:[^"\\]|\\.)*)"/i.exec(body)?.[1] ?? ''
  return new ServiceException(name, message, { statusCode })
}

function checkClock({ machine, skew }: SsoInquiry): readonly Finding[] {
  const ahead = skew()
  if (ahead === undefined || Math.abs(ahead) < SKEW_ALLOWED) return []
  const now = machine.clock.now()
  const theirs = new Date(now.getTime() - ahead)
  const amount = `${formatLength(Math.abs(ahead))} ${ahead > 0 ? 'fast' : 'slow'}`
  return [
    fault(
      'clock-skew',
      `The clock of this computer is ${amount}.`,
      [`It says ${stamp(now)}, the server ${stamp(theirs)}.`],
      setClock(machine.platform),
    ),
  ]
}

const stamp = (moment: Date): string => `${moment.toISOString().slice(0, 19)}Z`

/** `10 min`, `13 h`, `2 days`. */
export function formatLength(length: number): string {
  const whole = Math.round(length / 60_000)
  if (whole < 120) return `${whole} min`
  return whole < 48 * 60 ? `${Math.round(whole / 60)} h` : `${Math.round(whole / 1440)} days`
}

/** The command that sets the clock by the network's. */
export const setClock = (platform: 'linux' | 'darwin' | 'win32'): string =>
  ({ linux: 'sudo timedatectl set-ntp true', darwin: 'sudo sntp -sS time.apple.com', win32: 'w32tm /resync' })[platform]

/** A wrong clock makes a good certificate look expired: the date is asked of whoever answers, and no secret is sent. */
async function checkClockAnyway(
  inquiry: SsoInquiry,
  endpoint: string,
  { cause }: Finding,
): Promise<readonly Finding[]> {
  if (cause !== 'certificate-expired') return []
  const url = `${new URL(endpoint).origin}/`
  await inquiry.machine.http
    .send({ method: 'HEAD', url, headers: {} }, { ...inquiry.http(), verify: false })
    .catch(() => undefined)
  return checkClock(inquiry)
}

/** A warning: an instance may answer in several regions. It becomes the cause when the portal refuses the token. */
async function checkRegion({ machine, texts, sso, http }: SsoInquiry): Promise<readonly Finding[]> {
  const named = findStartUrlRegion(sso.startUrl)
  const region = named ?? (await resolveInRegion(machine, sso.startUrl, http()).catch(() => undefined))?.region
  if (region === undefined || region === sso.region) return []
  const section =
    sso.sessionName === undefined
      ? ({ type: 'profile', name: sso.profileName } as const)
      : ({ type: 'sso-session', name: sso.sessionName } as const)
  const place = findPlace(machine, texts, { ...section, key: 'sso_region' }) ?? sso.profileName
  return [
    warning(
      'wrong-region',
      `The sign-in is in ${region}, and the profile asks in ${sso.region}.`,
      [`${place}: sso_region = ${sso.region}`, `${sso.startUrl} is in ${region}`],
      `Write sso_region = ${region} into ${place}`,
    ),
  ]
}
