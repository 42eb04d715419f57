/** What was asked, by whom, and the answer, as a CloudTrail record without its secrets (§7.4). */

import type { AuditEvent } from '@mayfly/identity-center/audit-event'
import { withoutTokens } from '@mayfly/identity-center/oauth/token-format'
import { randomUuid } from '@mayfly/identity-center/random'
import { getShape, type ServiceModel } from '@mayfly/wire/model/service-model'
import type { Context } from './context.ts'

const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS'
// Codes that the model does not mark as sensitive although whoever holds one can trade it for a token.
const ALSO_SECRET = new Set([
  'deviceCode',
  'code',
  'userCode',
  'verificationUriComplete',
  'SessionToken',
  'identityContext',
])

type Fields = Readonly<Record<string, unknown>>

export interface Audited {
  readonly eventSource: string
  readonly eventName: string
  readonly userIdentity: Fields
  readonly readOnly: boolean
  readonly requestParameters?: Fields
  readonly responseElements?: Fields
  readonly additionalEventData?: Fields
  readonly serviceEventDetails?: Fields
  readonly errorCode?: string
  readonly errorMessage?: string
}

/** The record of one request; it is inserted before the request is answered. */
export function createAuditEvent(audited: Audited, context: Context): AuditEvent {
  return {
    eventId: randomUuid(context.random),
    eventTime: context.clock.now(),
    requestId: context.requestId,
    sourceAddress: context.requester.address,
    userAgent: withoutTokens(context.requester.userAgent),
    ...audited,
  }
}

/** What one record keeps of an input or an output. Anybody may send a quarter of a megabyte; it shall not fill the disk. */
const MOST_CHARACTERS = 8192
const MOST_ITEMS = 100

/** `value` as the model's `shape` describes it, each secret replaced, and cut where it is very long. */
export function hideSecrets(model: ServiceModel, shapeName: string | undefined, value: unknown): Fields | undefined {
  if (shapeName === undefined || value === undefined) return undefined
  const hidden = hide({ model, left: MOST_CHARACTERS }, shapeName, value)
  return isFields(hidden) ? hidden : undefined
}

interface Hiding {
  readonly model: ServiceModel
  left: number
}

/** A text that is sent back or kept, as far as it fits. */
function cut(text: string, hiding: Hiding): string {
  const kept = text.length <= hiding.left ? text : `${text.slice(0, hiding.left).toWellFormed()}…`
  hiding.left = Math.max(0, hiding.left - text.length)
  return withoutTokens(kept)
}

function hide(hiding: Hiding, shapeName: string, value: unknown): unknown {
  const shape = getShape(hiding.model, shapeName)
  // Of free-form JSON nobody can say whether it holds a secret or somebody's name.
  if (shape.sensitive || shape.document) return HIDDEN
  const item = shape.member ?? shape.value
  if (Array.isArray(value))
    return item ? value.slice(0, MOST_ITEMS).map((each) => hide(hiding, item.shape, each)) : HIDDEN
  if (typeof value === 'string') return cut(value, hiding)
  if (value instanceof Date) return value.toISOString()
  if (!isFields(value)) return value
  const hidden: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) {
    const target = shape.members?.[name]?.shape ?? shape.value?.shape
    // What the model does not know is not kept: nobody can say whether it is a secret.
    if (target === undefined || member === undefined) continue
    hidden[name] = ALSO_SECRET.has(name) ? HIDDEN : hide(hiding, target, member)
  }
  return hidden
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
