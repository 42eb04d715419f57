import { expect, test } from 'vitest'
import { createTestMachine, jsonAnswer } from '../testing/test-machine.ts'
import { findServicePage, SERVICE_WORDS } from './console-services.ts'
import { findDestination } from './destination.ts'
import { createFederationLink, federationEndpoint } from './federation.ts'
import { formatConsoleLink, formatPortalLink } from './portal-link.ts'
import { parseRegion } from './region-words.ts'

test.each([
  ['ue1', 'us-east-1'],
  ['use1', 'us-east-1'],
  ['ew1', 'eu-west-1'],
  ['euc1', 'eu-central-1'],
  ['apne1', 'ap-northeast-1'],
  ['ase2', 'ap-southeast-2'],
  ['aps1', 'ap-south-1'],
  ['cac1', 'ca-central-1'],
  ['usgw1', 'us-gov-west-1'],
  ['cnn1', 'cn-north-1'],
  ['US-EAST-1', 'us-east-1'],
  ['us-east-9', 'us-east-9'],
])('%s means %s', (word, region) => {
  expect(parseRegion(word)).toBe(region)
})

test('a short word that means two regions is not guessed, and one that means none is told', () => {
  expect(() => parseRegion('as1')).toThrow('"as1" means several regions.')
  expect(() => parseRegion('nowhere')).toThrow('"nowhere" is no region.')
})

test('a service is found by its word, in the region and the partition', () => {
  expect(findDestination({ service: 'ec2', region: 'eu-west-1' })).toBe(
    'https://console.aws.amazon.com/ec2/home?region=eu-west-1',
  )
  expect(findDestination({ service: 'LB', region: 'cn-north-1' })).toBe(
    'https://console.amazonaws.cn/ec2/home?region=cn-north-1#LoadBalancers:',
  )
  expect(findDestination({ region: 'us-gov-west-1' })).toBe(
    'https://console.amazonaws-us-gov.com/console/home?region=us-gov-west-1',
  )
  expect(findDestination({ service: 'medialive' })).toBe('https://console.aws.amazon.com/medialive/home')
  expect(findDestination({})).toBeUndefined()
})

test('every word for a service has a page', () => {
  expect(SERVICE_WORDS.filter((word) => findServicePage(word) === undefined)).toEqual([])
  expect(findServicePage('constructor')).toBeUndefined()
})

test('a copied page is opened in the own session, and nothing but the console is', () => {
  expect(
    findDestination({
      service: 'https://000000000000-abcd1234.eu-west-1.console.aws.amazon.com/s3/buckets/x?region=y',
    }),
  ).toBe('https://eu-west-1.console.aws.amazon.com/s3/buckets/x?region=y')
  expect(() => findDestination({ service: 'https://evil.example/' })).toThrow('no page of the AWS console')
  expect(() => findDestination({ service: '../x' })).toThrow('no service of the AWS console')
})

test('a shortcut link is written as AWS documents it, with nothing secret in it', () => {
  const role = { accountId: '111122223333', roleName: 'Read Only' }
  expect(formatConsoleLink('https://d-1.awsapps.com/start/#/', role)).toBe(
    'https://d-1.awsapps.com/start/#/console?account_id=111122223333&role_name=Read%20Only',
  )
  expect(
    formatConsoleLink('https://d-1.awsapps.com/start', {
      ...role,
      destination: 'https://console.aws.amazon.com/?a=b#c',
    }),
  ).toContain('&destination=https%3A%2F%2Fconsole.aws.amazon.com%2F%3Fa%3Db%23c')
  expect(formatPortalLink('https://d-1.awsapps.com/start')).toBe('https://d-1.awsapps.com/start/')
})

const CREDENTIALS = { accessKeyId: 'ASIA1', secretAccessKey: 's', sessionToken: 't' }
const QUESTION = { credentials: CREDENTIALS, destination: 'https://console.aws.amazon.com/', http: {} }

test('credentials travel in the body of a request, and come back as a token of the link', async () => {
  const machine = createTestMachine({ answer: () => jsonAnswer(200, { SigninToken: 'abc' }) })
  const link = await createFederationLink(machine, {
    ...QUESTION,
    startUrl: 'https://d-1.awsapps.com/start',
    duration: 3600,
  })
  expect(link).toBe(
    'https://signin.aws.amazon.com/federation?Action=login&Issuer=https%3A%2F%2Fd-1.awsapps.com%2Fstart&Destination=https%3A%2F%2Fconsole.aws.amazon.com%2F&SigninToken=abc',
  )
  expect(machine.requests).toMatchObject([{ method: 'POST', url: 'https://signin.aws.amazon.com/federation' }])
  expect(Object.fromEntries(new URLSearchParams(String(machine.requests[0]?.body)))).toEqual({
    Action: 'getSigninToken',
    SessionDuration: '3600',
    Session: '{"sessionId":"ASIA1","sessionKey":"s","sessionToken":"t"}',
  })
})

test('what the console does not take is told without the page that came back', async () => {
  const machine = createTestMachine({ answer: () => ({ status: 400, headers: {}, body: '<html>no</html>' }) })
  await expect(createFederationLink(machine, QUESTION)).rejects.toThrow('does not take these credentials (HTTP 400)')
  const keys = { ...QUESTION, credentials: { accessKeyId: 'AKIA', secretAccessKey: 's' } }
  await expect(createFederationLink(machine, keys)).rejects.toThrow('Long-term keys cannot sign in')
})

test.each([
  ['https://sso.acme.example/start', 'us-east-1', 'https://sso.acme.example/federation'],
  ['https://x.awsapps.com/start', 'us-gov-west-1', 'https://signin.amazonaws-us-gov.com/federation'],
  [undefined, 'cn-north-1', 'https://signin.amazonaws.cn/federation'],
  [undefined, 'eusc-de-east-1', 'https://signin.eusc-de-east-1.amazonaws.eu/federation'],
  [undefined, undefined, 'https://signin.aws.amazon.com/federation'],
])('the sign-in of %s in %s is at %s', (startUrl, region, endpoint) => {
  expect(federationEndpoint(startUrl, region)).toBe(endpoint)
})
