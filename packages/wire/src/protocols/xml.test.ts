import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fastestRun } from '../testing/fastest-run.ts'
import { element, escapeXml, findChild, parseXml } from './xml.ts'

test('any text survives being written and read, but for what XML cannot hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML 1.0 cannot hold
      fc.pre(!/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/.test(text))
      const root = parseXml(`<?xml version="1.0"?>\n${element('a', element('b', escapeXml(text)))}`)
      expect(findChild(root, 'b')?.text ?? '').toBe(text)
    }),
  )
})

test('elements, attributes, comments, empty elements, character references', () => {
  const root = parseXml('<a xmlns="x"><!-- note --><b/><c>1 &lt; &#50; &amp;&#x33; &constructor;</c></a>')
  expect(root?.children.map(({ name }) => name)).toEqual(['b', 'c'])
  expect(findChild(root, 'c')?.text).toBe('1 < 2 &3 &constructor;')
})

test('what is not whole is no XML: unclosed, crossed, two roots, a document type, nested without end', () => {
  const texts = [
    '<a>',
    '<a></b>',
    '</a>',
    '<a/><b/>',
    '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    '<a>'.repeat(100_000),
    '',
    'text',
  ]
  for (const text of texts) expect(parseXml(text)).toBeUndefined()
})

test('hostile text is read in no time', () => {
  const texts = [
    `<a ${' '.repeat(100_000)}`,
    '<'.repeat(100_000),
    `<a>${'&'.repeat(100_000)}</a>`,
    `<!--${'-'.repeat(100_000)}`,
  ]
  for (const text of texts) {
    expect(fastestRun(() => parseXml(text), 500)).toBeLessThan(500)
  }
})

test('any text at all is an element or none', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'<>/ab &;!-?"='), maxLength: 40 }), (text) => void parseXml(text)),
  )
})
