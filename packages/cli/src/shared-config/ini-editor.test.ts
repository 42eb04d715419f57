/** Whatever a file holds, changing one value leaves the rest of its bytes alone. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listValues, parseIni } from './ini.ts'
import { editIni, findSection, type IniEdit, type SectionEdit } from './ini-editor.ts'
import { parseHeader } from './section-header.ts'
import { mergeSections } from './shared-config.ts'

const edit = (text: string, ...edits: IniEdit[]): string =>
  Buffer.from(editIni(Buffer.from(text), 'config', edits)).toString()
const profile = (name: string, values: SectionEdit['values']): SectionEdit => ({
  section: { type: 'profile', name },
  values,
})
const session = (name: string, values: SectionEdit['values']): SectionEdit => ({
  section: { type: 'sso-session', name },
  values,
})

test('a new file gets its sections one below the other, as the AWS CLI writes them', () => {
  expect(
    edit(
      '',
      profile('dev', { sso_session: 'corp', region: 'us-west-2' }),
      session('corp', { sso_region: 'us-east-1' }),
    ),
  ).toBe('[profile dev]\nsso_session = corp\nregion = us-west-2\n[sso-session corp]\nsso_region = us-east-1\n')
})

test('the default profile is [default], and [profile default] where it is written so', () => {
  expect(edit('', profile('default', { region: 'x' }))).toBe('[default]\nregion = x\n')
  expect(edit('[profile default]\nregion = y\n', profile('default', { region: 'x' }))).toBe(
    '[profile default]\nregion = x\n',
  )
})

test('a changed value keeps its place, a new one comes after the last, comments stay', () => {
  const text = '# mine\n[profile dev] \nregion=us-east-1\n\n; why\noutput = json\n# end\n\n[profile b]\nregion = x\n'
  expect(edit(text, profile('dev', { region: 'eu-west-1', sso_session: 'corp' }))).toBe(
    '# mine\n[profile dev] \nregion = eu-west-1\n\n; why\noutput = json\nsso_session = corp\n# end\n\n[profile b]\nregion = x\n',
  )
})

test('a value that is the same already stays as it is written', () => {
  const text = '[profile dev]\nregion=us-east-1'
  expect(edit(text, profile('dev', { region: 'us-east-1' }))).toBe(text)
})

test('a file without a line end at its end gets one before a new section', () => {
  expect(edit('[a]\nk = v', profile('dev', { region: 'x' }))).toBe('[a]\nk = v\n[profile dev]\nregion = x\n')
  expect(edit('[profile dev]', profile('dev', { region: 'x' }))).toBe('[profile dev]\nregion = x\n')
})

test('a file with Windows line ends keeps them', () => {
  expect(
    edit(
      '[profile dev]\r\nregion = x\r\n',
      profile('dev', { region: 'y', output: 'json' }),
      session('s', { sso_region: 'z' }),
    ),
  ).toBe('[profile dev]\r\nregion = y\r\noutput = json\r\n[sso-session s]\r\nsso_region = z\r\n')
})

test('where two editors have written a file, a new line ends as those beside it', () => {
  const text = '[profile a]\nregion = x\n[profile b]\r\nregion = y\r\n'
  expect(
    edit(text, profile('a', { output: 'json' }), profile('b', { output: 'json' }), profile('c', { region: 'z' })),
  ).toBe(
    '[profile a]\nregion = x\noutput = json\n[profile b]\r\nregion = y\r\noutput = json\r\n[profile c]\r\nregion = z\r\n',
  )
})

test('a section is found however its header is spelled, so that none is written twice', () => {
  for (const header of ['[profile  dev ]', '[profile "dev"]', "[profile 'dev']", '[profile dev] # mine']) {
    expect(edit(`${header}\nregion = x\n`, profile('dev', { region: 'y' }))).toBe(`${header}\nregion = y\n`)
  }
})

test('of two headers with the same meaning the later is changed, because it is the one that counts', () => {
  const text = '[profile dev]\nregion = a\n[profile "dev"]\nregion = b\n'
  expect(edit(text, profile('dev', { region: 'c' }))).toBe('[profile dev]\nregion = a\n[profile "dev"]\nregion = c\n')
})

test('a deleted section goes with its values, and all that stands around it stays', () => {
  const text =
    '# top\n[profile a]\nregion = x\n\n# about b\n[profile b]\ns3 =\n  k = v\nregion = y\n# below\n[profile c]\nk = v'
  const gone = { section: { type: 'profile', name: 'b' }, isDeleted: true } as const
  expect(edit(text, gone)).toBe('# top\n[profile a]\nregion = x\n\n# about b\n# below\n[profile c]\nk = v')
  expect(edit(text, gone, profile('d', { k: 'v' }))).toContain('[profile c]\nk = v\n[profile d]\nk = v\n')
  expect(edit(text, { section: { type: 'profile', name: 'none' }, isDeleted: true })).toBe(text)
})

test('a new value goes below a nested block, not into it', () => {
  const text = '[profile dev]\ns3 =\n  a = b\n  c = d\n\n[profile b]\nregion = x\n'
  expect(edit(text, profile('dev', { region: 'y' }))).toBe(
    '[profile dev]\ns3 =\n  a = b\n  c = d\nregion = y\n\n[profile b]\nregion = x\n',
  )
})

test('an indented section keeps its indentation, or its values would hang on one another', () => {
  expect(edit('[profile dev]\n  region = x\n  output = y\n', profile('dev', { region: 'z', sso_session: 's' }))).toBe(
    '[profile dev]\n  region = z\n  output = y\n  sso_session = s\n',
  )
})

test('a deleted value goes with the lines that continue it, comments between them stay', () => {
  const text = '[profile dev]\nk = v\n  w\n  # c\n  x\nl = y\n'
  expect(edit(text, profile('dev', { k: undefined }))).toBe('[profile dev]\n  # c\nl = y\n')
})

test('a name with a blank is quoted, and read again', () => {
  const text = edit('', profile("alice's dev", { region: 'x' }))
  expect(text).toBe(`[profile 'alice'"'"'s dev']\nregion = x\n`)
  expect(mergeSections(listValues(parseIni(Buffer.from(text), 'config')), new Map()).profiles.has("alice's dev")).toBe(
    true,
  )
})

test('a line break in a name or value is refused', () => {
  expect(() => edit('', profile('dev', { region: 'x\n[default]' }))).toThrow(/line break/)
  expect(() => edit('', profile('dev\n', { region: 'x' }))).toThrow(/one line/)
  expect(() => edit('', profile('', { region: 'x' }))).toThrow(/one line/)
})

test('values in place of deleted ones stand where those stood', () => {
  const swap = (text: string, values: SectionEdit['values']): string =>
    edit(text, { section: { type: 'profile', name: 'dev' }, values, inPlace: true })
  const text = '[profile dev]\nregion=x\n  sso_a = 1\n  sso_b = 2\n# why\noutput = y\n'
  // The indented lines belong to the region there; as options they would be deleted.
  expect(swap(text, { sso_a: undefined, process: 'p' })).toBe(`${text}process = p\n`)
  const flat = '[profile dev]\nregion=x\nsso_a = 1\n# why\nsso_b = 2\noutput = y\n'
  const swapped = '[profile dev]\nregion=x\nprocess = p\n# why\noutput = y\n'
  expect(swap(flat, { process: 'p', sso_a: undefined, sso_b: undefined })).toBe(swapped)
  expect(swap(swapped, { sso_a: '1', sso_b: '2', process: undefined })).toBe(
    '[profile dev]\nregion=x\nsso_a = 1\nsso_b = 2\n# why\noutput = y\n',
  )
})

test('thousands of sections are changed in one reading', () => {
  const names = Array.from({ length: 3000 }, (_, index) => `p${index}`)
  const text = names.map((name) => `[profile ${name}]\nregion = x\n`).join('')
  const started = performance.now()
  const changed = edit(text, ...names.map((name) => profile(name, { region: 'y', output: 'json' })))
  expect(changed).toBe(text.replaceAll('region = x\n', 'region = y\noutput = json\n'))
  expect(performance.now() - started).toBeLessThan(2000)
})

test('a file that cannot be parsed is never overwritten', () => {
  expect(() => edit('[profile dev]\nk = v\nk = w\n', profile('dev', { region: 'x' }))).toThrow(
    /Unable to parse config file/,
  )
})

const word = fc.stringMatching(/^[a-z][a-z0-9_]{0,6}$/)
const blank = fc.constantFrom('', ' ', '  ', '\t')
const value = fc.stringMatching(/^[ -~]{0,12}$/)
const optionLine = fc.tuple(word, blank, fc.constantFrom('=', ':'), blank, value).map((parts) => parts.join(''))
const noise = fc.constantFrom('', '  ', '# note', '  ; note', '  more = 1', '\tdeeper', '  [b]')
const header = fc.constantFrom(
  '[default]',
  '[profile dev]',
  "[profile 'dev']",
  '[sso-session corp]',
  '[profile b] x',
  '[other]',
  '[profile a b]',
)
const line = fc.oneof(
  { weight: 4, arbitrary: optionLine },
  { weight: 3, arbitrary: noise },
  { weight: 2, arbitrary: header },
)
const file = fc
  .tuple(fc.array(line, { maxLength: 25 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
  .map(([lines, end, closed]) => lines.join(end) + (closed ? end : ''))

const parses = (text: string): boolean => {
  try {
    listValues(parseIni(Buffer.from(text), 'config'))
    return true
  } catch {
    return false
  }
}

/** Every value by its section's meaning, but for one key of one profile. */
function others(text: string, name: string, key: string): unknown {
  const values = [...listValues(parseIni(Buffer.from(text), 'config'))]
  return values.map(([head, section]) => {
    const named = parseHeader(head)
    const own = named?.type === 'profile' && named.name === name
    return [head, [...section].filter(([option]) => !own || option !== key)]
  })
}

/** The bytes of a file without the lines of one key, and without a section that was not there before. */
function restOf(text: string, name: string, key: string, former: string): string {
  const section = { type: 'profile', name } as const
  if (!findSection(parseIni(Buffer.from(former), 'config'), section)) return text.slice(0, former.length)
  const { lines, ...file } = parseIni(Buffer.from(text), 'config')
  const option = findSection({ lines, ...file }, section)?.options.find((candidate) => candidate.name === key)
  const rest = lines.filter((_, index) => !option?.lines.includes(index))
  // A last line without an end gets one when something comes below it.
  return rest
    .map((kept) => kept.text + kept.end)
    .join('')
    .replace(/\r?\n$/, '')
}

test('fuzz: one changed value changes one place, and nothing else is read differently', () => {
  fc.assert(
    fc.property(
      file,
      fc.constantFrom('default', 'dev', 'b', 'new'),
      word,
      fc.option(word, { nil: undefined }),
      (text, name, key, next) => {
        fc.pre(parses(text))
        const edited = edit(text, profile(name, { [key]: next }))
        const { profiles } = mergeSections(listValues(parseIni(Buffer.from(edited), 'config')), new Map())
        expect(profiles.get(name)?.get(key)).toBe(next)
        const before = others(text, name, key) as unknown[]
        expect((others(edited, name, key) as unknown[]).slice(0, before.length)).toEqual(before)
        expect(restOf(edited, name, key, text)).toBe(restOf(text, name, key, text))
      },
    ),
    { numRuns: 3000 },
  )
})
