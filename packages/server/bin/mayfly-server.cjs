#!/usr/bin/env node
/* Starts the server, or says in one sentence why not. Plain ES5, so that the oldest Node can read it. */
// biome-ignore-all lint/style/useTemplate: an old Node must be able to parse this file
'use strict'

var path = require('node:path')
var fs = require('node:fs')

function fail(sentence) {
  process.stderr.write('mayfly-server: ' + sentence + '\n')
  process.exit(1)
}

var version = process.versions.node.split('.')
var major = Number(version[0])
var minor = Number(version[1])
var main = path.join(__dirname, '..', 'dist', 'main.js')

if (major < 22 || (major === 22 && minor < 13) || major === 23 || major === 25) {
  fail(
    'Node ' + process.versions.node + ' will not do; install Node 22.13 or newer, 24, or 26 from https://nodejs.org.',
  )
} else if (!fs.existsSync(main)) {
  fail('not built yet; run: npm run build')
} else {
  require('./start.cjs').start(main)
}
