/** Destinations that are followed, and those that are not. */
import { expect, test } from 'vitest'
import { isConsoleDestination } from './console-destination.ts'

const hosts = ['console.aws.amazon.com', '.console.amazonaws-us-gov.com']

test.each([
  'https://console.aws.amazon.com',
  'https://console.aws.amazon.com/ec2/home?region=eu-central-1#Instances:',
  'https://eu-central-1.console.aws.amazon.com/lambda/home',
  'https://CONSOLE.aws.amazon.com:443/',
  'https://console.amazonaws-us-gov.com/',
  'https://us-gov-west-1.console.amazonaws-us-gov.com/',
])('a page of the AWS console is a destination: %s', (destination) => {
  expect(isConsoleDestination(destination, hosts)).toBe(true)
})

test.each([
  'http://console.aws.amazon.com/',
  'https://console.aws.amazon.com.example.org/',
  'https://evilconsole.aws.amazon.com.example/',
  'https://notconsole.aws.amazon.com/',
  'https://aws.amazon.com/',
  'https://example.org/https://console.aws.amazon.com/',
  'https://console.aws.amazon.com@example.org/',
  'https://me@console.aws.amazon.com/',
  'https://console.aws.amazon.com:8443/',
  'https://example.org\\@console.aws.amazon.com/',
  'https://example.org/\\.console.aws.amazon.com',
  'https:console.aws.amazon.com',
  'https:\n//console.aws.amazon.com/',
  '//console.aws.amazon.com/',
  '/ec2/home',
  'javascript:alert(1)//console.aws.amazon.com/',
  'data:text/html,console.aws.amazon.com',
  'https://console.aws.аmazon.com/',
  'https://',
  '',
])('anything else is none: %s', (destination) => {
  expect(isConsoleDestination(destination, hosts)).toBe(false)
})

test('without allowed hosts, or with an empty one, nothing is a destination', () => {
  expect(isConsoleDestination('https://console.aws.amazon.com/', [])).toBe(false)
  expect(isConsoleDestination('https://console.aws.amazon.com/', ['', '.'])).toBe(false)
})
