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

test('an empty variable does not make the folder one is in a home', () => {
  const former = process.env['HOME']
  process.env['HOME'] = ''
  try {
    expect(homeOf({ HOME: '' }, 'linux')).toMatch(/^\//)
  } finally {
    process.env['HOME'] = former
  }
})
