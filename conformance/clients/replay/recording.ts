/** Reads the recorded sessions of real clients. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../harness/root.ts'

/** One command as it was typed, what the terminal showed, and how it ended. */
export interface RecordedCommand {
  readonly command: string
  readonly shown: string
  readonly status: number
  readonly exchanges: readonly Exchange[]
}

export interface Exchange {
  readonly method: string
  /** With the query. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly status: number
  readonly answer: string
}

/** `~/.aws` at one moment: mode and content by path; a folder has no content. */
export type Snapshot = ReadonlyMap<string, { readonly mode: string; readonly content: string | undefined }>

const read = (name: string): string => readFileSync(join(root, 'conformance/clients/transcripts', name), 'utf8')

/** The commands of a session, each with the requests that it sent. */
export function readSession(name: string): readonly RecordedCommand[] {
  const requests = readExchanges(name)
  return read(`${name}.txt`)
    .split(/^(?=\$ )/m)
    .filter((block) => block.startsWith('$ '))
    .map((block, index) => {
      const [, command = '', shown = '', status = ''] =
        /^\$ (.*)\n([\s\S]*?)\n?\[exit status (\d+)\]\s*$/.exec(block) ?? []
      return { command, shown: shown.trimEnd(), status: Number(status), exchanges: requests[index] ?? [] }
    })
}

/** The requests of a session, by command. */
function readExchanges(name: string): readonly (readonly Exchange[])[] {
  return read(`${name}.http.txt`)
    .split(/^### .*\n/m)
    .slice(1)
    .map((block) =>
      block
        .split(/^(?=(?:GET|HEAD|POST) \/)/m)
        .filter((text) => text.trim() !== '')
        .map(parseExchange),
    )
}

function parseExchange(text: string): Exchange {
  const [request = '', answer = ''] = text.split(/^--> /m)
  const [head = '', ...rest] = request.split('\n\n')
  const [line = '', ...headers] = head.split('\n')
  const [method = '', target = ''] = line.split(' ')
  const [, status = '', body = ''] = /^(\d+) ?([\s\S]*)$/.exec(answer.trimEnd()) ?? []
  return {
    method,
    target,
    headers: Object.fromEntries(
      headers.map((header) => {
        const colon = header.indexOf(':')
        return [header.slice(0, colon).toLowerCase(), header.slice(colon + 1).trim()]
      }),
    ),
    body: rest.join('\n\n').trim(),
    status: Number(status),
    answer: body,
  }
}

/** The snapshots of a session, in order. A new one begins where the paths begin again. */
export function readSnapshots(name: string): readonly Snapshot[] {
  const snapshots: Map<string, { mode: string; content: string | undefined }>[] = []
  let last = '\uffff'
  for (const part of read(`${name}.files.txt`).split(/^(?=--- )/m)) {
    const [, path = '', mode = '', content = ''] = /^--- (\S+) mode (\S+)\n([\s\S]*)$/.exec(part) ?? []
    if (path <= last) snapshots.push(new Map())
    last = path
    snapshots.at(-1)?.set(path, { mode, content: path.endsWith('/') ? undefined : content.trimEnd() })
  }
  return snapshots
}
