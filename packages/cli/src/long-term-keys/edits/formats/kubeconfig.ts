/** kubeconfig files: what `exec` programs of users find in their environment. */

import type { Document, YAMLMap, YAMLSeq } from 'yaml'
import type { Splice } from '../text/splice.ts'
import { type Format, NOTHING } from './format.ts'
import { editJson } from './json.ts'
import { type Assignment, isKeyVariable, replaceVariables } from './key-variables.ts'
import { endOfLine, nextLine } from './whole-lines.ts'

type Yaml = typeof import('yaml')

/** `users: [{ user: { exec: { env: [{ name, value }] } } }]`, as YAML in blocks or as JSON. */
export const editKubeconfig: Format = async (question) => {
  const { text } = question
  if (/^\s*\{/.test(text)) return editJson(question)
  // A file without such a program needs no reading, which may take long.
  if (!/^[ \t]+(?:- )?exec:/m.test(text)) return NOTHING
  const yaml = await import('yaml')
  const documents = parse(yaml, text)
  if (!documents) return { ...NOTHING, leaves: 'It cannot be read as YAML.' }
  const assignments: Assignment[] = []
  for (const document of documents) {
    const users = document.get('users')
    if (!yaml.isSeq(users)) continue
    for (const user of users.items) {
      const env = yaml.isMap(user) ? user.getIn(['user', 'exec', 'env']) : undefined
      // A flow collection in the middle of a block is for a person.
      if (yaml.isSeq(env) && !env.flow) assignments.push(...readItems(yaml, text, env))
    }
  }
  return replaceVariables(question, assignments)
}

/** Nothing for what has errors, or is nested deeper than the stack. */
function parse(yaml: Yaml, text: string): readonly Document[] | undefined {
  try {
    const documents = yaml.parseAllDocuments(text, { uniqueKeys: false, logLevel: 'silent' })
    return Array.isArray(documents) && documents.every(({ errors }) => errors.length === 0) ? documents : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function readItems(yaml: Yaml, text: string, list: YAMLSeq): readonly Assignment[] {
  return list.items.flatMap((item): readonly Assignment[] => {
    if (!yaml.isMap(item) || item.anchor !== undefined) return []
    const [name, value] = [pairOf(yaml, item, 'name'), pairOf(yaml, item, 'value')]
    if (!name || !value || !isKeyVariable(name.text)) return []
    const end = Math.max(
      ...item.items.flatMap((pair) => (yaml.isScalar(pair.value) ? [pair.value.range?.[1] ?? 0] : [])),
    )
    const removal = removeItem(text, item.range?.[0] ?? 0, item.flow ? (item.range?.[1] ?? 0) : end)
    if (!removal) return []
    return [
      {
        name: name.text,
        value: value.text,
        scope: list.range?.[0] ?? 0,
        become: (newName, newValue) => [
          { start: name.start, end: name.end, text: newName },
          {
            start: value.start,
            end: value.end,
            text: /^[A-Za-z][\w./@-]*$/.test(newValue) && !WORDS.test(newValue) ? newValue : JSON.stringify(newValue),
          },
        ],
        removal: [removal],
      },
    ]
  })
}

// What YAML 1.1 readers take for something else than text.
const WORDS = /^(?:y|n|yes|no|on|off|true|false|null)$/i

function pairOf(
  yaml: Yaml,
  item: YAMLMap,
  key: string,
): { readonly text: string; readonly start: number; readonly end: number } | undefined {
  const node = item.get(key, true)
  if (!yaml.isScalar(node) || typeof node.value !== 'string' || !node.range || node.anchor !== undefined)
    return undefined
  return { text: node.value, start: node.range[0], end: node.range[1] }
}

/** The lines of an item of a block sequence; a comment behind its last value stays. Nothing when it shares a line. */
function removeItem(text: string, start: number, end: number): Splice | undefined {
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1
  const indent = /^([ \t]*)-[ \t]+$/.exec(text.slice(lineStart, start))?.[1]
  if (indent === undefined) return undefined
  const lineEnd = endOfLine(text, end)
  const behind = text.slice(end, lineEnd).trimStart()
  if (behind.startsWith('#')) return { start: lineStart + indent.length, end: lineEnd - behind.length, text: '' }
  return behind === '' ? { start: lineStart, end: nextLine(text, lineEnd), text: '' } : undefined
}
