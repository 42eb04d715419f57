/** Settings, e-mail that waits, and the chain of audit events. */

import type { EngineName } from '../database/connection.ts'
import { statementsFor } from './statements.ts'

export const name = '0007-administration'

export const statements = (engine: EngineName): readonly string[] => statementsFor(engine, TABLES)

const TABLES: readonly string[] = []
