/** What the portal shows to paste, pasted: each block is copied in the browser and run in a shell in an empty home. */

import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { AwsCli, hasAwsCli } from '../harness/aws-cli.ts'
import { chromiumPath } from '../harness/chromium.ts'
import { alice, DEVELOPMENT } from '../harness/example.ts'
import { Home } from '../harness/home.ts'
import { root } from '../harness/root.ts'
import { runProgram } from '../harness/run-program.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { PortalBrowser, type Visitor } from './portal-browser.ts'

const ARN = /arn:aws:sts::222233334444:assumed-role\/AWSReservedSSO_ReadOnlyAccess_[0-9a-f]{16}\/alice/

let server: ServerProcess
let browser: PortalBrowser
let visitor: Visitor
let home: Home

beforeAll(async () => {
  if (chromiumPath === undefined) return
  server = await ServerProcess.start()
  browser = await PortalBrowser.launch()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})
beforeEach(async (context) => {
  context.skip(chromiumPath === undefined, 'there is no Chromium on this machine (Debian: apt-get install chromium)')
  home = new Home()
  visitor = await browser.visitor(server.origin)
  await visitor.open(`#/access-keys?account_id=${DEVELOPMENT}&role_name=ReadOnlyAccess`, alice)
})
afterEach(async () => {
  await visitor?.close()
  home?.remove()
})

test('the profile for mayfly signs in and says who it is', async () => {
  home.write('.aws/config', await copy('the profile'))
  const { status, stdout, stderr } = await paste(
    await copy('the sign-in command'),
    await copy('the command that shows who you are'),
  )
  expect(status, stderr).toBe(0)
  expect(stdout).toMatch(ARN)
})

test('the profile with the alias and the environment lines bring a tool here, not to AWS', async () => {
  await openTab('AWS CLI 2.13+')
  home.write('.aws/config', await copy('the profile for the AWS CLI'))
  const { status, stdout, stderr } = await paste(
    await copy('the environment lines'),
    'mayfly sso login',
    'mayfly whoami',
  )
  expect(status, stderr).toBe(0)
  expect(stdout).toMatch(ARN)
})

test('the services section does the same without environment lines', async () => {
  await openTab('AWS CLI 2.13+')
  await visitor.page.getByRole('button', { name: /^Without environment variables/ }).click()
  home.write('.aws/config', await copy('the services section'))
  const profile = `--profile ReadOnlyAccess-${DEVELOPMENT}`
  const { status, stdout, stderr } = await paste(`mayfly sso login ${profile}`, `mayfly whoami ${profile}`)
  expect(status, stderr).toBe(0)
  expect(stdout).toMatch(ARN)
})

test('the lines for an old AWS CLI sign it in here, and it reaches for no other host', async (context) => {
  context.skip(!hasAwsCli, 'there is no AWS CLI at /usr/bin/aws (Debian: apt-get install awscli)')
  const aws = await AwsCli.pointAt(server.origin)
  try {
    await openTab('AWS CLI before 2.13')
    home.write('.aws/config', await copy('the profile for an old AWS CLI'))
    const { status, stdout, stderr } = await paste(
      ...Object.entries({ ...aws.trap.env, AWS_PAGER: '' }).map(([name, value]) => `export ${name}='${value}'`),
      await copy('the command that writes the files'),
      await copy('the environment lines for an old AWS CLI'),
      await copy('the commands for an old AWS CLI'),
    )
    expect(status, stderr).toBe(0)
    expect(stdout).toMatch(ARN)
    expect(aws.trap.asked).toEqual([])
  } finally {
    await aws.stop()
  }
})

test('the credentials that are pasted say who they are, without any profile', async () => {
  await visitor.page.getByRole('button', { name: 'Get credentials' }).click()
  const { status, stdout, stderr } = await paste(await copy('the environment lines with credentials'), 'mayfly whoami')
  expect(status, stderr).toBe(0)
  expect(stdout).toMatch(ARN)
})

test('the section of the credentials file says who it is', async () => {
  await visitor.page.getByRole('button', { name: 'Get credentials' }).click()
  await openTab('Credentials file')
  home.write('.aws/credentials', await copy('the section of the credentials file'))
  const { status, stdout, stderr } = await paste(`mayfly whoami --profile ${DEVELOPMENT}_ReadOnlyAccess`)
  expect(status, stderr).toBe(0)
  expect(stdout).toMatch(ARN)
})

/** Presses the button and answers what was copied. */
async function copy(what: string): Promise<string> {
  await visitor.page.evaluate(() => navigator.clipboard.writeText(''))
  await visitor.page.getByRole('button', { name: `Copy ${what}`, exact: true }).click()
  await expect.poll(() => visitor.clipboard()).not.toBe('')
  return visitor.clipboard()
}

async function openTab(name: string): Promise<void> {
  await visitor.page.getByRole('tab', { name }).click()
}

/** Runs the lines in one shell, to which mayfly and mayfly-server are installed commands. */
function paste(...lines: string[]) {
  const bin = join(home.path, 'bin')
  mkdirSync(bin)
  for (const [name, program] of [
    ['mayfly', join(root, 'packages/cli/bin/mayfly.cjs')],
    ['mayfly-server', join(root, 'packages/server/bin/mayfly-server.cjs')],
    ['node', process.execPath],
  ] as const) {
    symlinkSync(program, join(bin, name))
  }
  const env = { ...home.env(home.browser()), PATH: `${bin}:/usr/bin:/bin` }
  return runProgram('/bin/sh', ['-e', '-c', lines.join('\n')], { env })
}
