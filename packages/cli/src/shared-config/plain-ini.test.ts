/** What the quick reader answers is what the careful one answers, and what it does not understand it leaves. */

import { expect, test } from 'vitest'
import { listValues, parseIni } from './ini.ts'
import { listPlainValues } from './plain-ini.ts'

const PLAIN =
  '# by a program\n[default]\nregion=eu-west-1\n\n; more\n[profile dev]\nSSO_Session = corp  \nsso_account_id: 1\nurl = http://a:1/=b \n[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start#/\n'

const careful = (text: string) => listValues(parseIni(Buffer.from(text), 'config'))

test('headers, values, comments and empty lines are read as by the careful reader', () => {
  for (const text of [PLAIN, PLAIN.trimEnd(), '', '\n\n', '[a]', '[a]\n[b]\n', '[a]b]\nx = 1\n']) {
    expect(listPlainValues(Buffer.from(text)), text).toEqual(careful(text))
  }
})

const OTHERS: Readonly<Record<string, string>> = {
  'an indented line': '[a]\nb = 1\n  c = 2\n',
  'a nested block': '[a]\ns3 =\n  b = 1\n',
  'an empty value': '[a]\nb =\n',
  'an indented comment': '[a]\n  # b\nc = 1\n',
  'a carriage return': '[a]\r\nb = 1\r\n',
  'a tab': '[a]\nb\t= 1\n',
  'what is not ASCII': '[a]\nb = ü\n',
  'a byte order mark': '\ufeff[a]\nb = 1\n',
  'a byte that is no text': '[a]\nb = \u0001\n',
  'the section for all others': '[DEFAULT]\nb = 1\n[a]\nc = 1\n',
  'a section that comes twice': '[a]\nb = 1\n[a]\n',
  'a name that comes twice': '[a]\nb = 1\nB = 2\n',
  'a name before any section': 'b = 1\n[a]\n',
  'a line without a delimiter': '[a]\nb\n',
  'a value without a name': '[a]\n= 1\n',
  'a header without its end': '[a\nb = 1\n',
  'a header with something behind': '[a] # b\nc = 1\n',
  'an empty header': '[]\n',
}

test.each(Object.entries(OTHERS))('%s is left to the careful reader', (_, text) => {
  expect(listPlainValues(Buffer.from(text))).toBeUndefined()
})

test('of a thousand files made by chance none is read otherwise', () => {
  const pieces = ['[a]', '[b]', '\n', '\n', '\n', 'x = 1', 'y=', ' ', '#', ';', ':', 'Y : 2', '=', ']', '[', '\t', 'z']
  let seed = 7
  const next = (): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed
  }
  let read = 0
  for (let round = 0; round < 1000; round += 1) {
    const text = `[q]\n${Array.from({ length: 6 }, () => pieces[(next() >> 8) % pieces.length]).join('')}`
    const quick = listPlainValues(Buffer.from(text))
    if (quick === undefined) continue
    read += 1
    expect(quick, JSON.stringify(text)).toEqual(careful(text))
  }
  expect(read).toBeGreaterThan(50)
})
