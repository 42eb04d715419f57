/** rclone.conf: a remote of Amazon S3 takes its credentials from a profile. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { type IniFile, type IniOption, type IniSection, parseIni } from '../../../shared-config/ini.ts'
import type { Splice } from '../text/splice.ts'
import { type Format, type FormatAnswer, type FormatQuestion, NOTHING } from './format.ts'
import { lineOffsets } from './ini-lines.ts'

/** The id becomes `env_auth = true`, the secret `profile = NAME`; where these are set already they get these values. */
export const editRclone: Format = (question) => {
  try {
    const file = parseIni(Buffer.from(question.text), 'rclone.conf')
    const answers = file.sections.map((section) => replaceInRemote(question, file, section))
    const leaves = answers.find((answer) => answer.leaves !== undefined)?.leaves
    return { splices: answers.flatMap(({ splices }) => splices), notes: [], ...(leaves !== undefined && { leaves }) }
  } catch (error) {
    if (error instanceof Refusal) return { ...NOTHING, leaves: 'It cannot be read as rclone reads it.' }
    throw error
  }
}

function replaceInRemote(question: FormatQuestion, file: IniFile, { options }: IniSection): FormatAnswer {
  const named = (name: string): IniOption | undefined => options.find((option) => option.name === name)
  const [id, secret] = [named('access_key_id'), named('secret_access_key')]
  if (id?.value !== question.accessKeyId) return NOTHING
  const provider = named('provider')?.value ?? 'AWS'
  if (named('type')?.value !== 's3' || provider !== 'AWS')
    return { ...NOTHING, leaves: 'The remote is none of Amazon S3, and only there does rclone take a profile.' }
  const lines = lineOffsets(file)
  const wanted = [
    ['env_auth', 'true'],
    ['profile', question.profileName],
  ] as const
  const free = [id, secret, named('session_token')].filter((option) => option !== undefined)
  const splices: Splice[] = []
  const added: string[] = []
  for (const [name, value] of wanted) {
    const present = named(name)
    const place = present ?? free.shift()
    if (place) splices.push(...lines.change(place, name, value))
    else added.push(`${name} = ${value}`)
  }
  // Only an id without a secret leaves no line for the second of them.
  const last = options.at(-1)
  if (last && added.length > 0) splices.push(lines.addBelow(last, added))
  return { splices: [...splices, ...free.flatMap((option) => lines.remove(option))], notes: [] }
}
