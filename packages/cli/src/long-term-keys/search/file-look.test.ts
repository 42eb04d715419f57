import { expect, test } from 'vitest'
import type { OpenFile } from '../../machine/file-tree.ts'
import { detectKeys } from '../detection/detect-keys.ts'
import { keyId, secretOf } from '../detection/testing/made-keys.ts'
import { createLookBuffer, type FileLook, lookInto } from './file-look.ts'

const MEBIBYTE = 1 << 20
const [A, a] = [keyId('111122223333', 1), secretOf(1)]
const PAIR = `AWS_ACCESS_KEY_ID=${A}\nAWS_SECRET_ACCESS_KEY=${a}\n`

/** A file that gives out odd pieces, as a network may. */
function fileOf(content: Buffer): OpenFile {
  let position = 0
  return {
    facts: { kind: 'file', device: 1, inode: 1, size: content.length },
    read(into, offset) {
      const piece = content.subarray(position, position + Math.min(into.length - offset, 300_001))
      into.set(piece, offset)
      position += piece.length
      return piece.length
    },
    close: () => undefined,
  }
}

const look = (
  content: Buffer,
  options: { everything?: boolean; bytesPerFile?: number; path?: string } = {},
): FileLook =>
  lookInto(fileOf(content), createLookBuffer(), {
    ...{ detect: detectKeys, path: '/x', everything: false, bytesPerFile: 64 * MEBIBYTE, goesOn: () => true },
    ...options,
  })

const places = (found: FileLook): string[] =>
  found.seen.map(({ detected: { accessKeyId, secret, line, column } }) =>
    [accessKeyId ?? '-', secret?.reveal() ?? '-', line, column].join(' '),
  )

test.each([
  ['UTF-8', Buffer.from(`é\n${PAIR}`)],
  ['UTF-8 with a mark', Buffer.from(`\uFEFFé\n${PAIR}`)],
  ['UTF-16LE with a mark', Buffer.from(`\uFEFFé\n${PAIR}`, 'utf16le')],
  ['UTF-16LE without one', Buffer.from(`e\n${PAIR}`, 'utf16le')],
  ['UTF-16BE with a mark', Buffer.from(`\uFEFFé\n${PAIR}`, 'utf16le').swap16()],
  ['UTF-16BE without one', Buffer.from(`e\n${PAIR}`, 'utf16le').swap16()],
  ['Latin-1', Buffer.from(`é\n${PAIR}`, 'latin1')],
])('%s is read', (_, content) => {
  expect(places(look(content))).toEqual([`${A} ${a} 2 19`])
})

test('what is no text is passed over, but for databases whose texts lie in them as they are', () => {
  expect(look(Buffer.from(`\u007fELF\0\0${PAIR}`)).passedOver).toBe('binary')
  expect(places(look(Buffer.from(`\u007fELF\0\0\n${PAIR}`), { everything: true }))).toEqual([`${A} ${a} 2 19`])
  expect(places(look(Buffer.from(`b0VIM 9.0\0\0\n${PAIR}`)))).toEqual([`${A} ${a} 2 19`])
  expect(places(look(Buffer.from(`SQLite format 3\0\0\n${PAIR}`)))).toEqual([`${A} ${a} 2 19`])
})

test('a file that is named as a secret is holds one', () => {
  expect(places(look(Buffer.from(`${a}\n`), { path: '/run/secrets/aws_secret_access_key' }))).toEqual([`- ${a} 1 1`])
  expect(places(look(Buffer.from(`${a}\n`), { path: '/run/secrets/other' }))).toEqual([])
})

test.each([
  ['at every place around the end of the first piece', MEBIBYTE - 200, 400],
  ['at every place around the overlap', MEBIBYTE - (1 << 16) - 100, 300],
  ['at every place around the middle of the overlap', MEBIBYTE - (1 << 15) - 100, 300],
])('in a big file a key is found once, %s', (_, from, count) => {
  const wrong: string[] = []
  for (let at = from; at < from + count; at += 13) {
    const content = Buffer.concat([
      Buffer.alloc(at, 'x\n'),
      Buffer.from(`\n${PAIR}`),
      Buffer.alloc(3 * MEBIBYTE, 'y\n'),
    ])
    const line = Math.floor(at / 2) + 2
    if (places(look(content)).join() !== `${A} ${a} ${line} 19`) wrong.push(`${at}: ${places(look(content))}`)
  }
  expect(wrong).toEqual([])
})

test('in one line of megabytes columns are counted in UTF-16 units', () => {
  const before = 'é😀x'.repeat(400_000)
  const content = Buffer.from(`${before} ${A}:${a}`)
  expect(places(look(content))).toEqual([`${A} ${a} 1 ${before.length + 2}`])
})

test('a big file in UTF-16 has its lines', () => {
  const content = Buffer.from(`\uFEFF${'x\r\n'.repeat(700_000)}é${PAIR}`, 'utf16le')
  expect(places(look(content))).toEqual([`${A} ${a} 700001 20`])
  expect(places(look(Buffer.from(content).swap16()))).toEqual([`${A} ${a} 700001 20`])
})

test('what lies beyond the limit is not looked at, and that is said', () => {
  const content = Buffer.concat([Buffer.alloc(3 * MEBIBYTE, 'x\n'), Buffer.from(PAIR)])
  expect(look(content, { bytesPerFile: 2 * MEBIBYTE })).toMatchObject({ seen: [], passedOver: 'too-big' })
  expect(places(look(content))).toHaveLength(1)
  expect(look(Buffer.alloc(MEBIBYTE, 'x')).passedOver).toBeUndefined()
})

test('a line of many megabytes that is made of keys takes no long time, and ends', () => {
  const keys = Array.from({ length: 2000 }, (_, number) => `${keyId('111122223333', number)} é`).join(' ')
  const before = performance.now()
  const found = look(Buffer.from(`${keys} `.repeat(80)))
  expect(performance.now() - before).toBeLessThan(4_000)
  expect(found.passedOver).toBe('too-big')
  expect(found.seen.length).toBeGreaterThan(10_000)
  const [, , third] = found.seen
  expect(third?.detected).toMatchObject({ line: 1, column: 1 + 2 * (keyId('111122223333', 1).length + 3) })
  const last = found.seen.at(-1)?.detected
  expect(((last?.column ?? 0) - 1) % (keyId('111122223333', 1).length + 3)).toBe(0)
})
