/** Settings in JSON, with comments or without: objects that name environment variables. */

import type { Node } from 'jsonc-parser'
import type { Format } from './format.ts'
import { type Assignment, isKeyVariable, replaceVariables } from './key-variables.ts'
import { removeMembers } from './list-members.ts'

/** `"env": { "AWS_ACCESS_KEY_ID": "…" }`, and `"env": [{ "name": "AWS_ACCESS_KEY_ID", "value": "…" }]`. */
export const editJson: Format = async (question) => {
  const { text } = question
  const root = await parse(text)
  if (root === 'too-deep') return { splices: [], notes: [], leaves: 'It is nested too deeply.' }
  const assignments = root ? readNodes(root) : []
  return replaceVariables(question, assignments, {
    removeTogether: (groups) =>
      [...groups].flatMap(([group, members]) => {
        const ranges = ((group as Node).children ?? []).map(({ offset, length }) => ({
          start: offset,
          end: offset + length,
        }))
        return removeMembers(text, ranges, new Set(members))
      }),
  })
}

async function parse(text: string): Promise<Node | undefined | 'too-deep'> {
  const { parseTree } = await import('jsonc-parser')
  try {
    return parseTree(text.replace(/^\ufeff/, ' '), [], { allowTrailingComma: true })
  } catch (error) {
    if (error instanceof RangeError) return 'too-deep'
    throw error
  }
}

function readNodes(root: Node): readonly Assignment[] {
  const assignments: Assignment[] = []
  // A list rather than calls: a file may be nested deeper than the stack.
  const nodes = [root]
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    nodes.push(...(node.children ?? []))
    if (node.type === 'object') assignments.push(...readObject(node))
    if (node.type === 'array') assignments.push(...readArray(node))
  }
  return assignments
}

const readObject = (object: Node): readonly Assignment[] =>
  (object.children ?? []).flatMap((property, member) => assignmentOf(object, member, property.children ?? []))

const readArray = (array: Node): readonly Assignment[] =>
  (array.children ?? []).flatMap((item, member) => {
    const find = (name: string): Node | undefined =>
      item.children?.find(({ children }) => children?.[0]?.value === name)?.children?.[1]
    const [name, value] = [find('name'), find('value')]
    return name && value ? assignmentOf(array, member, [name, value]) : []
  })

function assignmentOf(group: Node, member: number, [name, value]: readonly Node[]): readonly Assignment[] {
  if (!name || value?.type !== 'string' || typeof name.value !== 'string' || !isKeyVariable(name.value)) return []
  return [
    {
      name: name.value,
      value: String(value.value),
      scope: group.offset,
      become: (newName, newValue) => [
        { start: name.offset, end: name.offset + name.length, text: JSON.stringify(newName) },
        { start: value.offset, end: value.offset + value.length, text: JSON.stringify(newValue) },
      ],
      removal: { group, member },
    },
  ]
}
