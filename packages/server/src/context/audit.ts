/** What was asked, by whom, and the answer, as a CloudTrail record without its secrets (§7.4). */

import type { AuditEvent } from '@mayfly/identity-center/audit-event'
import { randomUuid } from '@mayfly/identity-center/random'
import { getShape, type ServiceModel } from '@mayfly/wire/model/service-model'
import type { Context } from './context.ts'

const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS'
// Codes that the model does not mark as sensitive although whoever holds one can trade it for a token.
const ALSO_SECRET = new Set(['deviceCode', 'code', 'userCode', 'verificationUriComplete'])

type Fields = Readonly<Record<string, unknown>>

export interface Audited {
  readonly eventSource: string
  readonly eventName: string
  readonly userIdentity: Fields
  readonly readOnly: boolean
  readonly requestParameters?: Fields
  readonly responseElements?: Fields
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
    userAgent: context.requester.userAgent,
    ...audited,
  }
}

/** `value` as the model's `shape` describes it, each secret replaced. */
export function hideSecrets(model: ServiceModel, shapeName: string | undefined, value: unknown): Fields | undefined {
  if (shapeName === undefined || value === undefined) return undefined
  const hidden = hide(model, shapeName, value)
  return isFields(hidden) ? hidden : undefined
}

function hide(model: ServiceModel, shapeName: string, value: unknown): unknown {
  const shape = getShape(model, shapeName)
  if (shape.sensitive) return HIDDEN
  const item = shape.member ?? shape.value
  if (Array.isArray(value)) return item ? value.map((each) => hide(model, item.shape, each)) : HIDDEN
  if (value instanceof Date) return value.toISOString()
  if (!isFields(value)) return value
  const hidden: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) {
    const target = shape.members?.[name]?.shape ?? shape.value?.shape
    // What the model does not know is not kept: nobody can say whether it is a secret.
    if (target === undefined || member === undefined) continue
    hidden[name] = ALSO_SECRET.has(name) ? HIDDEN : hide(model, target, member)
  }
  return hidden
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
