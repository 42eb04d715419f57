/** Names that not every tool reads. */

import { isReadableByEveryTool } from '../../shared-config/section-header.ts'

/** A warning for each name that has to stand in quotes; empty when none has. */
export const quotedNameWarning = (names: readonly string[]): string =>
  names
    .filter((name) => !isReadableByEveryTool(name))
    .map(
      (name) =>
        `Warning: the AWS SDKs for JavaScript and Go do not find the name "${name}": use letters, digits and -_.@+%:/ alone.\n`,
    )
    .join('')
