/**
 * Loaded into the server before it starts: counts the commits of its database driver, writes each to a trace, and
 * ends the process with SIGKILL right after the one that it is told: by its number since the start, or by the number in
 * a file that appears while it runs. The server itself knows nothing of it.
 */
'use strict'
const fs = require('node:fs')
const { createRequire } = require('node:module')

const trace = process.env.MAYFLY_COMMIT_TRACE
const killAt = Number(process.env.MAYFLY_KILL_AT_COMMIT ?? 0)
const orderFile = process.env.MAYFLY_KILL_ORDER
/** What the server writes by itself, whatever it is asked. */
const HOUSEKEEPING = /\b(audit_seals|audit_checkpoints|leases)\b/
const load = createRequire(process.env.MAYFLY_STORE_PACKAGE)
let commits = 0

/** What a server commits by itself, twice a second: how often depends on how long the journey takes. */
const BY_ITSELF = /\s*(insert into|update) "?(audit_seals|audit_checkpoints|leases)"?[^;]*;?/gi

function committed(what) {
  if (what.replace(BY_ITSELF, '').trim() === '') return
  commits += 1
  if (trace) fs.appendFileSync(trace, `${commits} ${what.replace(/\s+/g, ' ').slice(0, 200)}\n`)
  if (commits === killAt || isOrdered(what)) process.kill(process.pid, 'SIGKILL')
}

function isOrdered(what) {
  if (!orderFile || HOUSEKEEPING.test(what) || !fs.existsSync(orderFile)) return false
  const left = Number(fs.readFileSync(orderFile, 'utf8')) - 1
  if (left > 0) fs.writeFileSync(orderFile, String(left))
  else fs.rmSync(orderFile)
  return left === 0
}

const WRITES = /^\s*(insert|update|delete|replace)\b/i

function watchSqlite() {
  const Database = load('better-sqlite3')
  const { prepare, exec } = Database.prototype
  const watched = new WeakSet()
  const pending = new WeakMap()
  const around = (database, text, call) => {
    const was = database.inTransaction
    const result = call()
    if (WRITES.test(text)) pending.set(database, `${pending.get(database) ?? ''} ${text.slice(0, 60)};`)
    if (!database.inTransaction && (was || WRITES.test(text)) && pending.get(database)) {
      const what = pending.get(database)
      pending.delete(database)
      if (!/^\s*rollback/i.test(text)) committed(what)
    }
    return result
  }
  Database.prototype.exec = function (text) {
    return around(this, text, () => exec.call(this, text))
  }
  Database.prototype.prepare = function (text) {
    const statement = prepare.call(this, text)
    const prototype = Object.getPrototypeOf(statement)
    if (!watched.has(prototype)) {
      watched.add(prototype)
      for (const name of ['run', 'all', 'get']) {
        const own = prototype[name]
        prototype[name] = function (...words) {
          return around(this.database, this.source, () => own.apply(this, words))
        }
      }
    }
    return statement
  }
}

function watchPostgres() {
  const { Client } = load('pg')
  const { query } = Client.prototype
  const state = new WeakMap()
  Client.prototype.query = function (...words) {
    const text = typeof words[0] === 'string' ? words[0] : (words[0]?.text ?? '')
    const answer = query.apply(this, words)
    if (typeof answer?.then !== 'function') return answer
    return answer.then((result) => {
      const now = state.get(this) ?? { open: false, what: '' }
      state.set(this, now)
      if (/^\s*(begin|start transaction)/i.test(text)) Object.assign(now, { open: true, what: '' })
      else if (/^\s*rollback(?! to)/i.test(text)) Object.assign(now, { open: false, what: '' })
      else if (/^\s*commit/i.test(text)) {
        const { what } = now
        Object.assign(now, { open: false, what: '' })
        if (what) committed(what)
      } else if (WRITES.test(text)) {
        if (now.open) now.what += ` ${text.slice(0, 60)};`
        else committed(text)
      }
      return result
    })
  }
}

watchSqlite()
watchPostgres()
