/** Terraform and OpenTofu: the keys of AWS's provider and of the s3 backend become a profile. */

import type { Splice } from '../text/splice.ts'
import type { Format, FormatAnswer, FormatQuestion } from './format.ts'
import { type HclAttribute, readAttributes } from './hcl-attributes.ts'
import { removeFromLine } from './whole-lines.ts'

/** In `*.tf` and `*.tofu`: provider "aws", backend "s3", the config of a terraform_remote_state. */
export const editTerraform: Format = (question) => replaceKeys(question, isAwsBlock)

/** In what `terraform init -backend-config=FILE` reads the attributes stand at the top. */
export const editBackendFile: Format = (question) => replaceKeys(question, (blocks) => blocks.length === 0)

function isAwsBlock(blocks: readonly (readonly string[])[]): boolean {
  const [type, name] = blocks.at(-1) ?? []
  if (type === 'provider' || type === 'backend') return name === (type === 'provider' ? 'aws' : 's3')
  return type === 'config' && name === '=' && blocks.at(-2)?.[1] === 'terraform_remote_state'
}

function replaceKeys(question: FormatQuestion, isAws: (blocks: HclAttribute['blocks']) => boolean): FormatAnswer {
  const scopes = new Map<number, HclAttribute[]>()
  for (const attribute of readAttributes(question.text)) {
    if (!isAws(attribute.blocks)) continue
    scopes.set(attribute.scope, [...(scopes.get(attribute.scope) ?? []), attribute])
  }
  const answers = [...scopes.values()].map((attributes) => replaceInBlock(question, attributes))
  return {
    splices: answers.flatMap(({ splices }) => splices),
    notes: [...new Set(answers.flatMap(({ notes }) => notes))],
  }
}

function replaceInBlock(
  { text, accessKeyId, secrets, profileName }: FormatQuestion,
  attributes: readonly HclAttribute[],
): FormatAnswer {
  const named = (name: string): HclAttribute | undefined => attributes.find((attribute) => attribute.name === name)
  const [id, secret, profile] = [named('access_key'), named('secret_key'), named('profile')]
  const isOwn = id?.value === accessKeyId
  const isOwnSecret = secret?.value !== undefined && secrets.includes(secret.value)
  if (!isOwn && !(isOwnSecret && id?.value === undefined)) return { splices: [], notes: [] }
  const going = [id, secret, named('token')].filter((attribute) => attribute !== undefined)
  const becoming = profile ? undefined : going[0]
  return {
    splices: [
      ...(becoming ? becomeProfile(text, becoming, profileName) : []),
      ...going.filter((attribute) => attribute !== becoming).map((attribute) => removeAttribute(text, attribute)),
    ],
    notes:
      profile && profile.value !== profileName
        ? [
            `profile = ${text.slice(profile.valueStart, profile.end)} is set here already and stays: it counts once the key is gone.`,
          ]
        : [],
  }
}

/** As wide as the name before it: people align the `=` of a block. */
function becomeProfile(
  text: string,
  { name, nameStart, valueStart, end }: HclAttribute,
  value: string,
): readonly Splice[] {
  const isAligned = /^ +=/.test(text.slice(nameStart + name.length))
  const written = JSON.stringify(value).replaceAll('${', '$${').replaceAll('%{', '%%{')
  return [
    { start: nameStart, end: nameStart + name.length, text: isAligned ? 'profile'.padEnd(name.length) : 'profile' },
    { start: valueStart, end, text: written },
  ]
}

function removeAttribute(text: string, { nameStart, end }: HclAttribute): Splice {
  const comma = /^[ \t]*,[ \t]*/.exec(text.slice(end))?.[0].length ?? 0
  return removeFromLine(text, nameStart, end + comma, /^(?:#|\/\/|\/\*)/)
}
