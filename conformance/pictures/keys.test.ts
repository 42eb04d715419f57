/** The pictures of the guide of replacing long-term keys show what the program prints, on the days that it tells of. */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ADDRESS } from '../../tools/readme.ts'
import { hasAwsCli } from '../harness/aws-cli.ts'
import { chromiumPath, launchChromium } from '../harness/chromium.ts'
import { missingFaketime } from '../harness/moving-clock.ts'
import { root } from '../harness/root.ts'
import { hasTmux } from '../harness/tmux.ts'
import { KeysStory, type Typed } from './keys-story.ts'
import { seedOldUsers } from './organization-users.ts'
import { drawTerminal } from './terminal-picture.ts'

/** With this the pictures are drawn anew: look at each of them then. */
const WRITES = process.env['MAYFLY_WRITE_PICTURES'] === '1'

const missing = hasAwsCli
  ? hasTmux
    ? missingFaketime
    : 'there is no tmux (Debian: apt-get install tmux)'
  : 'there is no AWS CLI (Debian: apt-get install awscli)'

let story: KeysStory

beforeAll(async () => {
  if (missing === undefined) story = await KeysStory.open()
})
afterAll(() => story?.close())

const ANEW = 'draw them anew with MAYFLY_WRITE_PICTURES=1, and look at them'

/** Draws what was typed, or holds it against the picture that is there. */
async function expectPicture(name: string, title: string, ...typed: readonly Typed[]): Promise<void> {
  const path = join(root, `docs/images/keys-${name}.svg`)
  const drawn = drawTerminal(await story.type(typed), { title })
  if (WRITES) writeFileSync(path, drawn)
  else expect(drawn, ANEW).toBe(readFileSync(path, 'utf8'))
}

test('one key, from the search to its deletion, with a straggler and a way back', async (context) => {
  context.skip(missing !== undefined, missing)
  const change: readonly [string, string] = ['Each is backed up. [y/N]:', 'y']
  await expectPicture('find', 'Which keys lie here', ['mayfly keys find'])
  await expectPicture('check', 'What a key is', ['mayfly keys check'])
  await expectPicture('plan', 'What would change', ['mayfly keys plan'])
  await expectPicture('swap', 'A profile takes the place of the key', ['mayfly keys retire default', change])

  await story.day(4)
  await story.useElsewhere()
  await story.day(5.1)
  await expectPicture('straggler', 'Somebody still uses it', ['mayfly keys retire KEY'], ['mayfly keys status'])

  await story.day(12.1)
  const off: readonly [string, string] = ['off (last used', 'y']
  await expectPicture('deactivate', 'The key is switched off', ['mayfly keys retire KEY', off])
  await expectPicture('undo', 'Everything is taken back', ['mayfly keys undo KEY', ['[y/N]:', 'y']])

  await story.run('mayfly keys retire default --yes')
  await story.day(20.2)
  await story.run('mayfly keys retire KEY --to inactive --yes')
  await story.day(28.3)
  await expectPicture('delete', 'The key is deleted', ['mayfly keys retire KEY', ['for good (last used', 'y']])
  await expectPicture('clean', 'What is left', ['mayfly keys find'])
})

test('an organization: its keys in a table, and as a page', async (context) => {
  context.skip(missing !== undefined, missing)
  await story.day(30.4)
  seedOldUsers(story.server, story.now)
  await expectPicture('audit', 'The keys of an organization', ['mayfly keys audit --org --role-name ReadOnlyAccess'])
  context.skip(chromiumPath === undefined, 'there is no Chromium (Debian: apt-get install chromium)')
  await story.run('mayfly keys audit --org --role-name ReadOnlyAccess --html keys.html || [ $? = 1 ]')
  const html = story.read('keys.html')
  await expectPage(
    html
      .replaceAll(story.server.origin.replace('127.0.0.1', 'localhost'), ADDRESS)
      .replaceAll(/\b\d\d:\d\d(?= UTC)/g, '09:00'),
  )
})

/** A picture of pixels differs from one Chromium to the next: the words of the page stand for it. */
async function expectPage(html: string): Promise<void> {
  const browser = await launchChromium()
  try {
    const page = await browser.newPage({ viewport: { width: 1000, height: 678 }, colorScheme: 'light' })
    await page.setContent(html)
    const words = await wordsOf(page)
    const path = join(root, 'conformance/pictures/keys-report.txt')
    if (!WRITES) return expect(words, ANEW).toBe(readFileSync(path, 'utf8'))
    writeFileSync(path, words)
    await page.screenshot({ path: join(root, 'docs/images/keys-report.png') })
  } finally {
    await browser.close()
  }
}

const wordsOf = async (page: Page): Promise<string> =>
  `${(await page.locator('body').innerText()).replaceAll(/[^\S\n]+/g, ' ').trim()}\n`
