/** The page of the AWS console that somebody wants to see. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { isConsoleDestination } from '@mayfly/identity-center/sign-in/console-destination'
import { partitionOf } from '../endpoints/partition.ts'
import { findServicePage } from './console-services.ts'

const CONSOLES: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-eusc': 'console.amazonaws.eu',
}

/**
 * The address of a service's first page in a region. `service` is a word for one, its path in the console
 * (`lambda/home`), or the whole address of a page. Nothing when neither service nor region is said.
 */
export function findDestination({
  service,
  region,
}: {
  readonly service?: string | undefined
  readonly region?: string | undefined
}): string | undefined {
  if (service !== undefined && /^https?:/i.test(service)) return takeAddress(service)
  if (service === undefined && region === undefined) return undefined
  const page = pageOf(service ?? 'console')
  const [path = '', fragment] = page.split('#')
  const query = region === undefined ? '' : `?region=${region}`
  return `https://${getConsoleHost(region)}/${path}${query}${fragment === undefined ? '' : `#${fragment}`}`
}

/** The console of a region's partition. */
export function getConsoleHost(region: string | undefined): string {
  const { id } = region === undefined ? { id: 'aws' } : partitionOf(region)
  const host = CONSOLES[id]
  if (host !== undefined) return host
  throw new Refusal('invalid', `The console of ${id} is not known here.`, {
    hint: 'Name a region of another partition.',
  })
}

function pageOf(word: string): string {
  const known = findServicePage(word)
  if (known !== undefined) return known
  // AWS has more services than are listed, and most lie there.
  if (/^[a-z0-9-]+$/i.test(word)) return `${word.toLowerCase()}/home`
  if (/^[\w-]+(\/[\w.-]+)+$/.test(word)) return word
  throw new Refusal('invalid', `"${word}" is no service of the AWS console.`, {
    hint: 'A service is a word like ec2, or the address of a page of the console.',
  })
}

/** A page that somebody copied: without the session in its host, which is theirs (multi-session support). */
function takeAddress(address: string): string {
  if (isConsoleDestination(address)) return address.replace(/^https:\/\/\d{12}-[a-z0-9]+\./i, 'https://')
  throw new Refusal('invalid', `This is no page of the AWS console: ${address}`, {
    hint: 'Copy the address of a page below console.aws.amazon.com.',
  })
}
