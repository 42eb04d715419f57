import { expect, test } from 'vitest'
import { type AddedSection, parseAddedSections, removeSections } from './added-sections.ts'

const ADDED =
  '\n[default]\nsso_session = acme\nsso_role_name = R\n\n[profile work]\nsso_session = acme\nsso_role_name = R\n'
const sections = parseAddedSections(ADDED) as readonly AddedSection[]
const FORMER = '[profile prod]\nregion = us-east-1\n'

test('what was added goes, and what somebody has put behind it stays', () => {
  expect(removeSections(FORMER + ADDED, sections)).toBe(FORMER)
  const more = '\n# mine\n[profile second]\nregion = x\n'
  expect(removeSections(FORMER + ADDED + more, sections)).toBe(`${FORMER}\n# mine\n[profile second]\nregion = x\n`)
  expect(removeSections(FORMER + more + ADDED, sections)).toBe(FORMER + more)
})

test('a line that somebody has written into an added section falls to no other profile', () => {
  const configured = `${FORMER}${ADDED}region = eu-west-1\n`
  expect(removeSections(configured, sections)).toBe(`${FORMER}\n[profile work]\nregion = eu-west-1\n`)
  const nested = configured.replace('R\n\n', 'R\ns3 =\n  max_queue_size = 1\n\n')
  expect(removeSections(nested, sections)).toBe(
    `${FORMER}\n[default]\ns3 =\n  max_queue_size = 1\n\n[profile work]\nregion = eu-west-1\n`,
  )
})

test("a section that is gone is left at that, and one that is there twice, or written otherwise, is nobody's to guess", () => {
  expect(removeSections(FORMER, sections)).toBe(FORMER)
  expect(removeSections(FORMER + ADDED + ADDED, sections)).toBeUndefined()
  expect(removeSections(FORMER + ADDED.replace('= R', '= Other'), sections)).toBeUndefined()
})

test('line ends are those of the file, and what begins with no header is no added section', () => {
  const windows = (text: string): string => text.replaceAll('\n', '\r\n')
  expect(removeSections(windows(FORMER + ADDED), sections)).toBe(windows(FORMER))
  expect(parseAddedSections('sso_session = acme\n[default]\n')).toBeUndefined()
  expect(parseAddedSections('\n\n')).toBeUndefined()
})
