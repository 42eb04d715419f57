/** The options of `setup`, and what they and an earlier run say together. */

import { parseRolePattern } from '../../account-access/role-pattern.ts'
import { ArgumentRefusal } from '../../problems/argument-refusal.ts'
import { DEFAULT_TEMPLATE, type Grant, type NameTemplate, parseTemplate } from '../../profiles/name-template.ts'
import { FORM_KEYS } from '../../profiles/own-profile.ts'
import type { Prune } from '../../profiles/plan.ts'
import type { ExtraValues, SetupChoice } from '../../profiles/setup-record.ts'
import { findText, type SharedConfig } from '../../shared-config/shared-config.ts'
import { type CommandOption, findOption, listOption, type OptionValues } from '../command.ts'
import { signInOptions } from '../sso/sign-in-options.ts'

export const setupOptions: readonly CommandOption[] = [
  {
    name: '--sso-session',
    value: 'NAME',
    summary: 'the name of the sso-session, where it is not to be that of the start URL',
  },
  { name: '--sso-region', value: 'REGION', summary: 'the region, where the start URL does not say it' },
  {
    name: '--name-template',
    value: 'TEMPLATE',
    summary: `how profiles are called: ${DEFAULT_TEMPLATE} unless told; also {accountId} {email} {session}, {Role} keeps capitals`,
  },
  {
    name: '--set',
    value: 'KEY=VALUE',
    summary: 'a further key of every profile: region=eu-west-1, output=json; KEY= for none',
    isRepeatable: true,
  },
  {
    name: '--include',
    value: 'PATTERN',
    summary: "only these roles: 'prod-*/ReadOnly' (account/role)",
    isRepeatable: true,
  },
  { name: '--exclude', value: 'PATTERN', summary: 'all but these roles', isRepeatable: true },
  { name: '--diff', summary: 'show what would change, and write nothing' },
  { name: '--dry-run', summary: 'the same as --diff' },
  { name: '--yes', summary: 'write without asking' },
  { name: '--prune', summary: 'also remove profiles that the filters leave out, and as many as it takes' },
  { name: '--no-prune', summary: 'keep profiles of roles that are no longer granted' },
  {
    name: '--storage',
    value: 'MODE',
    summary: "shared with AWS's tools, or sealed (encrypted)",
    choices: ['shared', 'sealed'],
  },
  ...signInOptions,
]

/** How this run goes about it. */
export interface SetupManner {
  readonly isDry: boolean
  /** Nobody is asked before writing. */
  readonly isSure: boolean
  readonly prune: 'careful' | 'all' | 'nothing'
}

/** Refuses what contradicts itself. */
export function parseManner(options: OptionValues): SetupManner {
  if (options['prune'] === true && options['no-prune'] === true)
    throw new ArgumentRefusal('argument --prune: not allowed with --no-prune', 'See: mayfly setup --help')
  const isDry = options['diff'] === true || options['dry-run'] === true
  const prune = options['prune'] === true ? 'all' : options['no-prune'] === true ? 'nothing' : 'careful'
  return { isDry, isSure: options['yes'] === true, prune }
}

export const pruneOf = ({ prune }: SetupManner): Prune =>
  prune === 'all' ? 'wanted' : prune === 'nothing' ? 'nothing' : 'granted'

/** What a profile has where nothing was chosen. */
interface UsualValues {
  readonly config: SharedConfig
  readonly region: string
  /** Where an Identity Center of one's own answers; nothing for AWS's. */
  readonly endpoint: string | undefined
  /** The same when it was set up the last time: it may have moved. */
  readonly formerEndpoint: string | undefined
}

/** What was typed, over what was chosen the last time. Refuses templates, keys and values that do not do. */
export function mergeChoice(
  options: OptionValues,
  former: SetupChoice | undefined,
  { config, region, endpoint, formerEndpoint }: UsualValues,
): SetupChoice {
  const typed = listOption(options, 'set').map(parseKeyAndValue)
  const own = findOption(options, 'region')
  const moves = former === undefined || former.extra['endpoint_url'] === (formerEndpoint ?? '')
  const usual = { region: findText(config.profiles.get('default'), 'region') ?? region }
  const extra = {
    ...(former?.extra ?? usual),
    ...(moves && { endpoint_url: endpoint ?? '' }),
    ...(own !== undefined && { region: own }),
    ...Object.fromEntries(typed),
  }
  const template = findOption(options, 'name-template') ?? former?.template ?? DEFAULT_TEMPLATE
  parseTemplate(template)
  const listed = (name: string, before: readonly string[] = []): readonly string[] =>
    options[name] === undefined ? before : listOption(options, name)
  return {
    template,
    extra: withoutEmpty(extra),
    include: listed('include', former?.include),
    exclude: listed('exclude', former?.exclude),
  }
}

const withoutEmpty = (values: ExtraValues): ExtraValues =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))

function parseKeyAndValue(typed: string): readonly [string, string] {
  const delimiter = typed.indexOf('=')
  const [key, value] = [typed.slice(0, delimiter).trim(), typed.slice(delimiter + 1).trim()]
  if (delimiter < 1 || !/^[a-z][a-z0-9_]*$/.test(key) || /\p{Cc}/u.test(value))
    throw new ArgumentRefusal(`argument --set: '${typed}' is not KEY=VALUE`, 'Such as: --set region=eu-west-1')
  if (FORM_KEYS.includes(key) || key.startsWith('aws_'))
    throw new ArgumentRefusal(`argument --set: ${key} says whose credentials a profile has`, 'Leave it out.')
  return [key, value]
}

/** Which roles are to have profiles. */
export function wantedBy({ include, exclude }: Pick<SetupChoice, 'include' | 'exclude'>): (grant: Grant) => boolean {
  const [included, excluded] = [include.map(parseRolePattern), exclude.map(parseRolePattern)]
  return (grant) =>
    (included.length === 0 || included.some((matches) => matches(grant))) && !excluded.some((matches) => matches(grant))
}

export const templateOf = ({ template }: SetupChoice): NameTemplate => parseTemplate(template)
