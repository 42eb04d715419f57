import { expect, test } from 'vitest'
import { createBrowser, browserLaunches as launches } from './browser.ts'
import type { Traces } from './surroundings.ts'

const browserLaunches = (url: string, traces: Partial<Traces>) =>
  launches(url, { platform: 'linux', env: {}, kernel: '', interop: '', hasContainerMark: false, ...traces })

const URL = 'https://oidc.us-east-1.amazonaws.com/authorize?a=1&b=2'

test('a desktop is asked with xdg-open, a Mac with open, Windows with its own handler', () => {
  expect(browserLaunches(URL, { platform: 'linux', env: { DISPLAY: ':0' } })[0]).toEqual({
    file: 'xdg-open',
    args: [URL],
  })
  expect(browserLaunches(URL, { platform: 'darwin', env: {} })).toEqual([{ file: 'open', args: [URL] }])
  expect(browserLaunches(URL, { platform: 'win32', env: {} })).toEqual([
    { file: 'rundll32.exe', args: ['url.dll,FileProtocolHandler', URL] },
  ])
})

test('under WSL the browser of Windows comes first', () => {
  const launches = browserLaunches(URL, { platform: 'linux', env: { WSL_DISTRO_NAME: 'Debian', DISPLAY: ':0' } })
  expect(launches.map(({ file }) => file)).toEqual([
    'wslview',
    'rundll32.exe',
    '/mnt/c/Windows/System32/rundll32.exe',
    'xdg-open',
    'gio',
    'x-www-browser',
  ])
})

test('no shell finds anything to do in an address, wherever it comes from', () => {
  const [launch] = browserLaunches('https://x.example/;id|`id`$(id)\'"<\\^{}\n ü?a=1&b=%41,c#/~!*', {
    platform: 'darwin',
  })
  expect(launch?.args).toEqual([
    'https://x.example/%3Bid%7C%60id%60%24%28id%29%27%22%3C%5C%5E%7B%7D%0A%20%C3%BC?a=1&b=%41,c#/~!*',
  ])
  expect(browserLaunches('file:///etc/passwd', { platform: 'darwin' })).toEqual([])
})

test('without a display nothing is started that would take over the terminal', () => {
  expect(browserLaunches(URL, { platform: 'linux', env: {} })).toEqual([])
})

test('BROWSER comes first; the address takes the place of %s or stands at the end', () => {
  const own = (value: string) => browserLaunches(URL, { platform: 'linux', env: { BROWSER: value } })
  expect(own('firefox')).toEqual([{ file: 'firefox', args: [URL] }])
  expect(own('firefox -P "my work" %s &')).toEqual([{ file: 'firefox', args: ['-P', 'my work', URL] }])
  expect(own(String.raw`/opt/my\ browser --url=%s`)).toEqual([{ file: '/opt/my browser', args: [`--url=${URL}`] }])
  expect(own('firefox::lynx %s')).toEqual([
    { file: 'firefox', args: [URL] },
    { file: 'lynx', args: [URL] },
  ])
})

test('on Windows BROWSER is apart by semicolons, and backslashes are part of a path', () => {
  const env = { BROWSER: String.raw`"C:\Program Files\Firefox\firefox.exe" -new-tab %s;edge` }
  expect(browserLaunches(URL, { platform: 'win32', env }).slice(0, 2)).toEqual([
    { file: String.raw`C:\Program Files\Firefox\firefox.exe`, args: ['-new-tab', URL] },
    { file: 'edge', args: [URL] },
  ])
})

test('what a server names as its page is opened only when it is a web page', () => {
  for (const url of ['file:///etc/passwd', 'javascript:alert(1)', '--version', 'vscode://x', '']) {
    expect(browserLaunches(url, { platform: 'linux', env: { BROWSER: 'firefox', DISPLAY: ':0' } })).toEqual([])
  }
})

const open = (env: Record<string, string>) =>
  createBrowser({ platform: 'linux', env: { PATH: '/usr/bin:/bin', ...env } }).open(URL)

test('a program that ends well has opened the page', async () => {
  await expect(open({ BROWSER: 'true' })).resolves.toEqual({ is: 'opened', by: 'true' })
})

test('a program that goes on is taken for a browser', async () => {
  const started = Date.now()
  await expect(open({ BROWSER: "sh -c 'sleep 5'" })).resolves.toEqual({ is: 'opened', by: 'sh' })
  expect(Date.now() - started).toBeLessThan(4900)
})

test('programs are tried in turn, and what each of them did is told when none opens the page', async () => {
  await expect(open({ BROWSER: 'false:true' })).resolves.toEqual({ is: 'opened', by: 'true' })
  const outcome = await open({ BROWSER: "no-such-browser:sh -c 'exit 3'" })
  expect(outcome).toMatchObject({
    is: 'not-opened',
    tried: [
      { file: 'no-such-browser', reason: 'is not there' },
      { file: 'sh', reason: 'ended with 3' },
    ],
  })
})

test('where there is nothing to try, that is known at once', async () => {
  await expect(open({ SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' })).resolves.toMatchObject({
    is: 'not-opened',
    tried: [],
  })
})
