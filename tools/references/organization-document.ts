/** docs/reference/organization-document.md: every key of an organization document. */

import { isRequired, type Key, type Keys, type Value } from '../../packages/server/src/example/document-key.ts'
import { ORGANIZATION } from '../../packages/server/src/example/organization-keys.ts'
import { formatLength } from '../../packages/server/src/example/place.ts'

const HEAD = `# The organization document

Written by \`tools/write-references.ts\` from the rules of the loader.

\`mayfly-server --example\` serves the organization of [examples/acme.yaml](../../examples/acme.yaml). To serve one of your
own, as a test double with your accounts and your names, copy that file, change it, and name it:

    MAYFLY_EXAMPLE=./organization.yaml mayfly-server --data ./organization-data

The document fills an empty data folder, once. What you change in it later counts for a new data folder: stop the server,
remove the old one, start again. Ids follow from names, so the same document makes the same ids everywhere. Whoever reads
the file knows its passwords: the server listens on loopback only while it is named.

Editors that know JSON Schema check the document while you type:

    # yaml-language-server: $schema=organization.schema.json

with [examples/organization.schema.json](../../examples/organization.schema.json) beside it. The schema knows the keys and
what each takes; that names are unique, and that what is named is there, only the server checks. It says what is wrong by
file, line and column, and what to do about it:

    mayfly-server: organization.yaml:15:88: users[0].groups[0] names Raeders, which is not among the groups.
    Did you mean Readers?

A document has at most 1,000,000 characters and no aliases (\`*name\`).`

export async function writeOrganizationDocument(): Promise<string> {
  const sections = Object.entries<Key>(ORGANIZATION).flatMap(([name, key]) => describe(name, key))
  return `${[HEAD, '', ...sections].join('\n').trimEnd()}\n`
}

function describe(name: string, key: Key): string[] {
  const keys = keysOf(key.value)
  const isList = key.value.type === 'list'
  const need = isRequired(key) ? 'It must be there.' : 'It may be left out.'
  return [
    `## ${name}`,
    '',
    `${key.summary}${isList ? ', a list' : ''}. ${need}`,
    '',
    '| key | takes | default | example |',
    '| --- | --- | --- | --- |',
    ...rowsOf('', keys),
    '',
  ]
}

function rowsOf(before: string, keys: Keys): string[] {
  return Object.entries(keys).flatMap(([name, key]) => {
    if (key.value.type === 'members') return rowsOf(`${before}${name}.`, key.value.keys)
    const cells = [
      code(before + name),
      `${key.summary}; ${describeValue(key.value)}`,
      key.default === undefined ? (isRequired(key) ? 'must be there' : '') : code(key.default),
      code(key.example),
    ]
    return [`| ${cells.join(' | ').replaceAll('||', '\\|\\|')} |`]
  })
}

function describeValue(value: Value): string {
  switch (value.type) {
    case 'members':
      return 'members'
    case 'list':
      return `a list, each ${describeValue(value.of)}`
    case 'text':
      return value.what
    case 'choice':
      return `one of ${value.choices.map(code).join(', ')}`
    case 'flag':
      return '`true` or `false`'
    case 'duration':
      return `a duration from ${code(formatLength(value.least))} to ${code(formatLength(value.most))}`
    case 'policy':
      return 'a policy document'
  }
}

function keysOf(value: Value): Keys {
  if (value.type === 'members') return value.keys
  return value.type === 'list' ? keysOf(value.of) : {}
}

const code = (text: string): string => `\`${text}\``
