/** The floor of a search: walks a folder, reads every byte of its files with one buffer, and looks for four letters. */

import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'

const [folder = '.', longest = '16777216'] = process.argv.slice(2)
const buffer = Buffer.allocUnsafe(256 * 1024)
let files = 0
let bytes = 0
let hits = 0

walk(folder)
console.log(JSON.stringify({ files, bytes, hits }))

/** Dependencies and Git's own files are left out, links are not followed: what a search does too. */
function walk(path: string): void {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const place = join(path, entry.name)
    if (entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git') walk(place)
    else if (entry.isFile() && statSync(place).size <= Number(longest)) read(place)
  }
}

function read(path: string): void {
  const file = openSync(path, 'r')
  files += 1
  for (let count = 1; count > 0; ) {
    count = readSync(file, buffer)
    bytes += count
    if (buffer.subarray(0, count).includes('AKIA')) hits += 1
  }
  closeSync(file)
}
