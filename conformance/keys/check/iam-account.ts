/** IAM users with long-term keys in an account of a running server, made as alice would make them. */

import type { Home } from '../../harness/home.ts'
import { runMayfly } from '../../harness/mayfly.ts'
import { type SignedCall, signedCall } from '../../harness/signed-call.ts'

export interface MadeKey {
  readonly id: string
  readonly secret: string
}

export interface IamAccount {
  readonly call: (operation: string, input: Readonly<Record<string, unknown>>) => ReturnType<SignedCall>
  /** A user with one inline policy that allows these actions on everything, and a key. */
  createUser(userName: string, actions: readonly string[]): Promise<MadeKey>
  createKey(userName: string): Promise<MadeKey>
}

/** As the administrator whose profile it is; somebody is signed in to this home. */
export async function openIamAccount(home: Home, origin: string, profile: string): Promise<IamAccount> {
  const { stdout, stderr } = await runMayfly(home, ['credentials', '--profile', profile, '--format', 'process'])
  if (stdout === '') throw new Error(stderr)
  const { AccessKeyId, SecretAccessKey, SessionToken } = JSON.parse(stdout)
  const signed = signedCall(origin, {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  })
  const call: IamAccount['call'] = (operation, input) => signed('iam', operation, input)
  const createKey = async (userName: string): Promise<MadeKey> => {
    const { AccessKey } = (await call('CreateAccessKey', { UserName: userName })) as {
      AccessKey: { AccessKeyId: string; SecretAccessKey: string }
    }
    return { id: AccessKey.AccessKeyId, secret: AccessKey.SecretAccessKey }
  }
  return {
    call,
    createKey,
    async createUser(userName, actions) {
      await call('CreateUser', { UserName: userName })
      const document = {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
      }
      await call('PutUserPolicy', {
        UserName: userName,
        PolicyName: 'own',
        PolicyDocument: JSON.stringify(document),
      })
      return createKey(userName)
    },
  }
}

export const credentialsFile = (keys: Readonly<Record<string, MadeKey>>): string =>
  Object.entries(keys)
    .map(([name, { id, secret }]) => `[${name}]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`)
    .join('')
