import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestApplication } from '../../testing/test-application.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'
import { givePassword, TestBrowser } from '../testing/test-browser.ts'

let server: TestServer

beforeEach(async () => {
  server = await startTestServer()
  await givePassword(server, 'alice')
  await givePassword(server, 'bob')
})
afterEach(() => server.close())

async function applicationsOf(userName: string): Promise<unknown> {
  const browser = new TestBrowser(server)
  await browser.signIn(userName)
  const { html } = await browser.open('/portal/applications')
  return JSON.parse(html)
}

test('a person sees the applications that he may use, with the address at which they begin', async () => {
  const { arn, change } = await createTestApplication(server)
  await change('UpdateApplication', {
    Description: 'for science',
    PortalOptions: { SignInOptions: { Origin: 'APPLICATION', ApplicationUrl: 'https://notebook.example.com/' } },
  })
  const notebook = { arn, name: 'notebook', description: 'for science', url: 'https://notebook.example.com/' }
  expect(await applicationsOf('alice')).toEqual({ applications: [notebook] })
  expect(await applicationsOf('bob')).toEqual({ applications: [] })
  await change('PutApplicationAssignmentConfiguration', { AssignmentRequired: false })
  expect(await applicationsOf('bob')).toEqual({ applications: [notebook] })
})

test('nobody sees them without being signed in', async () => {
  expect((await server.inject({ method: 'GET', url: '/portal/applications' })).statusCode).toBe(401)
})
