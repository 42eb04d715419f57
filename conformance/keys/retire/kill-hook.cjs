/** Loaded into the built program by NODE_OPTIONS: counts what it does to files and to servers, and ends it with kill -9 at one of them. */

const fs = require('node:fs')
const promises = require('node:fs/promises')
const http = require('node:http')
const { syncBuiltinESMExports } = require('node:module')

/** `17:before`, `17:after`; `0:before` kills nobody. */
const [number, when] = (process.env['MAYFLY_TEST_KILL'] ?? '0:before').split(':')
const log = process.env['MAYFLY_TEST_DEEDS']
let count = 0

const die = () => process.kill(process.pid, 'SIGKILL')

/** Notes it; true when it is the one. */
function begin(name) {
  count += 1
  if (log) fs.appendFileSync(log, `${count} ${name}\n`)
  const isIt = count === Number(number)
  if (isIt && when === 'before') die()
  return isIt
}

for (const name of ['rename', 'unlink', 'rmdir']) {
  const real = promises[name]
  promises[name] = async (...words) => {
    const isIt = begin(`${name} ${words.at(name === 'rename' ? 1 : 0)}`)
    const answer = await real(...words)
    if (isIt) die()
    return answer
  }
}

// A file that is begun and never whole.
const open = promises.open
promises.open = async (path, flags, ...rest) => {
  const isIt = flags === 'wx' && begin(`open ${path}`)
  const file = await open(path, flags, ...rest)
  if (isIt) die()
  return file
}

const request = http.request
http.request = (...words) => {
  const isIt = begin(`call ${words[0]?.host ?? words[0]}`)
  const sent = request(...words)
  // The server has done it, and nobody hears of it.
  if (isIt) sent.prependListener('response', die)
  return sent
}
http.get = (...words) => http.request(...words).end()

syncBuiltinESMExports()
