/** Keys that expire by themselves, and ids of principals. */

import type { Draft, Draw } from '../draft.ts'
import { accountLetters, BASE32, newSecret } from '../key.ts'

type Triple = readonly [id: string, secret: string, token: string]

export function temporary(draw: Draw): Draft[] {
  const { chance } = draw
  const triple = (): Triple => [
    draw.mark({ why: 'a temporary key' }, `ASIA${accountLetters(chance, BigInt(chance.digits(12)))}`),
    newSecret(chance),
    `IQoJb3JpZ2luX2Vj${chance.bytes(240).toString('base64')}`,
  ]
  const ini = ([id, secret, token]: Triple): string =>
    `[${chance.name()}]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\naws_session_token = ${token}\n\n`
  const cached = ([AccessKeyId, SecretAccessKey, SessionToken]: Triple): string =>
    chance.json({ Credentials: { AccessKeyId, SecretAccessKey, SessionToken, Expiration: '2026-01-01T00:00:00Z' } })
  const environment = ([id, secret, token]: Triple): string =>
    `export AWS_SECRET_ACCESS_KEY=${secret}\nexport AWS_ACCESS_KEY_ID=${id}\nexport AWS_SESSION_TOKEN=${token}\n`
  const powershell = ([id, secret, token]: Triple): string =>
    `$env:AWS_ACCESS_KEY_ID="${id}"\n$env:AWS_SECRET_ACCESS_KEY="${secret}"\n$env:AWS_SESSION_TOKEN="${token}"\n`
  const files: [string, string][] = [
    ['.aws/credentials.temporary', ini(triple()) + ini(triple()) + ini(triple())],
    [`.aws/cli/cache/${chance.hex(40)}.json`, cached(triple())],
    [`.aws/cli/cache/${chance.hex(40)}.json`, cached(triple())],
    [`.aws/boto/cache/${chance.hex(40)}.json`, cached(triple())],
    [`${chance.project()}/.env`, environment(triple())],
    [`${chance.project()}/session.sh`, environment(triple()) + environment(triple())],
    [`${chance.project()}/session.ps1`, powershell(triple())],
    [`${chance.project()}/.envrc`, environment(triple())],
  ]
  return [...files.map(([path, text]) => ({ kind: 'temporary', path, text })), principals(draw)]
}

/** Users, groups, roles, policies and so on have ids of the same letters. */
function principals(draw: Draw): Draft {
  const { chance } = draw
  const why = 'the id of a principal, a policy or a certificate'
  const ids = ['AROA', 'AIDA', 'AGPA', 'ANPA', 'ANVA', 'ASCA', 'APKA', 'ABIA', 'ACCA', 'AIPA'].map((first) => ({
    UserName: chance.name('.'),
    UserId: draw.mark({ why }, `${first}${chance.letters(BASE32, 17)}`),
    Secret: chance.isLikely(50),
  }))
  return { kind: 'principals', path: `${chance.project()}/list-users.json`, text: chance.json({ Users: ids }) }
}
