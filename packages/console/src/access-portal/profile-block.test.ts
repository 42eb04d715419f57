/** The blocks, word for word. */
import { expect, test } from 'vitest'
import { credentialsBlock, profileBlock, servicesBlock, sessionNameOf, ssoSessionBlock } from './profile-block.ts'

const role = { accountId: '222233334444', roleName: 'PowerUserAccess' }
const address = { sessionName: 'acme', startUrl: 'https://mayfly-example.awsapps.com/start', region: 'us-east-1' }

test('a session block asks for the scope that lets access tokens refresh', () => {
  expect(ssoSessionBlock(address)).toBe(`[sso-session acme]
sso_start_url = https://mayfly-example.awsapps.com/start
sso_region = us-east-1
sso_registration_scopes = sso:account:access`)
})

test('a profile is named as the AWS CLI would name it', () => {
  expect(profileBlock(role, address)).toBe(`[profile PowerUserAccess-222233334444]
sso_session = acme
sso_account_id = 222233334444
sso_role_name = PowerUserAccess
region = us-east-1`)
})

test('a profile with services names their section', () => {
  expect(profileBlock(role, address, 'acme')).toMatch(/\nservices = acme$/)
  expect(servicesBlock('acme', 'http://localhost:7373')).toBe(`[services acme]
sso =
  endpoint_url = http://localhost:7373
sso_oidc =
  endpoint_url = http://localhost:7373
sts =
  endpoint_url = http://localhost:7373`)
})

test('a credentials section keeps the credentials with the server that honours them', () => {
  const credentials = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 's3cret', sessionToken: 't0ken' }
  expect(
    credentialsBlock(role, credentials, { region: 'us-east-1', origin: 'https://sso.acme.example' }),
  ).toBe(`[222233334444_PowerUserAccess]
aws_access_key_id = ASIAEXAMPLE
aws_secret_access_key = s3cret
aws_session_token = t0ken
region = us-east-1
endpoint_url = https://sso.acme.example`)
})

test('the name of a session never needs quotes', () => {
  expect(sessionNameOf('Acme')).toBe('acme')
  expect(sessionNameOf("  Acme's Größe & Co. ")).toBe('acme-s-gro-e-co')
  expect(sessionNameOf('日本')).toBe('mayfly')
})
