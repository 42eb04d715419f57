/** Calls as commands. */
import { expect, test } from 'vitest'
import { prepare } from './call.ts'
import { formatCommand } from './command.ts'

const place = { origin: 'http://127.0.0.1:8181', region: 'us-east-1' }

test('what AWS publishes is shown as a command of the AWS CLI', () => {
  const call = prepare('sso-admin', 'CreateAccountAssignment', {
    InstanceArn: 'arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60',
    TargetId: '111122223333',
    TargetType: 'AWS_ACCOUNT',
    PermissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-0123456789abcdef',
    PrincipalType: 'GROUP',
    PrincipalId: '1234',
  })
  expect(formatCommand(call, place)).toBe(
    [
      'aws sso-admin create-account-assignment',
      '--instance-arn arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60',
      '--target-id 111122223333',
      '--target-type AWS_ACCOUNT',
      '--permission-set-arn arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-0123456789abcdef',
      '--principal-type GROUP',
      '--principal-id 1234',
      '--region us-east-1',
      '--endpoint-url http://127.0.0.1:8181',
    ].join(' \\\n  '),
  )
})

test('structures are JSON, yes and no are flags, and a shell takes every word as it is', () => {
  const named = prepare('identitystore', 'CreateUser', { IdentityStoreId: 'd-1', Name: { GivenName: "D'Arcy" } })
  expect(formatCommand(named, place)).toContain(`--name '{"GivenName":"D'\\''Arcy"}'`)
  const open = prepare('sso-admin', 'PutApplicationAssignmentConfiguration', {
    ApplicationArn: 'arn',
    AssignmentRequired: false,
  })
  expect(formatCommand(open, place)).toContain('--no-assignment-required')
})

test('what AWS does not publish is shown as a signed request', () => {
  const command = formatCommand(prepare('mayfly', 'UnlockUser', { UserId: 'u' }), place)
  expect(command).toContain('--aws-sigv4 aws:amz:us-east-1:mayfly')
  expect(command).toContain(`--header 'X-Amz-Target: Mayfly.UnlockUser'`)
  expect(command).toContain(`--data '{"UserId":"u"}'`)
})
