/** Ids that miss the form by one character, or that AWS cannot have given out; account ids, ARNs and UUIDs. */

import type { Draft, Draw } from '../draft.ts'
import { accountLetters } from '../key.ts'

export function nearIds(draw: Draw): Draft[] {
  const { chance } = draw
  const right = (): string => accountLetters(chance, BigInt(chance.digits(12)))
  const near = (why: string, text: string): string => draw.mark({ why }, text)
  const wrong = (digit: string): string => {
    const letters = right()
    const at = chance.below(16)
    return `AKIA${letters.slice(0, at)}${digit}${letters.slice(at + 1)}`
  }
  const past = 1_000_000_000_000n + BigInt(chance.below(90_000_000)) * 1000n
  const ids = [
    near('lower case', `akia${right().toLowerCase()}`),
    near('lower case', `Akia${right()}`),
    near('lower case in the middle', `AKIA${right().slice(0, 8)}${right().slice(8).toLowerCase()}x`),
    near('one character too long', `AKIA${right()}${chance.pick(['A', '7', 'Q'])}`),
    near('one character too long', `AKIA${right()}${chance.pick(['Z', '2', 'M'])}`),
    near('one character too short', `AKIA${right().slice(1)}`),
    near('one character too short', `AKIA${right().slice(0, 15)}`),
    ...['0', '1', '8', '9', '0', '1', '8', '9'].map((digit) => near(`a ${digit}, which base32 has not`, wrong(digit))),
    near('inside a longer word', `X${`AKIA${right()}`}`),
    near('inside a longer word', `SLOVAKIA${right()}`),
    near('inside a longer word', `AKIA${right()}abc`),
    near('inside a longer word', `my0AKIA${right()}`),
    ...[past, past + 7_000n, past + 900_000_000n].map((account) =>
      near('an account of 13 digits, which AWS has not', `AKIA${accountLetters(chance, account)}`),
    ),
  ]
  const why = { why: 'no key but an id that lies beside keys' }
  const others = [
    `account = ${draw.mark(why, chance.digits(12))}`,
    `role_arn = arn:aws:iam::${draw.mark(why, chance.digits(12))}:role/${chance.name()}`,
    `kms = arn:aws:kms:eu-west-1:${chance.digits(12)}:key/${draw.mark(why, chance.uuid())}`,
    `secret_arn = arn:aws:secretsmanager:us-east-1:${chance.digits(12)}:secret:${draw.mark(why, `${chance.name()}-aB3dEf`)}`,
    `access_key_uuid = ${draw.mark(why, chance.uuid())}`,
    `canonical = ${draw.mark(why, chance.hex(64))}`,
    `distribution = ${draw.mark(why, `E${chance.letters('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 13)}`)}`,
  ]
  const lines = chance
    .shuffled(ids)
    .map((id) => `${chance.pick(['access_key = ', 'key: ', '', 'AWS_ACCESS_KEY_ID='])}${id}`)
  return [
    { kind: 'near ids', path: `${chance.project()}/ids.txt`, text: `${lines.slice(0, 11).join('\n')}\n` },
    { kind: 'near ids', path: `${chance.project()}/credentials.old`, text: `${lines.slice(11).join('\n')}\n` },
    { kind: 'ids of others', path: `${chance.project()}/settings.ini`, text: `[aws]\n${others.join('\n')}\n` },
  ]
}
