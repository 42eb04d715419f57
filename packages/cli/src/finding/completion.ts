/** What may stand at the end of a command line, decided from a table of commands and lists of names. */

export interface CompletedOption {
  readonly name: string
  readonly value?: string | undefined
  readonly summary: string
  readonly choices?: readonly string[] | undefined
  readonly isRepeatable?: boolean | undefined
}

export interface CompletedCommand {
  readonly words: string
  readonly summary: string
  readonly options: readonly CompletedOption[]
  /** `[PROFILE] -- PROGRAM [ARGUMENT …]`. */
  readonly usage?: string | undefined
  readonly most: number
}

export interface CompletionTable {
  readonly commands: readonly CompletedCommand[]
  readonly common: readonly CompletedOption[]
}

export interface Reply {
  readonly value: string
  readonly about?: string | undefined
}

/** What lies in files; read when it is asked for. */
export interface CompletionNames {
  profiles(): Promise<readonly Reply[]>
  sessions(): Promise<readonly Reply[]>
  accounts(): Promise<readonly Reply[]>
  roles(): Promise<readonly Reply[]>
  readonly regions: readonly string[]
  readonly shells: readonly string[]
}

/** Replies, or `files`: the shell then completes the name of a file itself. */
export type Completed = readonly Reply[] | 'files'

/** `typed` is everything behind `mayfly`; its last word is the one to complete, perhaps empty. */
export async function completeLine(
  typed: readonly string[],
  { commands, common }: CompletionTable,
  names: CompletionNames,
): Promise<Completed> {
  const before = typed.slice(0, -1)
  const partial = typed.at(-1) ?? ''
  if (before.includes('--')) return 'files'
  const { words, parameters, awaiting, seen } = readLine(before, commands, common)
  const command = commands.find((each) => each.words === words)
  const options = [...(command?.options ?? []), ...common]
  if (awaiting) return valuesOf(awaiting, names)
  const [, attachedTo, prefix] = /^((--[\w-]+)=)/.exec(partial) ?? []
  if (attachedTo !== undefined) {
    const option = options.find(({ name, value }) => name === prefix && value !== undefined)
    const values = option ? await valuesOf(option, names) : []
    return values === 'files' ? values : values.map((reply) => ({ ...reply, value: `${attachedTo}${reply.value}` }))
  }
  const offered = options
    .filter(({ name, isRepeatable }) => isRepeatable || !seen.has(name))
    .map(({ name, summary }) => ({ value: name, about: summary }))
  if (partial.startsWith('-') && partial !== '-') return offered
  const next = parameters === 0 ? nextWords(commands, words) : []
  if (!command || parameters >= command.most) return next.length > 0 ? next : offered
  const values = await parameterValues(command, parameters, names)
  return values === 'files' ? values : [...next, ...values]
}

interface ReadLine {
  readonly words: string
  /** How many words beside the options stand behind the command's. */
  readonly parameters: number
  /** The option whose value comes next. */
  readonly awaiting: CompletedOption | undefined
  readonly seen: ReadonlySet<string>
}

function readLine(
  before: readonly string[],
  commands: readonly CompletedCommand[],
  common: readonly CompletedOption[],
): ReadLine {
  const seen = new Set<string>()
  let [words, parameters] = ['', 0]
  let awaiting: CompletedOption | undefined
  for (const word of before) {
    if (awaiting) {
      awaiting = undefined
      continue
    }
    if (word.startsWith('-') && word !== '-') {
      const [name = ''] = word.split('=')
      seen.add(name)
      const known = [...(commands.find((each) => each.words === words)?.options ?? []), ...common]
      awaiting = word.includes('=')
        ? undefined
        : known.find((option) => option.name === name && option.value !== undefined)
      continue
    }
    const longer = words === '' ? word : `${words} ${word}`
    const isLonger = commands.some((each) => each.words === longer || each.words.startsWith(`${longer} `))
    if (parameters === 0 && isLonger) words = longer
    else parameters += 1
  }
  return { words, parameters, awaiting, seen }
}

/** The words with which a command's name may go on. */
function nextWords(commands: readonly CompletedCommand[], words: string): readonly Reply[] {
  const start = words === '' ? '' : `${words} `
  const found = new Map<string, string | undefined>()
  for (const command of commands) {
    if (!command.words.startsWith(start) || command.words === words) continue
    const [word = '', ...others] = command.words.slice(start.length).split(' ')
    if (others.length === 0) found.set(word, command.summary)
    else if (!found.has(word)) found.set(word, undefined)
  }
  return [...found].map(([value, about]) => ({ value, about }))
}

async function valuesOf({ name, value = '', choices }: CompletedOption, names: CompletionNames): Promise<Completed> {
  if (choices) return choices.map((choice) => ({ value: choice }))
  if (name === '--profile' || name === '--match' || value === 'PROFILE') return names.profiles()
  if (name === '--sso-session') return names.sessions()
  if (name === '--account-id') return names.accounts()
  if (name === '--role-name') return names.roles()
  if (value === 'REGION') return names.regions.map((region) => ({ value: region }))
  return /FILE|FOLDER|PATH/.test(value) ? 'files' : []
}

/** By the capitals in the usage line; the last of them stands for all that follow. */
async function parameterValues(
  { usage = '' }: CompletedCommand,
  index: number,
  names: CompletionNames,
): Promise<Completed> {
  const places = usage
    .replace(/(^| )-- .*$/, '')
    .replaceAll(' | ', '|')
    .split(' ')
    .map((place): readonly string[] => place.match(/[A-Z][A-Z-]+/g) ?? [])
    .filter((kinds) => kinds.length > 0)
  const kinds = places[Math.min(index, places.length - 1)] ?? []
  if (kinds.includes('PROFILE') || kinds.includes('PATTERN')) return names.profiles()
  if (kinds.includes('SSO-SESSION') || kinds.includes('SESSION')) return names.sessions()
  if (kinds.includes('SHELL')) return names.shells.map((value) => ({ value }))
  return kinds.includes('FILE') ? 'files' : []
}
