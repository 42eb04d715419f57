import { expect, test } from 'vitest'
import { isConsoleDestination } from './console-destination.ts'

test.each([
  'https://console.aws.amazon.com',
  'https://console.aws.amazon.com/ec2/home?region=eu-central-1#Instances:',
  'https://eu-central-1.console.aws.amazon.com/lambda/home',
  'https://CONSOLE.aws.amazon.com:443/',
  'https://us-gov-west-1.console.amazonaws-us-gov.com/',
])('a page of the AWS console is a destination: %s', (destination) => {
  expect(isConsoleDestination(destination)).toBe(true)
})

test.each([
  'http://console.aws.amazon.com/',
  'https://console.aws.amazon.com.example.org/',
  'https://notconsole.aws.amazon.com/',
  'https://aws.amazon.com/',
  'https://console.aws.amazon.com@example.org/',
  'https://me@console.aws.amazon.com/',
  'https://console.aws.amazon.com:8443/',
  'https://example.org\\@console.aws.amazon.com/',
  'https:\n//console.aws.amazon.com/',
  '//console.aws.amazon.com/',
  'javascript:alert(1)//console.aws.amazon.com/',
  'https://console.aws.аmazon.com/',
  `https://console.aws.amazon.com/${'x'.repeat(2048)}`,
  '',
])('anything else is none: %s', (destination) => {
  expect(isConsoleDestination(destination)).toBe(false)
})
