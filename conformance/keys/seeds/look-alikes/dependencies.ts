/** Test data inside installed dependencies: of the right form, and nobody's key. They are passed over unless asked for. */

import type { Draft, Draw } from '../draft.ts'
import { accountLetters, newSecret } from '../key.ts'

export function dependencies(draw: Draw): Draft[] {
  const { chance } = draw
  const project = chance.project()
  const python = chance.pick(['3.11', '3.12', '3.13'])
  const paths = [
    `${project}/node_modules/@aws-sdk/credential-provider-ini/test/fixtures/credentials`,
    `${project}/node_modules/aws4/test/keys.json`,
    `${project}/node_modules/${chance.name()}/node_modules/${chance.name()}/README.md`,
    `${project}/.venv/lib/python${python}/site-packages/botocore/tests/unit/cfg/aws_credentials`,
    `.local/lib/python${python}/site-packages/moto/tests/test_keys.py`,
    `.pyenv/versions/${python}.1/lib/python${python}/site-packages/boto/tests/credentials`,
    `go/pkg/mod/github.com/aws/aws-sdk-go@v1.44.${chance.below(99)}/aws/credentials/testdata/example.ini`,
    `.cargo/registry/src/index.crates.io-${chance.hex(16)}/aws-config-1.5.${chance.below(9)}/test-data/credentials`,
    `.gem/ruby/3.2.0/gems/aws-sdk-core-3.${chance.below(99)}.0/spec/fixtures/credentials/mock`,
    `${chance.project()}/vendor/bundle/ruby/3.2.0/gems/fog-aws-3.${chance.below(9)}/tests/keys.rb`,
  ]
  return paths.map((path) => {
    const id = draw.mark(
      { why: 'test data of a dependency' },
      `AKIA${accountLetters(chance, BigInt(chance.digits(12)))}`,
    )
    return {
      kind: 'dependencies',
      path,
      text: `[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${newSecret(chance)}\n`,
    }
  })
}
