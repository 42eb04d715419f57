/** examples/organization.schema.json: what editors check an organization document against. */

import { isRequired, type Key, type Keys, type Value } from '../../packages/server/src/example/document-key.ts'
import { ORGANIZATION } from '../../packages/server/src/example/organization-keys.ts'
import { formatLength } from '../../packages/server/src/example/place.ts'

export async function writeOrganizationSchema(): Promise<string> {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'An organization for mayfly-server',
    description: 'Written by tools/write-references.ts from the rules of the loader.',
    ...membersOf(ORGANIZATION),
  }
  return `${JSON.stringify(schema, undefined, 2)}\n`
}

const membersOf = (keys: Keys): object => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(keys).filter((name) => keys[name] && isRequired(keys[name])),
  properties: Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, schemaOfKey(key)])),
})

const schemaOfKey = (key: Key): object => ({
  description: `${key.summary.replaceAll('`', '')}.${key.default === undefined ? '' : ` Default: ${key.default}.`}`,
  ...schemaOf(key.value),
})

function schemaOf(value: Value): object {
  switch (value.type) {
    case 'members':
      return membersOf(value.keys)
    case 'list':
      return { type: 'array', items: schemaOf(value.of) }
    case 'text':
      return { type: 'string', pattern: value.pattern.source }
    case 'choice':
      return { enum: value.choices }
    case 'flag':
      return { type: 'boolean' }
    case 'duration':
      return {
        type: 'string',
        pattern: '^P(?=.)(\\d{1,5}D)?(T(?=.)(\\d{1,5}H)?(\\d{1,5}M)?(\\d{1,5}S)?)?$',
        examples: [formatLength(value.least), formatLength(value.most)],
      }
    case 'policy':
      return { anyOf: [{ type: 'object' }, { type: 'string' }] }
  }
}
