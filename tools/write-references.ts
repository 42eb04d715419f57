/** Writes those pages of docs/reference, and the schema, that the code already says. */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './build/target.ts'
import { writeCommands } from './references/commands.ts'
import { writeConfiguration } from './references/configuration.ts'
import { writeMayflyOperations } from './references/mayfly-operations.ts'
import { writeOperations } from './references/operations.ts'
import { writeOrganizationDocument } from './references/organization-document.ts'
import { writeOrganizationSchema } from './references/organization-schema.ts'

export interface Reference {
  /** Below the root. */
  file: string
  /** The page as it should be. */
  write(): Promise<string>
}

export const references: Reference[] = [
  { file: 'docs/reference/commands.md', write: writeCommands },
  { file: 'docs/reference/configuration.md', write: writeConfiguration },
  { file: 'docs/reference/organization-document.md', write: writeOrganizationDocument },
  { file: 'examples/organization.schema.json', write: writeOrganizationSchema },
  { file: 'packages/server/src/services/mayfly/mayfly-operations.ts', write: writeMayflyOperations },
  { file: 'docs/reference/operations.md', write: writeOperations },
]

if (process.argv[1] === import.meta.filename) {
  for (const { file, write } of references) writeFileSync(join(root, file), await write())
}
