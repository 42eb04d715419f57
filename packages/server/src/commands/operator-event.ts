/** What an operator did at the machine itself, for the audit record. */

import type { AuditEvent } from '@mayfly/identity-center/audit-event'
import { randomUuid } from '@mayfly/identity-center/random'
import type { CommandContext } from './command.ts'

/** `requestParameters` holds no secret. */
export const createOperatorEvent = (
  eventName: string,
  requestParameters: Readonly<Record<string, unknown>>,
  { clock, random, operator }: Pick<CommandContext, 'clock' | 'random' | 'operator'>,
): AuditEvent => ({
  eventId: randomUuid(random),
  eventTime: clock.now(),
  eventSource: 'sso-directory.amazonaws.com',
  eventName,
  requestId: randomUuid(random),
  // Typed at the machine itself: there is no address.
  sourceAddress: 'mayfly-server',
  userAgent: 'mayfly-server',
  userIdentity: { type: 'AWSService', invokedBy: 'mayfly-server', userName: operator },
  requestParameters,
  readOnly: false,
})
