import { expect, test } from 'vitest'
import { reachOf } from './reachable.ts'

const NOWHERE = { networks: [], loopback: false }

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.8.8.8',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:10.0.0.1',
  '::ffff:169.254.169.254',
  '::ffff:8.8.8.8',
  '64:ff9b::a00:1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:a00:1::',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'ff02::1',
  'localhost',
  '0x7f.1',
  '',
])('%s is not asked', (address) => {
  expect(reachOf(address, NOWHERE)).toBe('refused')
})

test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1'])('%s is public', (address) => {
  expect(reachOf(address, NOWHERE)).toBe('public')
})

test('the operator may name networks, and the example organization this machine', () => {
  const rules = { networks: ['10.0.0.0/8', 'fd00::/8', '192.168.1.7'], loopback: true }
  expect(['10.9.9.9', 'fd00::1', '192.168.1.7', '127.0.0.1', '::1'].map((each) => reachOf(each, rules))).toEqual(
    Array.from({ length: 5 }, () => 'own'),
  )
  expect(reachOf('192.168.1.8', rules)).toBe('refused')
  expect(reachOf('169.254.169.254', rules)).toBe('refused')
})
