/** Fragments and pages, there and back. */
import { expect, test } from 'vitest'
import { formatFragment, type Page, parseFragment } from './fragment.ts'

test('an empty fragment, a slash and /accounts all open the accounts', () => {
  for (const fragment of ['', '#', '#/', '#/accounts', '#/accounts/']) {
    expect(parseFragment(fragment)).toEqual({ name: 'accounts' })
  }
})

test("AWS's deep link is read with its destination decoded", () => {
  const destination = 'https://us-east-1.console.aws.amazon.com/s3/home?region=us-east-1#buckets'
  const fragment = `#/console?account_id=111122223333&role_name=ReadOnlyAccess&destination=${encodeURIComponent(destination)}`
  expect(parseFragment(fragment)).toEqual({
    name: 'console',
    accountId: '111122223333',
    roleName: 'ReadOnlyAccess',
    destination,
  })
})

test('a deep link without a whole account number or permission set says what is missing', () => {
  expect(parseFragment('#/console?account_id=1111&role_name=ReadOnlyAccess')).toEqual({
    name: 'incomplete-link',
    because: 'It has to name the account by its 12 digits, as account_id.',
  })
  expect(parseFragment('#/console?account_id=111122223333')).toEqual({
    name: 'incomplete-link',
    because: 'It has to name the permission set, as role_name.',
  })
  expect(parseFragment('#/access-keys?account_id=111122223333&role_name=a b').name).toBe('incomplete-link')
})

test('a path that is no page is kept for the page that says so', () => {
  expect(parseFragment('#/nowhere?x=1')).toEqual({ name: 'unknown', path: '/nowhere' })
})

test('what is written is read back', () => {
  const role = { accountId: '222233334444', roleName: 'Team+Ops=,.@-_' }
  const pages: Exclude<Page, { name: 'incomplete-link' | 'unknown' }>[] = [
    { name: 'accounts' },
    { name: 'applications' },
    { name: 'shortcuts' },
    { name: 'sessions' },
    { name: 'security' },
    { name: 'access-keys', ...role },
    { name: 'console', ...role },
    { name: 'console', ...role, destination: 'https://console.aws.amazon.com/a?b=c&d=%20#e' },
  ]
  for (const page of pages) expect(parseFragment(formatFragment(page))).toEqual(page)
})
