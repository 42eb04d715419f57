import { expect, test } from 'vitest'
import { formatJson } from './json-text.ts'

test('no name moves the cursor or turns the writing round, and every name is what it was', () => {
  const name = '\u001b[2J\u009b2J\u202egpj.\u2066x\u007f\u2028é日'
  const text = formatJson({ [name]: [name] })
  expect(text).not.toMatch(/(?!\n)\p{Cc}|\p{Cf}|\u2028/u)
  expect(JSON.parse(text)).toEqual({ [name]: [name] })
})
