import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { neverPrint, withoutUnspoken } from './unspoken.ts'

const makeSecret = (): string => `${randomBytes(29).toString('base64').slice(0, 36)}+/wZ`

test('a secret is covered wherever it stands, and what stands beside it is not', () => {
  const [one, other] = [makeSecret(), makeSecret()]
  neverPrint(one)
  expect(withoutUnspoken(`[${one}] in ~/work/${one}.env, not ${other}`)).toBe(
    `[…+/wZ] in ~/work/…+/wZ.env, not ${other}`,
  )
  expect(withoutUnspoken(`a${one}${one}b`)).toBe('a…+/wZ…+/wZb')
  expect(withoutUnspoken(`file:///x/${encodeURIComponent(one)}:1`)).toBe('file:///x/…%2B%2FwZ:1')
})

test('a secret that begins as another one, and a long text, cost nothing', () => {
  const start = makeSecret()
  neverPrint(start)
  neverPrint(`${start.slice(1)}x`)
  expect(withoutUnspoken(`${start}x`)).toBe('…+/wZx')
  const long = 'Ab1/'.repeat(500_000)
  const before = performance.now()
  expect(withoutUnspoken(long)).toBe(long)
  expect(performance.now() - before).toBeLessThan(3_000)
})

test('what is no secret of AWS is never covered', () => {
  neverPrint('short')
  expect(withoutUnspoken('short')).toBe('short')
})
