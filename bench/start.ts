/** How soon the server is ready, what memory it takes, and how much a browser must fetch for its pages. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { ServerProcess } from '../conformance/harness/server-process.ts'
import { openFamilies } from './families.ts'
import { residentMemory } from './processes.ts'
import { median } from './whole-process.ts'

export interface StartFigure {
  readonly what: string
  readonly value: string
  readonly target: string
}

export async function measureStart(rounds: number): Promise<readonly StartFigure[]> {
  const data = mkdtempSync(join(tmpdir(), 'mayfly-bench-'))
  try {
    const first = await timeStart(data)
    const later: number[] = []
    for (let round = 0; round < rounds; round++) later.push(await timeStart(data))
    const server = await ServerProcess.start({ data })
    try {
      const idle = residentMemory(server.pid) ?? Number.NaN
      await openFamilies(server.origin, 50)
      const used = residentMemory(server.pid) ?? Number.NaN
      return [
        { what: 'start to `ready`, new folder', value: milliseconds(first), target: '≤ 500 ms' },
        { what: 'start to `ready`', value: milliseconds(median(later)), target: '≤ 500 ms' },
        { what: 'memory, just started', value: `${Math.round(idle)} MiB`, target: '≤ 120 MB' },
        { what: 'memory, after 50 sign-ins of clients', value: `${Math.round(used)} MiB`, target: '≤ 120 MB' },
        { what: 'portal, first load, gzip', value: await weigh(`${server.origin}/start`), target: '≤ 400 KB' },
        { what: 'sign-in page, gzip', value: await weigh(`${server.origin}/sign-in`), target: '≤ 30 KB' },
      ]
    } finally {
      await server.stop()
    }
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}

async function timeStart(data: string): Promise<number> {
  const start = performance.now()
  const server = await ServerProcess.start({ data })
  const elapsed = performance.now() - start
  await server.stop()
  return elapsed
}

const milliseconds = (value: number): string => `${Math.round(value)} ms`

/** A page with all that its HTML names, and every font that its styles name, each compressed as it may be sent. */
async function weigh(url: string): Promise<string> {
  const page = await fetchBytes(url)
  const parts = await Promise.all(
    named(page, /(?:src|href)="(\/[^"#]*\.[a-z0-9]+)"/g).map((path) => fetchAt(path, url)),
  )
  const fonts = [...new Set(parts.flatMap((part) => named(part, /url\(["']?([^"')]+\.woff2)/g)))]
  const all = [
    page,
    ...parts,
    ...(await Promise.all(fonts.map((path) => fetchAt(path, `${new URL(url).origin}/assets/`)))),
  ]
  return `${(all.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0) / 1000).toFixed(1)} KB`
}

const named = (text: Buffer, reference: RegExp): string[] => [
  ...new Set([...text.toString().matchAll(reference)].map(([, path = '']) => path)),
]

const fetchAt = (path: string, base: string): Promise<Buffer> => fetchBytes(new URL(path, base).href)

async function fetchBytes(url: string): Promise<Buffer> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}
