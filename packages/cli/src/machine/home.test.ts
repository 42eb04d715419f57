import { expect, test } from 'vitest'
import { homeOf } from './home.ts'

test('home is HOME, and USERPROFILE on Windows, as Python finds it', () => {
  const env = { HOME: '/home/alice/', USERPROFILE: 'C:\\Users\\alice\\' }
  expect(homeOf(env, 'linux')).toBe('/home/alice')
  expect(homeOf(env, 'darwin')).toBe('/home/alice')
  expect(homeOf(env, 'win32')).toBe('C:\\Users\\alice')
  expect(homeOf({ HOME: '/' }, 'linux')).toBe('/')
})

test('without the variable it is what the system says', () => {
  expect(homeOf({}, 'linux')).not.toBe('')
})
