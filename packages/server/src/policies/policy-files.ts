/** Files with documents of AWS-managed policies, in the forms in which AWS's own tools write them. */

import { parsePolicy } from '@mayfly/identity-center/policy/parse-policy'
import { listPredefinedPolicies } from '@mayfly/identity-center/policy/predefined-policies'
import { Refusal } from '@mayfly/identity-center/refusal'

export interface PolicyFile {
  /** Below the folder that was named: `job-function/Billing.json`. */
  readonly path: string
  readonly text: string
}

export interface ReadPolicy {
  readonly arn: string
  readonly name: string
  readonly document: string
}

/**
 * The policies of one file: `aws iam get-account-authorization-details --filter AWSManagedPolicy`, or one policy in a
 * file of its name, as a document or as `aws iam get-policy-version` answers. Refuses with `invalid` what is neither.
 */
export function readPolicyFile({ path, text }: PolicyFile): ReadPolicy[] {
  const content = parseObject(text, path)
  const details = content['Policies']
  if (Array.isArray(details)) return details.flatMap((detail) => readDetail(detail, path))
  const version = content['PolicyVersion']
  const document = isObject(version) ? version['Document'] : content
  const arn = arnOfFile(path)
  return [{ arn, name: arn.slice(arn.lastIndexOf('/') + 1), document: checkDocument(document, path) }]
}

/** The default version counts; customer managed policies of the account are passed over. */
function readDetail(detail: unknown, path: string): ReadPolicy[] {
  if (!isObject(detail)) return []
  const { Arn: arn, PolicyName: name, PolicyVersionList: versions } = detail
  if (typeof arn !== 'string' || typeof name !== 'string' || !Array.isArray(versions)) return []
  if (!/^arn:[\w-]+:iam::aws:policy\//.test(arn)) return []
  const version = versions.filter(isObject).find(({ IsDefaultVersion }) => IsDefaultVersion === true)
  if (!version) return []
  const document = checkDocument(version['Document'], `${path}: ${name}`)
  return [{ arn: arn.replace(/^arn:[\w-]+:/, 'arn:aws:'), name, document }]
}

/** Known names tell their own paths; any other lies where its folder says. */
function arnOfFile(path: string): string {
  const place = path.replaceAll('\\', '/').replace(/\.json$/i, '')
  const name = place.slice(place.lastIndexOf('/') + 1)
  if (!/^[\w+=,.@-]+$/.test(name)) throw new Refusal('invalid', `${path} is not named after a policy.`)
  const known = listPredefinedPolicies().find((policy) => policy.name === name)
  return known?.arn ?? `arn:aws:iam::aws:policy/${place}`
}

/** As JSON text without blanks. A document may be an object, a text, or a text as IAM's query protocol encodes it. */
function checkDocument(document: unknown, path: string): string {
  const text =
    typeof document === 'string' ? (document.startsWith('%7B') ? decodeURIComponent(document) : document) : undefined
  const compact = JSON.stringify(text === undefined ? (document ?? {}) : parseObject(text, path))
  try {
    parsePolicy(compact, 'identity')
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal('invalid', `${path} holds no policy that can be read. ${error.message}`, { cause: error })
  }
  return compact
}

function parseObject(text: string, path: string): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    if (isObject(content)) return content
  } catch {
    // Told below, as for any other content.
  }
  throw new Refusal('invalid', `${path} is no JSON object.`)
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
