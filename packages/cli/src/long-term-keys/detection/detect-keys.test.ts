import fc from 'fast-check'
import { expect, test } from 'vitest'
import { detectKeys } from './detect-keys.ts'
import { keyId, oldKeyId, secretOf } from './testing/made-keys.ts'

const seen = (text: string): string[] =>
  detectKeys(text).map(({ accessKeyId, secret }) => `${accessKeyId ?? '-'} ${secret?.reveal() ?? '-'}`)

const [A, B, C] = [keyId('111122223333', 1), keyId('444455556666', 2), keyId('777788889999', 3)]
const [a, b, c] = [secretOf(1), secretOf(2), secretOf(3)]

test.each([
  ['an INI file', `[default]\naws_access_key_id = ${A}\naws_secret_access_key = ${a}\n`],
  ['an INI file, secret first', `[default]\naws_secret_access_key=${a}\naws_access_key_id=${A}\n`],
  ['CRLF and a byte order mark', `\uFEFF[default]\r\naws_access_key_id=${A}\r\naws_secret_access_key=${a}\r\n`],
  ['a shell script', `export AWS_ACCESS_KEY_ID=${A} AWS_SECRET_ACCESS_KEY='${a}'`],
  ['fish', `set -gx AWS_ACCESS_KEY_ID ${A}\nset -gx AWS_SECRET_ACCESS_KEY ${a}`],
  ['PowerShell', `$env:AWS_ACCESS_KEY_ID = "${A}"\n$env:AWS_SECRET_ACCESS_KEY = "${a}"`],
  ['a cmdlet', `Set-AWSCredential -AccessKey ${A} -SecretKey ${a} -StoreAs default`],
  ['aws configure', `aws configure set aws_access_key_id ${A}; aws configure set aws_secret_access_key ${a}`],
  ['JSON', `{"AccessKey": {"AccessKeyId": "${A}", "SecretAccessKey": "${a}"}}`],
  ['JSON with escaped slashes', `{"accessKeyId":"${A}","secretAccessKey":"${a.replaceAll('/', '\\/')}"}`],
  [
    'JSON with escaped characters',
    `{"k":"${A}","secretAccessKey":"${a.replaceAll('/', '\\u002f').replaceAll('+', '\\u002B')}"}`,
  ],
  ['JSON in JSON', JSON.stringify({ env: JSON.stringify({ id: A, secretKey: a }) })],
  ['lines in JSON', JSON.stringify({ env: `AWS_ACCESS_KEY_ID=${A}\nAWS_SECRET_ACCESS_KEY=${a}\n` })],
  ['names and values', `[{"name":"AWS_ACCESS_KEY_ID","value":"${A}"},{"name":"AWS_SECRET_ACCESS_KEY","value":"${a}"}]`],
  ['YAML names and values', `- name: AWS_ACCESS_KEY_ID\n  value: ${A}\n- name: AWS_SECRET_ACCESS_KEY\n  value: ${a}\n`],
  ['HCL', `provider "aws" {\n  access_key = "${A}"\n  secret_key = "${a}"\n}`],
  ['Terraform variables', `variable "aws_secret" {\n  default = "${a}"\n}\nvariable "aws_id" {\n  default = "${A}"\n}`],
  ['an argument list', `boto3.client('s3', '${A}', '${a}')`],
  ['arguments in lines', `new BasicAWSCredentials(\n  "${A}",\n  "${a}")`],
  ['a pair', `${A}:${a}`],
  ['a pair with a slash', `${A}/${a}`],
  ['a CSV file', `User name,Access key ID,Secret access key\r\nalice,${A},${a}\r\n`],
  ['a URL', `s3://${A}:${encodeURIComponent(a)}@bucket/prefix`],
  ['a URL in a URL', `https://x.example/?u=${encodeURIComponent(`s3://${A}:${a}@bucket`)}`],
  ['XML elements', `<server><username>${A}</username><password>${a.replaceAll('+', '&#43;')}</password></server>`],
  ['XML attributes', `<add key="AWSAccessKey" value="${A}" />\n<add key="AWSSecretKey" value="${a}" />`],
  [
    'Hadoop',
    `<property><name>fs.s3a.access.key</name><value>${A}</value></property>\n<property><name>fs.s3a.secret.key</name>\n<value>${a}</value></property>`,
  ],
  ['properties', `cloud.aws.credentials.access-key=${A}\ncloud.aws.credentials.secret-key: ${a}`],
  ['Kubernetes', `data:\n  AWS_ACCESS_KEY_ID: ${btoa(A)}\n  AWS_SECRET_ACCESS_KEY: ${btoa(a)}\n`],
  ['Kubernetes with line breaks', `data:\n  id: ${btoa(`${A}\n`)}\n  secret: ${btoa(`${a}\n`)}\n`],
  [
    'a file in base64',
    `data:\n  credentials: ${btoa(`# mine\n[default]\naws_access_key_id=${A}\naws_secret_access_key=${a}\n`)}\n`,
  ],
  ['a registry', `{"auths":{"r.example":{"auth":"${btoa(`${A}:${a}`)}"}}}`],
  ['s3cmd', `[default]\naccess_key = ${A}\n${'option = value\n'.repeat(70)}secret_key = ${a}\n`],
  ['a listing', `Access key ID: ${A}\nSecret access key: ${a}\n`],
  ['a mail', `AWS_ACCESS_KEY_ID=3D${A}\nAWS_SECRET_ACCESS_KEY=3D${a}\n`],
  ['an element with attributes', `<User>${A}</User>\n<Pass encoding="base64">${btoa(a)}</Pass>`],
  ['a default of a shell variable', `export AWS_ACCESS_KEY_ID="\${K:-${A}}" AWS_SECRET_ACCESS_KEY="\${S:-${a}}"`],
  ['a coloured log', `\u001b[31m${A}\u001b[0m secret_access_key=${a}`],
])('%s', (_, text) => {
  expect(seen(text)).toEqual([`${A} ${a}`])
})

test.each([
  [
    'profiles',
    `[a]\naws_access_key_id=${A}\naws_secret_access_key=${a}\n[b]\naws_access_key_id=${B}\naws_secret_access_key=${b}\n`,
  ],
  [
    'profiles, secrets first',
    `[a]\naws_secret_access_key=${a}\naws_access_key_id=${A}\n[b]\naws_secret_access_key=${b}\naws_access_key_id=${B}\n`,
  ],
  ['objects, secrets first', `[{"secret":"${a}","key":"${A}"},{"secret":"${b}","key":"${B}"}]`],
  ['names in groups', `ID_X=${A}\nID_Y=${B}\nAWS_SECRET_Y=${b}\nAWS_SECRET_X=${a}\n`],
  ['lists', `ids = ["${A}", "${B}"]\nsecret_keys = ["${a}", "${b}"]`],
  ['rows', `${A},${a}\n${B},${b}\n`],
])('each secret goes to its own id: %s', (_, text) => {
  expect(seen(text)).toEqual([`${A} ${a}`, `${B} ${b}`])
})

test('an id without a secret does not take the one of the next', () => {
  expect(seen(`[a]\naws_access_key_id=${A}\n[b]\naws_access_key_id=${B}\naws_secret_access_key=${b}\n`)).toEqual([
    `${A} -`,
    `${B} ${b}`,
  ])
  expect(seen(`# was ${A}\nAWS_SECRET_ACCESS_KEY=${b}\nAWS_ACCESS_KEY_ID=${B}\n`)).toEqual([`${A} -`, `${B} ${b}`])
  expect(seen(`AWS_ACCESS_KEY_ID=${A}\nOTHER_TOKEN=${c}\nAWS_SECRET_ACCESS_KEY=${a}\n`)).toEqual([`${A} ${a}`])
  expect(seen(`${C} ${C}`)).toHaveLength(2)
})

test('a secret whose name says what it is counts without an id, and any other does not', () => {
  expect(seen(`aws_secret_access_key = ${a}`)).toEqual([`- ${a}`])
  expect(seen(`SECRET_KEY = '${a}'\npassword: ${a}\n"token": "${a}"`)).toEqual([])
})

test('an id of the first generation has no account, and is one', () => {
  expect(detectKeys(`key ${oldKeyId(1)}`)).toMatchObject([{ accessKeyId: oldKeyId(1), line: 1, column: 5 }])
  expect(detectKeys(oldKeyId(1))[0]?.accountId).toBeUndefined()
})

test('a file that is named as a secret may hold nothing else', () => {
  const [found] = detectKeys(`\n${a}\n`, { path: '/run/secrets/aws_secret_access_key.txt' })
  expect(found).toMatchObject({ line: 2, column: 1, secretAt: { start: 1, end: 41 } })
  expect(found?.secret?.reveal()).toBe(a)
  expect(detectKeys(a, { path: '/run/secrets/session' })).toEqual([])
})

test('bait is known by its account', () => {
  expect(detectKeys(keyId('052310077262', 1))).toMatchObject([{ isCanary: true, accountId: '052310077262' }])
  expect(detectKeys(A)).toMatchObject([{ isCanary: false, accountId: '111122223333' }])
})

test.each([
  [
    'the examples of the documentation',
    `AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY AKIAI44QH8DHBEXAMPLE`,
  ],
  [
    'words to be replaced',
    `AKIA${'X'.repeat(16)} AKIAYOURACCESSKEYIDX AKIA${'ABCDEFGHIJKLMNOP'} AKIA${'ABCD'.repeat(4)}`,
  ],
  ['a temporary key with its secret', `AWS_ACCESS_KEY_ID=${A.replace('AKIA', 'ASIA')}\nAWS_SECRET_ACCESS_KEY=${a}\n`],
  [
    'a key of another vendor with its secret',
    `aws_access_key_id = GOOG1E7QWERTZUIOPASDFG\naws_secret_access_key = ${a}\n`,
  ],
  ['an account of thirteen digits', keyId('1099511627775', 1)],
  ['the account of an emulator', keyId('000000000000', 1)],
  ['letters around it', `X${A} ${B}7 x${C}x`],
  ['a longer row', `aws_secret_access_key = ${a}${b}`],
  ['a hash', `aws_secret_access_key = ${'0123456789abcdef0123456789abcdef01234567'}`],
  ['what sops has encrypted', `AWS_SECRET_ACCESS_KEY=ENC[AES256_GCM,data:${a},iv:x,tag:y]`],
  ['chance in base64', `src="data:image/png;base64,${'iVBORw0KGgo'.repeat(6)}/${A}+${'Tm8gaWRlYQ'.repeat(6)}"`],
  ['a variable', `aws_secret_access_key = \${SECRET}`],
  ['the name of a class', `aws_secret = ThisIsAVeryLongCamelCaseIdentifierNames`],
])('none: %s', (_, text) => {
  expect(seen(text)).toEqual([])
})

test('lines, columns and offsets are those of the text, with the key in base64 too', () => {
  const encoded = btoa(`[default]\naws_access_key_id=${A}\naws_secret_access_key=${a}\n`)
  const wrapped = encoded.match(/.{1,60}/g)?.join('\n  ') ?? ''
  const [found] = detectKeys(`é\n  data: |\n  ${wrapped}\n`)
  expect(found).toMatchObject({ accessKeyId: A, idSpelling: 'base64', line: 3 })
  expect(found?.secret?.reveal()).toBe(a)
  const [plain] = detectKeys(`😀\n x=${A}`)
  expect(plain).toMatchObject({ line: 2, column: 4, idAt: { start: 6, end: 26 } })
})

const piece = fc.constantFrom(
  ...[
    A,
    B,
    a,
    b,
    btoa(A),
    btoa(a),
    btoa(`${A}:${a}`),
    'AKIA',
    'QUtJQ',
    'secret_access_key',
    'aws_secret',
    '=',
    ':',
    '"',
  ],
  ...[
    '\n',
    '\r\n',
    '\\',
    '\\n',
    '\\u002f',
    '%2F',
    '%',
    '&#47;',
    '&',
    '[a]',
    '{',
    '}',
    '---',
    ' ',
    '\u001b[0m',
    '/',
    '+',
  ],
)

test('whatever the text, nothing is thrown, and what is answered stands where it is said to stand', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }).map((all) => all.join('')),
  )
  fc.assert(
    fc.property(text, (whole) => {
      for (const { accessKeyId, secret, idAt, idSpelling, secretAt, secretSpelling, line, column } of detectKeys(
        whole,
      )) {
        if (idAt && idSpelling === 'plain') expect(whole.slice(idAt.start, idAt.end)).toBe(accessKeyId)
        if (secretAt && secretSpelling === 'plain')
          expect(whole.slice(secretAt.start, secretAt.end)).toBe(secret?.reveal())
        const start = (idAt ?? secretAt)?.start ?? -1
        const before = whole.slice(0, start).split('\n')
        expect([line, column]).toEqual([before.length, (before.at(-1)?.length ?? 0) + 1])
      }
    }),
    { numRuns: 2000 },
  )
})

test.each([
  ['letters', 'A'],
  ['ids', `${A} `],
  ['ids without a space', A],
  ['secrets', `aws_secret_access_key=${a}\n`],
  ['signs of base64', 'QUtJQ'],
  ['wrapped base64', `${btoa(`${A}${a}`).slice(0, 76)}\n`],
  ['backslashes', '\\'],
  ['names', 'access_key_id = '],
  ['names without values', 'aws_secret_access_key access_key '],
  ['brackets', '[AKIA'],
  ['percent signs', '%41'],
  ['ampersands', '&#x2f;'],
])('a megabyte of %s takes no more than a second', (_, unit) => {
  const text = unit.repeat(Math.ceil(1_000_000 / unit.length))
  const before = performance.now()
  detectKeys(`AKIA ${text}`)
  expect(performance.now() - before).toBeLessThan(1500)
})
