/** The ids and secrets that AWS prints in its documentation, in the places to which people copy them. */

import type { Draft, Draw } from '../draft.ts'

/** Built from parts: scanners of repositories need not stop here. */
const IDS = ['IOSFODNN7', 'I44QH8DHB', '111111111', '222222222', 'IOSFODNN8', 'JQ6OJQEXM'].map(
  (middle) => `${'AK'}IA${middle}${'EXAMPLE'}`,
)
const SECRETS = [
  'wJalrXUtnFEMI/K7MDENG/bPxRfiCY',
  'je7MtGbClwBF/2Zp9Utk/h3yCo8nvb',
  'wJalrXUtnFEMI/K7MDENG+bPxRfiCY',
].map((start) => `${start}${'EXAMPLE'}KEY`)

export function documentation(draw: Draw): Draft[] {
  const { chance } = draw
  const places: [string, (id: string, secret: string) => string][] = [
    [
      'README.md',
      (id, secret) => `\`\`\`ini\n[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n\`\`\`\n`,
    ],
    ['.env.example', (id, secret) => `AWS_ACCESS_KEY_ID=${id}\nAWS_SECRET_ACCESS_KEY=${secret}\n`],
    ['notes.txt', (id, secret) => `access key ${id}, secret access key ${secret}\n`],
    ['credentials.sample', (id, secret) => `[user1]\naws_access_key_id=${id}\naws_secret_access_key=${secret}\n`],
    [
      'docs/setup.rst',
      (id, secret) =>
        `.. code:: bash\n\n    export AWS_ACCESS_KEY_ID=${id}\n    export AWS_SECRET_ACCESS_KEY=${secret}\n`,
    ],
    ['test_signing.py', (id, secret) => `KEY = Credentials("${id}", "${secret}")\n`],
    ['src/Example.java', (id, secret) => `  new BasicAWSCredentials("${id}",\n      "${secret}");\n`],
    [
      'create-access-key.txt',
      (id, secret) =>
        `{\n  "AccessKey": { "UserName": "Bob", "AccessKeyId": "${id}", "SecretAccessKey": "${secret}" }\n}\n`,
    ],
    [
      'index.html',
      (id, secret) =>
        `<pre>$ aws configure\nAWS Access Key ID [None]: <b>${id}</b>\nAWS Secret Access Key [None]: <b>${secret}</b></pre>\n`,
    ],
    ['example.tf', (id, secret) => `provider "aws" {\n  access_key = "${id}"\n  secret_key = "${secret}"\n}\n`],
  ]
  return places.map(([name, write]) => {
    const texts = Array.from({ length: 3 }, () =>
      write(draw.mark({ why: 'an example of the AWS documentation' }, chance.pick(IDS)), chance.pick(SECRETS)),
    )
    return { kind: 'documentation', path: `${chance.project()}/${name}`, text: texts.join(chance.comment('')) }
  })
}
