/** The docs agree with the code: their links lead somewhere, and what a tool writes is what it would write now. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { root } from '../build/target.ts'
import { references } from '../write-references.ts'

export async function checkDocs(): Promise<string[]> {
  return [...deadLinks(), ...(await staleReferences())]
}

async function staleReferences(): Promise<string[]> {
  const problems: string[] = []
  for (const { file, write } of references) {
    const path = join(root, file)
    const now = existsSync(path) ? readFileSync(path, 'utf8') : ''
    if (now !== (await write())) problems.push(`${file} is stale; run: node tools/write-references.ts`)
  }
  return problems
}

function deadLinks(): string[] {
  return listPages().flatMap((page) => {
    const text = readFileSync(page, 'utf8').replace(/^```[\s\S]*?^```/gm, '')
    return [...text.matchAll(/\]\(([^)\s#]+)(#[^)]*)?\)|<img[^>]+src="([^"]+)"/g)]
      .map(([, link, , image]) => link ?? image ?? '')
      .filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(dirname(page), target)))
      .map((target) => `${relative(root, page)}: ${target} is not there`)
  })
}

function listPages(): string[] {
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) =>
    join('docs', name),
  )
  return [...readdirSync(root), ...inDocs].filter((name) => name.endsWith('.md')).map((name) => join(root, name))
}
