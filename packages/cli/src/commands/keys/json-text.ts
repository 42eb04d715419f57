/** JSON for programs that a person may look at all the same: names of files, users and servers move no cursor. */

// JSON leaves in place what an older terminal takes for the beginning of a command, and what turns the writing round.
const SIGNS = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** It means the same; with a new line at its end. */
export const formatJson = (value: object): string =>
  `${JSON.stringify(value, undefined, 2).replace(SIGNS, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`
