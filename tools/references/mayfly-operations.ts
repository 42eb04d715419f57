/** The types of the own service's operations, from its model: there is no SDK client to read them off. */

import { loadModel } from '../../packages/wire/src/model/models.ts'
import { getShape, type ServiceModel, type Shape } from '../../packages/wire/src/model/service-model.ts'

const HEAD = `/** The operations of the own service, typed: written by tools/write-references.ts from models/mayfly/mayfly.json. */

type Handles<Input, Output, Context> = (input: Input, context: Context) => Promise<Output> | Output
`

/** As wide as the formatter lets a line be. */
const WIDTH = 120

export async function writeMayflyOperations(): Promise<string> {
  const model = await loadModel('mayfly')
  const handlers = Object.values(model.operations).map(({ name, input, output }) => {
    const line = `  ${name}: Handles<${input?.shape}, ${output?.shape}, Context>`
    return line.length <= WIDTH
      ? line
      : `  ${name}: Handles<\n    ${input?.shape},\n    ${output?.shape},\n    Context\n  >`
  })
  const structures = Object.entries(model.shapes).filter(
    ([, shape]) => shape.type === 'structure' && !shape.exception && !shape.document,
  )
  return [
    HEAD,
    `export type MayflyOperations<Context> = {\n${handlers.join('\n')}\n}\n`,
    ...structures.map(([name, shape]) => writeStructure(model, name, shape)),
    '',
  ].join('\n')
}

function writeStructure(model: ServiceModel, name: string, { members = {}, required = [] }: Shape): string {
  const parts = Object.entries(members).map(([member, { shape }]) => {
    const type = typeOf(model, shape)
    return required.includes(member) ? `${member}: ${type}` : `${member}?: ${type} | undefined`
  })
  if (parts.length === 0) return `type ${name} = Record<never, never>`
  const line = `type ${name} = { ${parts.join('; ')} }`
  return line.length <= WIDTH ? line : `type ${name} = {\n${parts.map((part) => `  ${part}\n`).join('')}}`
}

function typeOf(model: ServiceModel, name: string): string {
  const shape = getShape(model, name)
  switch (shape.type) {
    case 'structure':
      return shape.document ? 'Readonly<Record<string, unknown>>' : name
    case 'list': {
      const item = typeOf(model, shape.member?.shape ?? '')
      return item.includes('|') ? `readonly (${item})[]` : `readonly ${item}[]`
    }
    case 'boolean':
      return 'boolean'
    case 'timestamp':
      return 'Date'
    case 'string':
      return shape.enum?.map((value) => `'${value}'`).join(' | ') ?? 'string'
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return 'number'
    default:
      throw new Error(`No type for ${name}.`)
  }
}
