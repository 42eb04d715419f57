/** An audit event as a line of an exported file: CloudTrail's record, and ours beside it under `mayfly`. */

import { canonicalText } from '@mayfly/identity-center/audit-chain'
import type { AuditEvent } from '@mayfly/identity-center/audit-event'
import type { Instance } from '@mayfly/identity-center/instance'
import { canonicalFields } from '@mayfly/store'

/** What the chain says of one event. */
export interface ChainPlace {
  readonly position: number
  /** The number of the seal that holds it. */
  readonly seal: number
  readonly previousHash: string
  readonly hash: string
}

/** The version of CloudTrail's record whose members these are. */
const EVENT_VERSION = '1.11'

type Fields = Readonly<Record<string, unknown>>

/** The record of an event, as CloudTrail would deliver it, with our own members under `mayfly` (§7.4). */
export function formatRecord(
  event: AuditEvent,
  userId: string | undefined,
  instance: Pick<Instance, 'region' | 'ownerAccountId'>,
  place?: ChainPlace,
): Fields {
  const { requestParameters, responseElements, additionalEventData, serviceEventDetails } = event
  return {
    eventVersion: EVENT_VERSION,
    userIdentity: event.userIdentity,
    eventTime: event.eventTime.toISOString().replace(/\.\d{3}Z$/, 'Z'),
    eventSource: event.eventSource,
    eventName: event.eventName,
    awsRegion: instance.region,
    sourceIPAddress: event.sourceAddress,
    userAgent: event.userAgent,
    ...(event.errorCode === undefined ? {} : { errorCode: event.errorCode }),
    ...(event.errorMessage === undefined ? {} : { errorMessage: event.errorMessage }),
    requestParameters: requestParameters ?? null,
    responseElements: responseElements ?? null,
    ...(additionalEventData === undefined ? {} : { additionalEventData }),
    ...(serviceEventDetails === undefined ? {} : { serviceEventDetails }),
    requestID: event.requestId,
    eventID: event.eventId,
    readOnly: event.readOnly,
    // CloudTrail calls what is no call of an operation an event of the service.
    eventType: serviceEventDetails === undefined ? 'AwsApiCall' : 'AwsServiceEvent',
    managementEvent: true,
    recipientAccountId: recipientOf(event, instance),
    eventCategory: 'Management',
    mayfly: { time: event.eventTime.toISOString(), ...(userId === undefined ? {} : { userId }), ...place },
  }
}

/** Calls inside an account belong to that account; all else to the account of the instance. */
function recipientOf({ eventSource, userIdentity }: AuditEvent, { ownerAccountId }: Pick<Instance, 'ownerAccountId'>) {
  const accountId = userIdentity['accountId']
  const isInside = eventSource === 'sts.amazonaws.com' || eventSource === 'iam.amazonaws.com'
  return isInside && typeof accountId === 'string' ? accountId : ownerAccountId
}

/** The canonical text of the event in a record, or undefined when it is no record of ours. */
export function canonicalTextOf(record: Fields): string | undefined {
  const own = record['mayfly']
  if (typeof own !== 'object' || own === null) return undefined
  const { time, userId } = own as Fields
  if (typeof time !== 'string' || Number.isNaN(Date.parse(time))) return undefined
  const event = {
    eventId: record['eventID'],
    eventTime: new Date(time),
    eventSource: record['eventSource'],
    eventName: record['eventName'],
    requestId: record['requestID'],
    sourceAddress: record['sourceIPAddress'],
    userAgent: record['userAgent'],
    userIdentity: record['userIdentity'],
    requestParameters: record['requestParameters'] ?? undefined,
    responseElements: record['responseElements'] ?? undefined,
    additionalEventData: record['additionalEventData'],
    serviceEventDetails: record['serviceEventDetails'],
    errorCode: record['errorCode'],
    errorMessage: record['errorMessage'],
    readOnly: record['readOnly'],
  } as AuditEvent
  return canonicalText(canonicalFields(event, typeof userId === 'string' ? userId : undefined))
}
