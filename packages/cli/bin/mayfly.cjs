#!/usr/bin/env node
// Starts Mayfly: from a warm cache within milliseconds, or else the whole program. In the JavaScript of 2009, so that an
// old Node says what is wrong instead of showing a syntax error.
'use strict'

var version = process.versions.node.split('.').map(Number)
var major = version[0]
if (major < 22 || (major === 22 && version[1] < 13)) {
  process.stderr.write('mayfly needs Node.js 22.13 or later; this is '.concat(process.versions.node, '.\n'))
  process.exit(1)
}

var typed = process.argv.slice(2)
var path = __dirname.concat('/../')

function find(built, source) {
  try {
    return require(path.concat('dist/', built))
  } catch (error) {
    // In a checkout that was not built the program runs from its source; an installed one has no source beside it.
    if (error.code !== 'MODULE_NOT_FOUND' || !source) throw error
    return require(path.concat('src/', source))
  }
}

function hot(built) {
  try {
    return require(path.concat('dist/', built))
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error
    return undefined
  }
}

function isWarm() {
  if (typed[0] !== 'credentials' && !(typed[0] === 'configure' && typed[1] === 'export-credentials')) return false
  var warm = hot('hot.cjs')
  return warm ? warm.printWarmCredentials(typed, surroundings()) : false
}

function isPrompted() {
  var prompt = typed[0] === 'prompt' ? hot('prompt.cjs') : undefined
  return prompt ? prompt.printPrompt(typed.slice(1), surroundings()) : false
}

function isCompleted() {
  var complete = typed[0] === 'complete' && typed[2] === '--' ? hot('complete.cjs') : undefined
  if (complete) complete.answerShell(typed.slice(1), hot('completion.json'))
  return complete !== undefined
}

function surroundings() {
  return {
    env: process.env,
    platform: process.platform,
    cpu: process.arch,
    userId: process.getuid ? process.getuid() : undefined,
    now: Date.now(),
  }
}

function runWhole() {
  find('main.cjs', 'main.ts').start()
}

function endOrRunWhole(isPrinted) {
  // All is written. To end by oneself takes a millisecond more, and several once the keychain's bindings have threads.
  if (isPrinted) process.exit()
  runWhole()
}

// As a sealed profile's credential_process is written: a role in words.
var sealed = typed[0] === 'credentials' && typed.indexOf('--account-id') > 0 ? hot('sealed.cjs') : undefined

if (sealed) {
  sealed.printSealedCredentials(typed, surroundings()).then(endOrRunWhole)
} else if (isWarm() || isPrompted()) {
  endOrRunWhole(true)
} else if (!isCompleted()) runWhole()
