import { expect, test } from 'vitest'
import { hideSecrets, showHidden } from './hidden-text.ts'

const SECRET = `9G8rilqvhT9f${'xKQF3C+lXWG6mmXF'}dVGUQ9/a4kGH`

const shown = (text: string, secrets: readonly string[]): string => {
  const hidden = hideSecrets(text, secrets)
  expect(hidden).toHaveLength(text.length)
  return showHidden(hidden)
}

test.each([
  ['as it is', (text: string) => text],
  ['with XML entities', (text: string) => text.replaceAll('/', '&#47;').replaceAll('+', '&#43;')],
  ['with hexadecimal entities', (text: string) => text.replaceAll('/', '&#x2F;').replaceAll('+', '&#x02b;')],
  ['as in a URL', (text: string) => encodeURIComponent(text)],
  ['as in JSON', (text: string) => text.replaceAll('/', '\\/').replaceAll('+', '\\u002B')],
])('of a secret spelled %s its last four characters are shown, known or not', (_, spell) => {
  const line = `<env name="AWS_SECRET_ACCESS_KEY" value="${spell(SECRET)}" />`
  for (const known of [[SECRET], []]) {
    expect(shown(line, known)).toBe('<env name="AWS_SECRET_ACCESS_KEY" value="…4kGH" />')
  }
})

test('names of variables, paths and key ids are shown', () => {
  const id = `AKIA${'T2JCMXWI'.repeat(2)}`
  const line = `export AWS_ACCESS_KEY_ID=${id} # in /home/ana/projects/shop`
  expect(shown(line, [SECRET])).toBe(line)
})
