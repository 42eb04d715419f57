import { expect, test } from 'vitest'
import type { Section } from '../shared-config/shared-config.ts'
import { listProfileSettings } from './profile-settings.ts'

const section = (values: Record<string, string | Map<string, string>>): Section => new Map(Object.entries(values))
const services = new Map([['local', section({ sts: new Map([['endpoint_url', 'http://127.0.0.1:1/sts']]) })]])

test('what a profile says beside its credentials becomes variables, unless the environment says it', () => {
  const profile = section({ ca_bundle: '/ca.pem', output: 'table', services: 'local', region: 'x', sso_session: 's' })
  expect(listProfileSettings({ services }, profile, { env: { AWS_DEFAULT_OUTPUT: 'json' } })).toEqual({
    AWS_CA_BUNDLE: '/ca.pem',
    AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1/sts',
  })
})

test("credentials of one's own Identity Center lead to it, unless another address is named", () => {
  const ownEndpoint = 'https://sso.acme.example'
  const ask = (profile: Section, env = {}) => listProfileSettings({ services }, profile, { env, ownEndpoint })
  expect(ask(section({}))).toEqual({ AWS_ENDPOINT_URL: ownEndpoint })
  expect(ask(section({ services: 'local' }))).toEqual({ AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1/sts' })
  expect(ask(section({ endpoint_url: 'http://other' }))).toEqual({ AWS_ENDPOINT_URL: 'http://other' })
  expect(ask(section({}), { AWS_ENDPOINT_URL: 'http://mine' })).toEqual({})
})
