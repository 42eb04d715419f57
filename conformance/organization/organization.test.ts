/** A whole organization is set up through AWS's own tools; then every user says what they may get into. */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runProgram } from '../harness/run-program.ts'
import { createPlan } from './plan.ts'
import { assignBySdk, setUpBySdk } from './sdk-setup.ts'
import { WholeOrganization } from './whole-organization.ts'

const PYTHON = '/usr/bin/python3'
const hasBoto3 = existsSync(PYTHON) && spawnSync(PYTHON, ['-c', 'import boto3']).status === 0

const plan = createPlan()
let organization: WholeOrganization

beforeEach(async () => {
  organization = await WholeOrganization.start()
})
afterEach(() => organization?.stop())

test('by the AWS SDK for JavaScript', async () => {
  await setUpBySdk(organization.sdk, plan)
  await assignBySdk(organization.sdk, plan.assignments)
  await organization.expectPlan(plan)
})

test('by boto3', async (context) => {
  context.skip(!hasBoto3, 'this Python has no boto3 (Debian: apt-get install python3-boto3)')
  const { server, keys } = organization
  const { status, stdout, stderr } = await runProgram(
    PYTHON,
    [fileURLToPath(new URL('boto3_setup.py', import.meta.url)), server.origin],
    {
      env: {
        PATH: '/usr/bin:/bin',
        AWS_ACCESS_KEY_ID: keys.accessKeyId,
        AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
        AWS_SESSION_TOKEN: keys.sessionToken,
      },
      input: JSON.stringify(plan),
    },
  )
  expect(status, stderr).toBe(0)
  expect(JSON.parse(stdout)).toEqual({ users: 201, groups: 21, accounts: 51, permissionSets: 16 })
  await organization.expectPlan(plan)
})
