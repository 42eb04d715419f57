import { expect, test } from 'vitest'
import { COMMANDS, findCommand } from './commands/commands.ts'
import { parseCommandLine } from './config.ts'
import { EXAMPLES, formatHelp } from './help.ts'

test('without options the server listens on loopback, on its own port, with an embedded database', () => {
  expect(parseCommandLine([], {}).config).toMatchObject({
    host: '127.0.0.1',
    port: 7373,
    databaseUrl: expect.stringMatching(/^sqlite:.*mayfly-data.mayfly\.db$/),
    example: false,
    trustedProxies: [],
  })
})

test('an option counts before its variable', () => {
  const env = {
    MAYFLY_PORT: '1',
    MAYFLY_PUBLIC_URL: 'https://sign-in.example.com/aws/',
    MAYFLY_DATABASE: 'postgres://db',
  }
  expect(parseCommandLine(['--port', '2'], env).config).toMatchObject({
    port: 2,
    publicUrl: 'https://sign-in.example.com/aws',
    databaseUrl: 'postgres://db',
  })
})

test('a command and its words are told from options, wherever those stand', () => {
  expect(parseCommandLine(['client-files', '--endpoint', 'http://x', 'DIR'], {})).toMatchObject({
    words: ['client-files', 'DIR'],
    endpoint: 'http://x',
  })
})

test.each([
  [['--example', '--host', '0.0.0.0'], /loopback only/],
  [['--example', '--public-url', 'https://sign-in.example.com'], /loopback only/],
  [['--port', 'many'], /--port/],
  [['--port', '70000'], /--port/],
  [['--public-url', 'sign-in.example.com'], /--public-url/],
  [['--public-url', 'https://sign-in.example.com/?x'], /--public-url/],
  [['--tls-cert', 'cert.pem'], /go together/],
  [['--database', 'mysql://db'], /--database/],
  [['--management-account', '12'], /twelve digits/],
  [['--region', 'EU west'], /--region/],
  [['--log-level', 'loud'], /--log-level/],
  [['--trust-proxy', 'everybody'], /--trust-proxy/],
  [['--trust-proxy', '10.0.0.0/33'], /--trust-proxy/],
  [['--no-such-option'], /no-such-option/],
])('%o is refused in a sentence', (argv, message) => {
  expect(() => parseCommandLine(argv, {})).toThrow(message)
})

test.each(['u:se#cret@db:5432/x', 'u:secret@db:99999/x', 'u:se%zzcret@db/x', 'u:secret@[db/x', 'u:se/cret@db/x'])(
  'postgres://%s is refused, and what may be its password is not said',
  (rest) => {
    const parse = () => parseCommandLine(['--database', `postgres://${rest}`], {})
    expect(parse).toThrow(/^--database is not an address such as/)
    expect(parse).not.toThrow(/cret/)
  },
)

test('MAYFLY_EXAMPLE is true, or the file of a document of one’s own; either listens on loopback only', () => {
  const parse = (value: string, argv: string[] = []) => parseCommandLine(argv, { MAYFLY_EXAMPLE: value }).config
  expect(parse('')).toMatchObject({ example: false })
  expect(parse('false')).toMatchObject({ example: false })
  expect(parse('true')).toMatchObject({ example: true })
  expect(parse('./organization.yaml')).toMatchObject({ example: true, exampleFile: './organization.yaml' })
  expect(() => parse('./organization.yaml', ['--host', '0.0.0.0'])).toThrow(/loopback only/)
})

test('a mistyped option is refused without a lecture', () => {
  expect(() => parseCommandLine(['--prot', '1'], {})).toThrow(/^Unknown option '--prot'\.$/)
})

test('every example of the help is a line that works', () => {
  for (const [line] of EXAMPLES) {
    expect(formatHelp()).toContain(line)
    const { words } = parseCommandLine(line.split(' ').slice(1), {})
    if (words.length > 0) expect(findCommand(words)).toBeDefined()
  }
})

test('the help of a command says how it is typed, with an example that finds it', () => {
  for (const command of COMMANDS) {
    const help = formatHelp(command.words)
    expect(help).toContain(command.summary)
    expect(help).toContain(`mayfly-server ${command.example}`)
    const { words } = parseCommandLine(command.example.split(' '), {})
    expect(findCommand(words)).toBe(command)
    // Whatever has to follow the words does.
    expect(words.length > command.words.length).toBe(command.argument !== undefined)
  }
})

test('the help of some words is that of all commands that begin with them; of no command, the whole', () => {
  expect(formatHelp(['audit']).match(/Example: /g)).toHaveLength(3)
  expect(formatHelp(['users', 'disable', 'bob'])).toMatch(/^mayfly-server users disable USER\n/)
  expect(formatHelp(['nonsense'])).toBe(formatHelp())
})
