import { expect, test } from 'vitest'
import { adviseByHand } from './advice.ts'

const why = (path: string): string =>
  adviseByHand({ place: { type: 'file', path, line: 1, column: 1 }, kind: 'other' }, 'work', 'linux').why

test('what editors and synchronized folders leave is told apart from what programs read', () => {
  const left = ['.env~', '#.env#', '.settings.json.swp', '.swo', 'a.orig', 'b.rej', '.#x'].map(
    (name) => `/home/alice/app/${name}`,
  )
  for (const path of left) expect(why(path), path).toContain('An editor has left it')
  const copies = [
    "s (Alice's conflicted copy 2019-04-01).json",
    'config (conflict).json',
    'a.sync-conflict-20240101-1234.txt',
  ]
  for (const name of copies) expect(why(`/home/alice/Dropbox/${name}`), name).toContain('synchronized folder')
  for (const name of ['settings.json', 'notes~/settings.json', 'conflict.md', 'swp', 'a#b#'])
    expect(why(`/home/alice/app/${name}`), name).toContain('No tool is known')
})
