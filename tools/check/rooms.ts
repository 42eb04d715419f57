/** A room stays small and says what it is: captions, file and function lengths, file names. */

import { listSources, type Node, placeOf, type Source, walk } from './source.ts'

const LONGEST_FILE = 300
const LONGEST_FUNCTION = 60
/** Most of a component is markup, which reads from top to bottom. */
const LONGEST_COMPONENT = 100
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])
const EMPTY_NAMES = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'index'])

export const checkRooms = (): string[] =>
  listSources(['packages', 'tools', 'conformance', 'bench']).flatMap(inspectRoom)

/** What a reader would send back about the file as a whole. */
function inspectRoom(source: Source): string[] {
  const { path, text } = source
  const problems: string[] = []
  const name = path.split('/').at(-1) ?? ''
  const isOfTests = /\.test(-d)?\.tsx?$/.test(name)
  const lines = text.trimEnd().split('\n').length
  if (!isOfTests && !/^(#!.*\n)?\/\*\*/.test(text))
    problems.push(`${path}: opens with no sentence that says what it is`)
  if (lines > LONGEST_FILE && !isOfTests) problems.push(`${path}: ${lines} lines; look for the second idea`)
  if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/.test(name)) problems.push(`${path}: file names are kebab-case`)
  if (EMPTY_NAMES.has(name.split('.')[0] ?? '')) problems.push(`${path}: this name says nothing`)
  if (!isOfTests) problems.push(...longFunctions(source))
  return problems
}

function longFunctions(source: Source): string[] {
  const problems: string[] = []
  const longest = source.path.endsWith('.tsx') ? LONGEST_COMPONENT : LONGEST_FUNCTION
  walk(source, (node: Node) => {
    if (!FUNCTIONS.has(node.type)) return
    const lines = source.text.slice(node.start, node.end).split('\n').length
    if (lines > longest) problems.push(`${placeOf(source, node.start)}: a function of ${lines} lines`)
  })
  return problems
}
