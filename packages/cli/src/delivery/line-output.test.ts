import { expect, test } from 'vitest'
import { createLineCutter, formatPrefix, prefixWidth } from './line-output.ts'

function cut(...pieces: readonly string[]): readonly string[] {
  const lines: string[] = []
  const cutter = createLineCutter((line) => lines.push(line))
  for (const piece of pieces) cutter.take(piece)
  cutter.close()
  return lines
}

test('lines are whole, however they arrive, and a last one needs no end', () => {
  expect(cut('a', 'b\nc', '\n\nd')).toEqual(['ab', 'c', '', 'd'])
  expect(cut('a\n')).toEqual(['a'])
  expect(cut('')).toEqual([])
})

test('what was overwritten in a line is gone, so that nothing is written over the name', () => {
  expect(cut('10 %\r50 %\r', '100 %\r\nend')).toEqual(['100 %', 'end'])
})

test('a line without an end is given out before it fills the memory', () => {
  expect(cut('x'.repeat(70_000), 'y').map(({ length }) => length)).toEqual([70_000, 1])
})

test('names stand in one column, with colours only where they are shown', () => {
  expect(formatPrefix('dev', { width: 5, index: 0, styled: false })).toBe('dev   | ')
  expect(formatPrefix('dev', { width: 5, index: 6, styled: true })).toBe('\u001b[33mdev   |\u001b[0m ')
  expect(prefixWidth(['a', 'x'.repeat(80)])).toBe(40)
  expect(prefixWidth([])).toBe(0)
})
