import { expect, test } from 'vitest'
import { createTestMachine } from '../../testing/test-machine.ts'
import { NO_WORDS } from '../command.ts'
import { configureSsoSession } from './sso-session.ts'

async function configure(name: string, startUrl: string) {
  const machine = createTestMachine({ answer: () => ({ status: 404, headers: {}, body: '' }) })
  const options = {
    'sso-session': name,
    'sso-start-url': startUrl,
    'sso-region': 'us-east-1',
    'sso-registration-scopes': 'sso:account:access',
  }
  expect(await configureSsoSession.run(options, machine, NO_WORDS)).toBe(0)
  return machine
}

test('everything may be said on the command line, and then nobody is asked', async () => {
  const machine = await configure('corp', 'https://d-9067aaaaaa.awsapps.com/start')
  expect(machine.text('~/.aws/config')).toBe(
    '[sso-session corp]\nsso_start_url = https://d-9067aaaaaa.awsapps.com/start\nsso_region = us-east-1\nsso_registration_scopes = sso:account:access\n',
  )
  expect(machine.stdout()).toMatch(/\n\naws sso login --sso-session corp\n$/)
})

test('the next command can be pasted, and where the AWS CLI would ask AWS it is ours', async () => {
  const machine = await configure("it's mine", 'http://localhost:7373/start')
  expect(machine.stdout()).toMatch(/\n\nmayfly sso login --sso-session 'it'"'"'s mine'\n$/)
  expect(machine.stderr()).toContain('do not find the name "it\'s mine"')
})
