/** Every operation of iam. */

import type { Operations } from '@mayfly/wire/model/operations'
import type { OperationContext } from '../../operation/operation-context.ts'
import type { Service } from '../../operation/service.ts'

/** Of IAM the roles and policies of local accounts; what else IAM has is not answered. */
type Iam = Partial<Operations<typeof import('@aws-sdk/client-iam'), OperationContext>>

const operations: Iam = {}

export const iam: Service = {
  eventSource: 'iam.amazonaws.com',
  operations,
  audiences: {},
  readOnly: new Set([]),
  unknownOperation: 'InvalidAction',
}
