/** What botocore 1.43.11 makes of the same bytes; it was asked about each of them. */

import { expect, test } from 'vitest'
import { type IniValue, listValues, parseIni } from './ini.ts'

const read = (text: string): unknown => {
  const open = (value: IniValue): unknown => (typeof value === 'string' ? value : Object.fromEntries(value))
  const sections = [...listValues(parseIni(Buffer.from(text), '/home/alice/.aws/config'))]
  return Object.fromEntries(
    sections.map(([header, values]) => [
      header,
      Object.fromEntries([...values].map(([name, value]) => [name, open(value)])),
    ]),
  )
}

const CASES: readonly (readonly [claim: string, text: string, sections: unknown])[] = [
  ['names are lower-cased, values trimmed', '[default]\nRegion=  us-east-1 \n', { default: { region: 'us-east-1' } }],
  [
    'a colon delimits as well, the first delimiter counts',
    '[a]\nk : c:d = e\nl=a:b',
    { a: { k: 'c:d = e', l: 'a:b' } },
  ],
  ['quotes stay in a value', '[a]\nk = "x"', { a: { k: '"x"' } }],
  ['there are no comments behind a value', '[a]\nk = z # x ; y', { a: { k: 'z # x ; y' } }],
  ['whole lines are comments, indented or not', '# 1\n[a]\n ; 2\nk = v\n  # 3\nl = w', { a: { k: 'v', l: 'w' } }],
  ['an indented line continues a value', '[a]\nk = v\n  w = x\nl = y', { a: { k: 'v\nw = x', l: 'y' } }],
  ['a comment does not end a continued value', '[a]\nk = v\n# c\n  w', { a: { k: 'v\nw' } }],
  ['an empty line stays inside of a value and falls off its end', '[a]\nk = v\n\n  w\n\n', { a: { k: 'v\n\nw' } }],
  [
    'lines below an empty value are a nested block',
    '[a]\ns3 =\n  b = c\n  d=e\nk = v',
    { a: { s3: { b: 'c', d: 'e' }, k: 'v' } },
  ],
  ['an empty value without lines is empty text', '[a]\nk =\nl = v', { a: { k: '', l: 'v' } }],
  ['an indented option opens a section as well as another', '[a]\n  k = v\n  l = w', { a: { k: 'v', l: 'w' } }],
  ['an indented header below a value is a part of it', '[a]\nk = v\n  [b]\n', { a: { k: 'v\n[b]' } }],
  ['text behind a header does not count', '[a] trailing\nk = v', { a: { k: 'v' } }],
  ['a header reaches to the last bracket', '[a]]\nk = v', { 'a]': { k: 'v' } }],
  ['Windows and old Macintosh line ends end lines', '[a]\r\nk = v\rl = w\r\n', { a: { k: 'v', l: 'w' } }],
  ['[DEFAULT] stands in for what a section lacks', '[DEFAULT]\nk = v\nl = w\n[a]\nk = x', { a: { k: 'x', l: 'w' } }],
  ['a no-break space is blank, as it is to Python', '[a]\nk\u00a0= v\u00a0', { a: { k: 'v' } }],
  ['an empty file has no sections', '', {}],
]

for (const [claim, text, sections] of CASES) test(claim, () => expect(read(text)).toEqual(sections))

const REFUSED: readonly (readonly [claim: string, text: string, said: RegExp, hint: RegExp])[] = [
  ['a header that comes twice', '[a]\nk = v\n[b]\n[a]\n', /line 4: \[a\] is there already, on line 1\./, /line 1/],
  ['a name that comes twice', '[a]\nk = v\nK = w\n', /line 3: k is in \[a\] already, on line 2\./, /line 2 or line 3/],
  [
    'a name that comes twice in two [DEFAULT]',
    '[DEFAULT]\nk = v\n[DEFAULT]\nk = w\n[a]\n',
    /line 4: k is in \[DEFAULT\] already/,
    /line 2/,
  ],
  ['a line without a delimiter', '[a]\nregion us-east-1\n', /line 2: .*neither a header nor NAME = VALUE/, /put a #/],
  ['a value without a name', '[a]\n= v\n', /line 2: .*without a name/, /before the =/],
  ['a line above every section', 'k = v\n[a]\n', /line 1: .*before any section/, /\[default\]/],
  ['a header that is not closed', '[a]\n[profile b\n', /line 2: /, /Close the header/],
  ['a nested line without =', '[a]\ns3 =\n  b: c\n', /line 2: Below s3 /, /NAME = VALUE/],
  ['a byte order mark', '\ufeff[a]\nk = v\n', /line 1: .*byte order mark/, /as UTF-8 without/],
]

for (const [claim, text, said, hint] of REFUSED) {
  test(`${claim} spoils the whole file, and the refusal says where and what to do`, () => {
    const refusal = expect.objectContaining({
      message: expect.stringMatching(/^Unable to parse config file: \/home\/alice\/\.aws\/config\n/),
      hint: expect.stringMatching(hint),
    })
    expect(() => read(text)).toThrow(refusal)
    expect(() => read(text)).toThrow(said)
  })
}

test('bytes that are not UTF-8 spoil the file', () => {
  expect(() => parseIni(Buffer.from([0x5b, 0x61, 0x5d, 0x0a, 0xff]), 'config')).toThrow(/not UTF-8/)
})
