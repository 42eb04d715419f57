/** Tables of the administration room. */

import type { AuditCheckpoint, AuditSeal } from '@mayfly/identity-center/audit-chain'
import type { OutboxMessage } from '@mayfly/identity-center/mail'
import type { EmailCode } from '@mayfly/identity-center/sign-in/email-code'
import type { RowOf } from '../codec.ts'

/** Who does something that one node does for all. */
export interface Lease {
  readonly name: string
  /** Any text that no other process uses. */
  readonly holder: string
  readonly expiresAt: Date
}

export interface AdministrationSchema {
  audit_seals: RowOf<AuditSeal>
  audit_checkpoints: RowOf<AuditCheckpoint>
  leases: RowOf<Lease>
  outbox: RowOf<OutboxMessage>
  email_codes: RowOf<EmailCode>
}
