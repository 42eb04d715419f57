/** Time and chance come in through two doors, the process through three: nothing else reads them. */

import { isTest, listSources, type Node, placeOf, type Source, walk } from './source.ts'

const PACKAGES = ['packages/identity-center/src', 'packages/wire/src', 'packages/store/src', 'packages/server/src']
const CLIENTS = ['packages/console/src', 'packages/cli/src']

const CLOCKS = /(^|\/)(clock|random)\.ts$|^packages\/cli\/src\/(machine|hot)\//
const PROCESSES = /\/src\/(main|config)\.ts$|^packages\/cli\/src\/(machine|hot)\//

const TIMERS = new Set(['setTimeout', 'setInterval'])
const GLOBALS = new Set(['globalThis', 'window', 'self'])
const CHANCE = new Set(['randomUUID', 'randomBytes', 'randomInt', 'getRandomValues'])

export const checkDoors = (): string[] =>
  listSources([...PACKAGES, ...CLIENTS])
    .filter((source) => !isTest(source))
    .flatMap(findDoors)

/** Each place in the source that reads time, chance or the process itself. */
export function findDoors(source: Source): string[] {
  const problems: string[] = []
  walk(source, (node, parent) => {
    const what = CLOCKS.test(source.path) ? undefined : timeOrChance(node, parent)
    if (what) problems.push(`${placeOf(source, node.start)}: ${what}: take the clock, or the random, that is handed in`)
    if (!PROCESSES.test(source.path) && isProcess(node, parent)) {
      problems.push(`${placeOf(source, node.start)}: process: only main.ts, config.ts and machine/ know it`)
    }
  })
  return problems
}

function timeOrChance(node: Node, parent: Node | undefined): string | undefined {
  if (node.type === 'NewExpression' && nameOf(node['callee']) === 'Date' && isEmpty(node['arguments'])) {
    return 'new Date()'
  }
  if (node.type === 'MemberExpression') {
    const path = `${nameOf(node['object'])}.${nameOf(node['property'])}`
    if (path === 'Date.now' || path === 'Math.random' || path === 'performance.now') return path
    if (CHANCE.has(nameOf(node) ?? '')) return path
    if (GLOBALS.has(nameOf(node['object']) ?? '') && TIMERS.has(nameOf(node) ?? '')) return path
  }
  if (node.type === 'Identifier' && isRead(node, parent)) {
    const name = nameOf(node) ?? ''
    if (TIMERS.has(name) || CHANCE.has(name)) return name
  }
  return undefined
}

const isProcess = (node: Node, parent: Node | undefined): boolean =>
  (node.type === 'Identifier' && node['name'] === 'process' && isRead(node, parent)) ||
  (node.type === 'ImportDeclaration' && /^(node:)?process$/.test(String((node['source'] as Node)['value'])))

/** Whether the identifier stands for a value, rather than for the name of a member or of a parameter. */
function isRead(node: Node, parent: Node | undefined): boolean {
  if (!parent) return false
  if (parent.type === 'MemberExpression') return parent['object'] === node || parent['computed'] === true
  if (parent.type === 'CallExpression' || parent.type === 'NewExpression') return true
  if (parent.type === 'ImportSpecifier') return parent['imported'] === node
  if (parent.type === 'VariableDeclarator') return parent['init'] === node
  return parent.type === 'AssignmentExpression'
}

/** An identifier's name; of `globalThis.performance`, the last one. */
function nameOf(node: unknown): string | undefined {
  const { type, name, property } = (node ?? {}) as Record<string, unknown>
  return type === 'MemberExpression' ? nameOf(property) : (name as string | undefined)
}

const isEmpty = (list: unknown): boolean => Array.isArray(list) && list.length === 0
