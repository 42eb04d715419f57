import { expect, test } from 'vitest'
import { describeScopes, describeUserAgent } from './words.ts'

test.each([
  ['aws-cli/2.9.19 Python/3.11.2 Linux/6.1.0 source/x86_64.debian.12', 'AWS CLI 2.9.19 on Linux'],
  ['mayfly/0.1.0 linux', 'Mayfly 0.1.0 on Linux'],
  ['aws-sdk-js/3.1138.0 ua/2.1 os/linux#6.1 lang/js', 'AWS SDK 3.1138.0 on Linux'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36',
    'Chrome 150 on macOS',
  ],
  ['', 'Not said'],
  ['<b>me</b>', '<b>me</b>'],
])('the user agent %j is shown as %j', (userAgent, shown) => {
  expect(describeUserAgent(userAgent)).toBe(shown)
})

test('a scope that gives nothing is said to give nothing', () => {
  expect(describeScopes(['codewhisperer:completions']).at(-1)).toBe('Nothing more for: codewhisperer:completions')
})
