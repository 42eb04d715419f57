import { expect, test } from 'vitest'
import { isForegroundInPs, isForegroundInStat } from './foreground.ts'

test('on Linux a process is in front when its group is the terminal’s', () => {
  expect(isForegroundInStat('4242 (node) S 4000 4242 4000 34816 4242 4194304 1')).toBe(true)
  expect(isForegroundInStat('4242 (node) S 4000 4242 4000 34816 4000 4194304 1')).toBe(false)
  expect(isForegroundInStat('4242 (node) S 4000 4242 4000 0 -1 4194304 1')).toBe(false)
  expect(isForegroundInStat('')).toBe(false)
})

test('a program’s name cannot pretend to be in front', () => {
  expect(isForegroundInStat('1 (a) S 7 7 7 7 7 7) S 4000 4242 4000 34816 4000 4194304')).toBe(false)
})

test('elsewhere ps says it with a plus sign', () => {
  expect(isForegroundInPs('S+\n')).toBe(true)
  expect(isForegroundInPs('Ss\n')).toBe(false)
})
