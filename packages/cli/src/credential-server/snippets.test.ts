import { expect, test } from 'vitest'
import { createSnippet, SNIPPETS } from './snippets.ts'

const input = { profileName: 'dev', clientName: 'dev', port: 9911, platform: 'linux' } as const

test('no snippet has a token or a key, and each names the files that hold them', () => {
  for (const name of SNIPPETS) {
    const { text, advice } = createSnippet(name, input)
    expect(`${text}${advice}`, name).not.toMatch(/AUTHORIZATION_TOKEN|SECRET/)
    expect(`${text}${advice}`, name).toMatch(/\.mayfly\/serve\/dev\.(env|token)|--ssh/)
    expect(text.endsWith('\n'), name).toBe(true)
  }
})

test('a devcontainer is JSON, and takes the environment from the file', () => {
  const made = JSON.parse(createSnippet('devcontainer', input).text) as { runArgs: string[] }
  const [dollar, file] = ['$', '{localEnv:HOME}/.mayfly/serve/dev.env']
  expect(made.runArgs).toEqual(['--network=host', '--env-file', `${dollar}${file}`])
})

test('a name that a shell would split is quoted, and a client of another name is said', () => {
  const { text } = createSnippet('shell', { ...input, profileName: 'my profile', clientName: 'web' })
  expect(text).toContain(
    "mayfly serve 'my profile' --client web --port 9911 --token-file ~/.mayfly/serve/web.token --write-env ~/.mayfly/serve/web.env &",
  )
})

test('a unit file escapes what systemd would expand', () => {
  const { text } = createSnippet('systemd', { ...input, profileName: '100%$x', clientName: 'c' })
  expect(text).toContain(`ExecStart=/bin/sh -lc "exec mayfly serve '100%%$$x' --client c`)
})
