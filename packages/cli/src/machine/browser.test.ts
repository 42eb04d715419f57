import { expect, test } from 'vitest'
import { browserLaunches } from './browser.ts'

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
  expect(launches.map(({ file }) => file)).toEqual(['wslview', 'rundll32.exe', 'xdg-open', 'gio', 'x-www-browser'])
})

test('without a display nothing is started that would take over the terminal', () => {
  expect(browserLaunches(URL, { platform: 'linux', env: {} })).toEqual([])
})

test('BROWSER comes first; the address takes the place of %s or stands at the end', () => {
  const launches = (value: string) => browserLaunches(URL, { platform: 'linux', env: { BROWSER: value } })
  expect(launches('firefox')).toEqual([{ file: 'firefox', args: [URL] }])
  expect(launches('firefox -P "my work" %s &')).toEqual([{ file: 'firefox', args: ['-P', 'my work', URL] }])
  expect(launches(String.raw`/opt/my\ browser --url=%s`)).toEqual([{ file: '/opt/my browser', args: [`--url=${URL}`] }])
  expect(launches('firefox::lynx %s')).toEqual([
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
