/** A home whose tools live on a long-term key: the AWS CLI, boto3, the SDK for JavaScript, a `.env` program, rclone. */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AwsCli } from '../../harness/aws-cli.ts'
import { DEVELOPMENT } from '../../harness/example.ts'
import { Home } from '../../harness/home.ts'
import { runMayfly } from '../../harness/mayfly.ts'
import { MovingClock } from '../../harness/moving-clock.ts'
import { root } from '../../harness/root.ts'
import { type ProgramRun, runProgram } from '../../harness/run-program.ts'
import { ServerProcess } from '../../harness/server-process.ts'

const PYTHON = '/usr/bin/python3'
const hasBoto3 = existsSync(PYTHON) && spawnSync(PYTHON, ['-c', 'import boto3']).status === 0

const BY_BOTO3 = `
import sys, boto3
print(boto3.client("sts", region_name="us-east-1", endpoint_url=sys.argv[1]).get_caller_identity()["Arn"])
`
const BY_JAVASCRIPT = `
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
console.log((await new STSClient({ region: 'us-east-1' }).send(new GetCallerIdentityCommand({}))).Arn)
`

export interface LongTermKey {
  readonly id: string
  readonly secret: string
}

export class RetiringHome {
  readonly server: ServerProcess
  readonly aws: AwsCli
  readonly clock: MovingClock
  readonly home = new Home()
  readonly userName: string
  key: LongTermKey = { id: '', secret: '' }
  /** Every output of ours. */
  readonly heard: string[] = []

  private constructor(server: ServerProcess, aws: AwsCli, clock: MovingClock, userName: string) {
    this.server = server
    this.aws = aws
    this.clock = clock
    this.userName = userName
  }

  /** The server follows the clock as well. `deploy` has a key in development, made by alice through the AWS CLI. */
  static async open(userName = 'deploy'): Promise<RetiringHome> {
    const clock = new MovingClock()
    const server = await ServerProcess.start({ env: clock.env })
    const opened = new RetiringHome(server, await AwsCli.pointAt(server.origin), clock, userName)
    await opened.prepare()
    return opened
  }

  /** Signs in, makes the user and its key, and lets every tool hold it. */
  async prepare(): Promise<void> {
    this.home.write('.aws/config', adminConfig(this.server.startUrl))
    await this.signIn()
    await this.asAlice('create-user', '--user-name', this.userName)
    const policy = 'arn:aws:iam::aws:policy/AdministratorAccess'
    await this.asAlice('attach-user-policy', '--user-name', this.userName, '--policy-arn', policy)
    this.hold(await this.createKey())
  }

  /** Every tool holds this key from now on. */
  hold(key: LongTermKey): void {
    this.key = key
    for (const [path, text, mode] of heldFiles(key)) this.home.write(path, text, mode)
  }

  /** As if nothing had been retired here, with another key. */
  reset(key: LongTermKey): void {
    rmSync(join(this.home.path, '.mayfly/retirements'), { recursive: true, force: true })
    this.home.write('.aws/config', adminConfig(this.server.startUrl))
    this.hold(key)
  }

  async createKey(): Promise<LongTermKey> {
    const { AccessKey } = await this.asAlice('create-access-key', '--user-name', this.userName)
    return { id: AccessKey.AccessKeyId, secret: AccessKey.SecretAccessKey }
  }

  env(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
    return { ...this.clock.env, AWS_ENDPOINT_URL: this.server.origin, ...extra }
  }

  async mayfly(words: string, extra: Readonly<Record<string, string>> = {}): Promise<ProgramRun> {
    const run = await runMayfly(this.home, words.split(' '), { env: this.env(extra) })
    this.heard.push(`${words}\n${run.stdout}\n${run.stderr}`)
    return run
  }

  async signIn(): Promise<void> {
    const { status, stderr } = await this.mayfly('login --profile admin')
    if (status !== 0) throw new Error(stderr)
  }

  // biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the test expects of it.
  async asAlice(...words: readonly string[]): Promise<any> {
    const as = ['--profile', 'admin', '--region', 'us-east-1', '--output', 'json']
    const { status, stdout, stderr } = await this.aws.run(this.home, ['iam', ...words, ...as], this.clock.env)
    if (status !== 0) throw new Error(stderr)
    return stdout.trim() === '' ? {} : JSON.parse(stdout)
  }

  async statusOfKey(): Promise<string> {
    const { AccessKeyMetadata } = await this.asAlice('list-access-keys', '--user-name', this.userName)
    const own = AccessKeyMetadata.find(({ AccessKeyId }: { AccessKeyId: string }) => AccessKeyId === this.key.id)
    return own?.Status ?? 'gone'
  }

  /** Somebody on another computer uses the key. */
  async useKeyElsewhere(): Promise<void> {
    const env = {
      PATH: '/usr/bin:/bin',
      HOME: '/nonexistent',
      AWS_ACCESS_KEY_ID: this.key.id,
      AWS_SECRET_ACCESS_KEY: this.key.secret,
      AWS_DATA_PATH: this.aws.clientFiles,
      ...this.clock.env,
    }
    const run = await runProgram('/usr/bin/aws', ['sts', 'get-caller-identity', '--region', 'us-east-1'], { env })
    if (run.status !== 0) throw new Error(run.stderr)
  }

  /** Whom every tool finds itself to be, or how it fails. */
  async tools(): Promise<Readonly<Record<string, string>>> {
    const { home, aws } = this
    const identity = ['sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text', '--region', 'us-east-1']
    const env = aws.env(home, this.clock.env)
    const file = join(root, '.build', `retire-sdk-${process.pid}.mjs`)
    mkdirSync(join(root, '.build'), { recursive: true })
    writeFileSync(file, BY_JAVASCRIPT)
    const dotenv = 'set -a; . ./app/.env; exec "$0" "$@"'
    const runs = {
      'AWS CLI': runProgram('/usr/bin/aws', identity, { env }),
      'AWS CLI, profile work': runProgram('/usr/bin/aws', [...identity, '--profile', 'work'], { env }),
      'SDK for JavaScript': runProgram(process.execPath, [file], { env: home.env(this.env()) }),
      '.env program': runProgram('/bin/sh', ['-c', dotenv, '/usr/bin/aws', ...identity], { env, cwd: home.path }),
      ...(hasBoto3 && { boto3: runProgram(PYTHON, ['-c', BY_BOTO3, this.server.origin], { env }) }),
    }
    const found = await Promise.all(
      Object.entries(runs).map(async ([tool, run]) => {
        const { status, stdout, stderr } = await run
        return [tool, status === 0 ? kindOf(stdout) : `${stderr}`.trim().slice(-400)] as const
      }),
    )
    return Object.fromEntries(found)
  }

  /** Where the secret stands, in any form, besides the files that are named. */
  traces(...besides: readonly string[]): readonly string[] {
    const needles = formsOf(this.key.secret)
    const has = (bytes: Buffer): boolean => needles.some((needle) => bytes.includes(needle))
    const files = readdirSync(this.home.path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
    const inFiles = files.filter((path) => has(readFileSync(path))).map((path) => path.slice(this.home.path.length + 1))
    const inWords = this.heard.filter((text) => has(Buffer.from(text))).map((text) => text.split('\n')[0] ?? '')
    return [...inFiles.filter((path) => !besides.includes(path)), ...inWords]
  }

  async close(): Promise<void> {
    this.home.remove()
    await this.aws.stop()
    await this.server.stop()
    this.clock.remove()
  }
}

/** The files in which a key is held: path, text, mode. */
export function heldFiles({ id, secret }: LongTermKey): readonly (readonly [string, string, number])[] {
  const pair = `aws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`
  const rclone = `[store]\ntype = s3\nprovider = AWS\naccess_key_id = ${id}\nsecret_access_key = ${secret}\n`
  return [
    ['.aws/credentials', `# of 2019\n[default]\n${pair}\n[work]\n# the same\n${pair}`, 0o600],
    ['app/.env', `PORT=8080\nAWS_ACCESS_KEY_ID=${id}\nAWS_SECRET_ACCESS_KEY="${secret}"\nDEBUG=1\n`, 0o640],
    ['.config/rclone/rclone.conf', `${rclone}region = us-east-1\n`, 0o600],
  ]
}

const adminConfig = (startUrl: string): string =>
  `[profile admin]
sso_session = acme
sso_account_id = ${DEVELOPMENT}
sso_role_name = AdministratorAccess
region = us-east-1

[sso-session acme]
sso_start_url = ${startUrl}
sso_region = us-east-1
sso_registration_scopes = sso:account:access
`

/** `role` for the permission set, `user` for the key. */
const kindOf = (arn: string): string => {
  const text = arn.trim()
  if (text.includes(':assumed-role/AWSReservedSSO_')) return 'role'
  return text.includes(':user/') ? 'user' : text
}

/** All of it but the last four characters, whole and in pieces, as it may stand anywhere. */
function formsOf(secret: string): readonly Buffer[] {
  const hidden = secret.slice(0, -4)
  const pieces = [hidden.slice(0, 16), hidden.slice(16, 32), hidden.slice(-16)]
  return pieces.flatMap((piece) => [
    Buffer.from(piece),
    Buffer.from(piece, 'utf16le'),
    Buffer.from(Buffer.from(piece).toString('hex')),
    Buffer.from(encodeURIComponent(piece)),
    ...[0, 1, 2].map((before) => {
      const text = Buffer.concat([Buffer.alloc(before), Buffer.from(piece)]).toString('base64')
      return Buffer.from(text.slice(before === 0 ? 0 : before + 1, Math.floor(((before + piece.length) * 8) / 6)))
    }),
  ])
}
