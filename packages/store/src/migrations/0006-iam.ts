/** Roles and policies in local accounts. */

import type { EngineName } from '../database/connection.ts'
import { statementsFor } from './statements.ts'

export const name = '0006-iam'

export const statements = (engine: EngineName): readonly string[] => statementsFor(engine, TABLES)

const TABLES: readonly string[] = []
