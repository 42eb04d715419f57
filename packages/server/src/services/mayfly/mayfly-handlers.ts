/** The type of the own service's handlers. */

import type { OperationContext } from '../../operation/operation-context.ts'
import type { MayflyOperations } from './mayfly-operations.ts'

export type Mayfly = MayflyOperations<OperationContext>
