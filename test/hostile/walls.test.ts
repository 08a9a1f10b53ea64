// What the process wall stops when an attacker controls the child's code: Node's permissions, resource limits,
// namespaces.
import { mkdtempSync, readFileSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { defaultLimits } from '../../sandbox/limits.ts'
import type { PictureJob } from '../../sandbox/protocol.ts'
import { openSandbox } from '../../src/runner/sandbox.ts'
import { descendants } from '../../src/process-watch/process-tree.ts'
import { wallNotice } from '../../src/process-wall/levels.ts'
import { wallLevel } from '../../src/process-wall/wall.ts'
import { spawnChild } from '../../src/runner/spawn-child.ts'

const TAKEN_OVER = (secret: string, port: number): string => `
import fs from 'node:fs'
import net from 'node:net'
import { execFileSync } from 'node:child_process'
const tried = {}
const attempt = async (name, run) => { try { tried[name] = String(await run()).slice(0, 80) } catch (error) { tried[name] = error.code ?? error.name } }
await attempt('read', () => fs.readFileSync(${JSON.stringify(secret)}, 'utf8'))
await attempt('read by proc', () => fs.readFileSync('/proc/self/root' + ${JSON.stringify(secret)}, 'utf8'))
await attempt('read by cwd', () => fs.readFileSync('/proc/self/cwd/../secret.txt', 'utf8'))
await attempt('read above', () => fs.readFileSync('../secret.txt', 'utf8'))
await attempt('list', () => fs.readdirSync('/').join())
await attempt('write', () => fs.writeFileSync(${JSON.stringify(`${secret}.new`)}, 'x'))
await attempt('link', () => { fs.symlinkSync(${JSON.stringify(secret)}, 'link'); return fs.readFileSync('link', 'utf8') })
await attempt('run', () => execFileSync('/bin/id'))
await attempt('connect', () => new Promise((yes, no) => net.connect(${port}, '127.0.0.1').on('connect', () => yes('connected')).on('error', no)))
await attempt('inspect', async () => (await import('node:inspector')).open(0))
await attempt('large file', () => { fs.writeFileSync('large', Buffer.alloc(30_000_000)); return fs.statSync('large').size })
await attempt('many files', () => { const all = []; for (let i = 0; i < 1000; i++) all.push(fs.openSync('f' + i, 'w')); return all.length })
await attempt('much memory', () => { const all = []; for (let i = 0; i < 100; i++) all.push(Buffer.allocUnsafeSlow(100_000_000)); return all.length })
await attempt('environment', () => Object.keys(process.env).sort().join())
await attempt('namespace', () => 'own')
fs.writeSync(3, JSON.stringify(tried))
`

test('a child that was taken over gets nowhere', { timeout: 120_000 }, async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'walls-')))
  const secret = join(folder, 'secret.txt')
  writeFileSync(secret, 'SECRET')
  const onConnect = vi.fn<() => void>()
  const server = createServer(onConnect)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const scratch = mkdtempSync(join(folder, 'scratch-'))
  const entry = join(scratch, 'entry.mjs')
  writeFileSync(entry, TAKEN_OVER(secret, (server.address() as AddressInfo).port))
  const child = spawnChild(scratch, { ...defaultLimits(), fileBytes: 10_000_000 }, { entry })
  const limits = readFileSync(`/proc/${child.pid}/limits`, 'utf8')
  expect(limits).toMatch(/Max processes|Max open files/)
  let said = ''
  child.stdio[3]!.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
  await new Promise((resolve) => child.on('exit', resolve))
  child.stdio[4]!.destroy()
  await new Promise((resolve) => setImmediate(resolve))
  server.close()
  expect(JSON.parse(said)).toEqual({
    ...Object.fromEntries(
      ['read', 'read by proc', 'read by cwd', 'read above', 'list', 'write', 'link', 'run'].map((name) => [
        name,
        'ERR_ACCESS_DENIED',
      ]),
    ),
    connect: expect.stringMatching(/^(ERR_ACCESS_DENIED|ECONNREFUSED|ENETUNREACH)$/),
    inspect: 'ERR_ACCESS_DENIED',
    'large file': 'EFBIG',
    'many files': 'EMFILE',
    'much memory': expect.stringMatching(/^(ERR_MEMORY_ALLOCATION_FAILED|RangeError|ERR_.*)$/),
    environment: 'FONTCONFIG_FILE,GLIBC_TUNABLES,LANG,TMPDIR,TZ',
    namespace: 'own',
  })
  expect(onConnect).not.toHaveBeenCalled()
})

test.runIf(wallLevel() === 'jail')('a child has namespaces of its own', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'walls-'))
  const entry = join(folder, 'entry.mjs')
  writeFileSync(entry, 'import fs from "node:fs"; fs.writeSync(3, "x"); setInterval(() => 0, 1000)')
  const child = spawnChild(folder, defaultLimits(), { entry })
  await new Promise((resolve) => child.stdio[3]!.once('data', resolve))
  // Its ancestors are the program that created the namespaces and the first process in them.
  const inside = descendants(child.pid as number).at(-1)
  for (const kind of ['user', 'mnt', 'pid', 'net', 'ipc', 'uts'])
    expect(readlinkSync(`/proc/${inside}/ns/${kind}`)).not.toBe(readlinkSync(`/proc/self/ns/${kind}`))
  const status = readFileSync(`/proc/${inside}/status`, 'utf8')
  expect(status).toMatch(/^Name:\tnode/m)
  for (const set of ['Inh', 'Prm', 'Eff', 'Bnd', 'Amb']) expect(status).toMatch(new RegExp(`^Cap${set}:\\t0+$`, 'm'))
  expect(status).toMatch(/^NoNewPrivs:\t1$/m)
  process.kill(-child.pid!, 'SIGKILL')
})

test('a required sandbox opens only where namespaces can be made', async () => {
  const open = () =>
    openSandbox({
      folder: join(mkdtempSync(join(tmpdir(), 'walls-')), 's'),
      limits: defaultLimits(),
      requireSandbox: true,
    })
  if (wallNotice(wallLevel()) !== undefined)
    expect(open).toThrow('--require-sandbox asks for the strongest wall. The sandbox')
  else await open().close()
})

test('a sandbox that is for pictures shows them and has nothing that runs a cell', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'walls-'))
  const path = join(folder, 'dot.svg')
  writeFileSync(
    path,
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="9" height="9"/></svg>',
  )
  const sandbox = openSandbox({ folder: join(folder, 's'), limits: defaultLimits(), cells: false })
  await sandbox.placeFile('dot.svg', path)
  const job: PictureJob = { names: ['dot.svg'], box: { width: 320, height: 320 }, most: 60_000, format: 'webp' }
  expect(await sandbox.show(job)).toMatchObject({ width: 320, height: 240 })
  const run = { cell: 1, code: '1', seed: 0, clock: 0, timeoutMs: 10_000 }
  expect(await sandbox.run(run, () => undefined)).toMatchObject({ status: 'crashed', lost: true })
  expect(await sandbox.show(job)).toMatchObject({ width: 320, height: 240 })
  await sandbox.close()
})

test('a child has the packages that it loads when they are first needed: an SVG is drawn on a canvas', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'walls-'))
  const sandbox = openSandbox({ folder: join(folder, 's'), limits: defaultLimits() })
  const code = `
    const { loadImage } = await import('canvas')
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="9" height="9"/></svg>'
    const { width, height } = await loadImage(Buffer.from(svg))
    console.log(width, height)`
  let said = ''
  const run = { cell: 1, code, seed: 0, clock: 0, timeoutMs: 10_000 }
  const end = await sandbox.run(run, (event) => (said += event.type === 'print' ? event.text : ''))
  expect([end.status, end.message, said]).toEqual(['ok', undefined, '40 30\n'])
  await sandbox.close()
})
