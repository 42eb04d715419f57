/** One thing, one word: no file and no declaration is named with a word from the right column of STYLE.md's table. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../build/target.ts'
import { isTest, listSources, type Node, placeOf, type Source, walk } from './source.ts'

const DECLARATIONS = new Set([
  'FunctionDeclaration',
  'ClassDeclaration',
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'VariableDeclarator',
])

/** A word that we do not say, and the one that we do. */
export interface Unsaid {
  word: string
  say: string
}

export function checkWords(): string[] {
  const unsaid = parseWords(readFileSync(join(root, 'STYLE.md'), 'utf8'))
  if (unsaid.length === 0) return ['STYLE.md has no table of words']
  return listSources(['packages', 'tools'])
    .filter((source) => !isTest(source))
    .flatMap((source) => findUnsaid(source, unsaid))
}

/** The rows of the table `| we say | we do not say |`; the tool reads what its right column shows in code font. */
export function parseWords(text: string): Unsaid[] {
  const rows = text.slice(text.indexOf('| we say |')).split('\n\n')[0]?.split('\n').slice(2) ?? []
  return rows.flatMap((row) => {
    const [, say, not] = row.split('|')
    return [...(not ?? '').matchAll(/`([^`]+)`/g)].map(([, word]) => ({ word: word ?? '', say: (say ?? '').trim() }))
  })
}

/** Every name in the source, its own file name included, that holds an unsaid word. */
export function findUnsaid(source: Source, unsaid: readonly Unsaid[]): string[] {
  const problems: string[] = []
  const judge = (name: string, offset: number): void => {
    const spoken = ` ${wordsOf(name).join(' ')} `
    const found = unsaid.find(({ word }) => spoken.includes(` ${word} `) || spoken.includes(` ${word}s `))
    if (found) problems.push(`${placeOf(source, offset)}: ${name}: we do not say "${found.word}" but ${found.say}`)
  }
  judge(
    source.path
      .split('/')
      .at(-1)
      ?.replace(/\.tsx?$/, '') ?? '',
    0,
  )
  walk(source, (node) => {
    const id = DECLARATIONS.has(node.type) ? (node['id'] as Node | null) : null
    if (id?.type === 'Identifier') judge(String(id['name']), id.start)
  })
  return problems
}

/** `createRoleBundle` → create, role, bundle. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/OAuth/g, 'Oauth')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
