/**
 * Runs a file of this repository on the Node that the repository brings, after installing what is missing.
 * It is plain CommonJS without packages, because on a fresh clone it runs on whatever Node the machine has.
 */
'use strict'
const { spawn, spawnSync } = require('node:child_process')
const { createHash } = require('node:crypto')
const fs = require('node:fs')
const path = require('node:path')

const root = path.dirname(__dirname)
const stampFile = path.join(root, 'node_modules', '.installed')
const lockFile = path.join(root, '.build', 'installing')

/** What an installation belongs to: the lock file and the kind of machine. */
function installationStamp() {
  const packages = fs.readFileSync(path.join(root, 'package-lock.json'))
  return `${createHash('sha256').update(packages).digest('hex')} ${process.platform} ${process.arch}\n`
}

const isInstalled = () => readIfThere(stampFile) === installationStamp()

function readIfThere(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

const pause = (milliseconds) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)

/** Runs `install` in one process at a time; whoever waited finds the work done. */
function alone(install) {
  fs.mkdirSync(path.dirname(lockFile), { recursive: true })
  for (;;) {
    try {
      fs.writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (isHolderGone()) fs.rmSync(lockFile, { force: true })
      else pause(500)
    }
  }
  try {
    install()
  } finally {
    fs.rmSync(lockFile, { force: true })
  }
}

function isHolderGone() {
  const holder = Number(readIfThere(lockFile))
  // Between its creation and its first byte the file is empty: then somebody has just taken it.
  if (!holder) return false
  try {
    process.kill(holder, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

function installPackages() {
  if (isInstalled()) return
  process.stderr.write('Installing what package-lock.json names …\n')
  for (let attempt = 1; attempt <= 3; attempt++) {
    if (npmCi() === 0) return fs.writeFileSync(stampFile, installationStamp())
    if (attempt < 3) {
      process.stderr.write(`The installation failed; trying again (${attempt + 1} of 3) …\n`)
      pause(attempt * 3000)
    }
  }
  process.stderr.write('npm ci failed three times. Is the package registry reachable? Try: npm ci\n')
  process.exit(1)
}

function npmCi() {
  const words = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath
  const { status } =
    npm?.endsWith('npm-cli.js') && fs.existsSync(npm)
      ? spawnSync(process.execPath, [npm, ...words], { cwd: root, stdio: ['ignore', 2, 2] })
      : spawnSync('npm', words, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  return status
}

/** The Node that the lock file pins, as a file; where no package has one for this machine, the machine's own. */
function findNode() {
  const kind = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const program = process.platform === 'win32' ? 'node.exe' : 'node'
  for (const name of [`node-${kind}`, `node-bin-${kind}`]) {
    const file = path.join(root, 'node_modules', name, 'bin', program)
    if (fs.existsSync(file) && spawnSync(file, ['--version']).status === 0) return file
  }
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major >= 24 || (major === 22 && minor >= 18)) return process.execPath
  process.stderr.write(`Node ${process.version} is too old to build Mayfly, and the registry has none for ${kind}.\n`)
  process.exit(1)
}

function run(file, words) {
  const bin = path.join(root, 'node_modules', '.bin')
  const key = Object.keys(process.env).find((name) => name.toLowerCase() === 'path') ?? 'PATH'
  const child = spawn(findNode(), [path.join(root, file), ...words], {
    stdio: 'inherit',
    env: { ...process.env, [key]: `${bin}${path.delimiter}${process.env[key] ?? ''}` },
  })
  // A Ctrl-C reaches the tool by itself; what another process sends is handed on.
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}

const [file, ...words] = process.argv.slice(2)
if (!isInstalled()) alone(installPackages)
run(file, words)
