import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTestMachine } from '../testing/test-machine.ts'
import { installHook, planHook, removeHooks } from './install.ts'
import { chooseRcFile, formatBlock, insertBlock, listRcFiles, removeBlocks, scriptWord } from './rc-file.ts'
import { findShellByName, SHELLS } from './shells.ts'

const BLOCK = formatBlock('bash', scriptWord('mayfly.bash'))
const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')

test('fuzz: taking the block out gives the very bytes that were there, whatever they were', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', '\n', '\r\n', '\xff', '# >>>', ' ', 'export X=1\n'), { maxLength: 12 }),
      (parts) => {
        const former = bytes(parts.join(''))
        const inserted = insertBlock(former, BLOCK)
        expect(Buffer.from(inserted).includes('# >>> mayfly >>>')).toBe(true)
        expect(Buffer.from(removeBlocks(inserted) ?? [])).toEqual(Buffer.from(former))
        expect(insertBlock(inserted, BLOCK)).toEqual(inserted)
      },
    ),
  )
})

test('a newer block takes the place of the former, and what a person wrote below it stays', () => {
  const former = bytes(`a\n${BLOCK.replace('if [', 'if  [')}\nb\n`)
  expect(Buffer.from(insertBlock(former, BLOCK)).toString()).toBe(`a\n${BLOCK}\nb\n`)
  expect(Buffer.from(removeBlocks(former) ?? []).toString()).toBe('a\nb\n')
})

test('a block whose end somebody deleted is left alone', () => {
  expect(removeBlocks(bytes('# >>> mayfly >>>\nmine\n'))).toBeUndefined()
})

test('each shell has its file: bash on macOS the first login file that is there, zsh where ZDOTDIR says', () => {
  const place = (platform: 'linux' | 'darwin' | 'win32', env = {}) => ({
    home: platform === 'win32' ? 'C:\\Users\\a' : '/h',
    platform,
    env,
  })
  const choose = (shell: (typeof SHELLS)[number], where: ReturnType<typeof place>, there: readonly string[] = []) =>
    chooseRcFile(shell, where, (path) => there.includes(path))
  expect(choose('bash', place('linux'), ['/h/.profile'])).toBe('/h/.bashrc')
  expect(choose('bash', place('darwin'))).toBe('/h/.bash_profile')
  expect(choose('bash', place('darwin'), ['/h/.profile'])).toBe('/h/.profile')
  expect(choose('zsh', place('linux'))).toBe('/h/.zshrc')
  expect(choose('zsh', place('linux', { ZDOTDIR: '/z' }))).toBe('/z/.zshrc')
  expect(choose('fish', place('linux', { XDG_CONFIG_HOME: '/c' }))).toBe('/c/fish/conf.d/mayfly.fish')
  expect(choose('powershell', place('win32'))).toBe(
    'C:\\Users\\a\\Documents\\PowerShell\\Microsoft.PowerShell_profile.ps1',
  )
  const redirected = 'C:\\Users\\a\\OneDrive\\Documents\\PowerShell\\Microsoft.PowerShell_profile.ps1'
  expect(choose('powershell', place('win32', { OneDrive: 'C:\\Users\\a\\OneDrive' }), [redirected])).toBe(redirected)
  expect(listRcFiles('zsh', place('linux', { ZDOTDIR: '/z' }))).toContain('/h/.zshrc')
})

test('a shell is known by its program', () => {
  const names = {
    '-zsh': 'zsh',
    '/usr/bin/fish': 'fish',
    'C:\\x\\pwsh.exe': 'powershell',
    dash: 'bash',
    python3: undefined,
  }
  for (const [program, shell] of Object.entries(names)) expect(findShellByName(program)).toBe(shell)
})

test('hooks are installed once and removed everywhere, named files and all', async () => {
  const machine = createTestMachine({ files: { '~/.bashrc': 'mine\n', '~/.zshrc': 'mine' } })
  for (const shell of SHELLS) expect(await installHook(machine, await planHook(machine, shell))).toBe(true)
  expect(await installHook(machine, await planHook(machine, 'bash'))).toBe(false)
  expect(await installHook(machine, await planHook(machine, 'bash', '/etc/own.bashrc'))).toBe(true)
  expect(machine.text('~/.mayfly/shell/mayfly.zsh')).toContain('compdef _mayfly mayfly')
  const removed = await removeHooks(machine)
  expect(removed).toHaveLength(5)
  expect(machine.text('~/.bashrc')).toBe('mine\n')
  expect(machine.text('~/.zshrc')).toBe('mine')
  expect([...machine.disk.keys()].filter((path) => /mayfly|own/.test(path))).toEqual(['/etc/own.bashrc'])
  expect(await removeHooks(machine)).toEqual([])
})
