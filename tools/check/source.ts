/** The sources of the packages, as text and as syntax trees. */

import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseAst } from 'rolldown/parseAst'
import { root } from '../build/target.ts'

export interface Source {
  /** Below the root, with forward slashes. */
  path: string
  text: string
}

/** A node of the ESTree form; what else it has depends on its type. */
export interface Node {
  type: string
  start: number
  end: number
  [member: string]: unknown
}

/** Every TypeScript file below these folders of the root. */
export function listSources(folders: readonly string[]): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.d\.ts$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => ({ path: relative(root, file).replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }))
      .filter(({ path }) => !/(^|\/)(node_modules|dist[.\d]*)\//.test(path))
      .sort((one, other) => (one.path < other.path ? -1 : 1)),
  )
}

/** Whether a file is a test or a tool of tests. */
export const isTest = ({ path }: Source): boolean => /\.test(-d)?\.tsx?$|\/testing\//.test(path)

/** Calls `visit` with each node of the source and its parent. */
export function walk({ path, text }: Source, visit: (node: Node, parent: Node | undefined) => void): void {
  const lang = path.endsWith('.tsx') ? 'tsx' : 'ts'
  step(parseAst(text, { lang }) as unknown as Node, undefined)

  function step(node: Node, parent: Node | undefined): void {
    visit(node, parent)
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) step(child, node)
    }
  }
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

/** `path:line` of a place in the source. */
export const placeOf = ({ path, text }: Source, offset: number): string =>
  `${path}:${text.slice(0, offset).split('\n').length}`
