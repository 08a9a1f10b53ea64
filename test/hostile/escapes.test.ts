// Attempts to leave the sandbox, checked by canaries: host files, the environment, a socket, another session's file.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wallLevel } from '../../src/process-wall/wall.ts'
import { ATTEMPTS, prelude, type Canaries } from './escape-attempts.ts'
import { LATER_ATTEMPTS } from './later-attempts.ts'
import { createPool, openTarget, type Target } from './session.ts'

const word = (name: string): string => `${name}-${randomBytes(8).toString('hex')}`
const words = { file: word('FILE'), env: word('ENV'), foreign: word('FOREIGN') }
const folder = mkdtempSync(join(tmpdir(), 'canary-'))
let connections = 0
let server: Server
let canaries: Canaries
let other: Target
let targets: Target[]
let use: ReturnType<typeof createPool<Target>>
/** Sessions whose child knows the prelude. */
const prepared = new Set<Target>()
const SPOILS = /prototype|Error\.|JSON\.|Reflect\[|globalThis\.|Object\.defineProperty|Object\[|__easel|\$easel/

beforeAll(async () => {
  process.env['EASEL_CANARY'] = words.env
  writeFileSync(join(folder, 'secret.txt'), words.file)
  await sharp({ create: { width: 8, height: 8, channels: 3, background: { r: 11, g: 22, b: 33 } } })
    .png()
    .toFile(join(folder, 'secret.png'))
  server = createServer((socket) => {
    connections++
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  other = openTarget()
  await other.run(`(await import('fs')).writeFileSync('other.txt', ${JSON.stringify(words.foreign)})`, 20_000)
  canaries = {
    secret: join(folder, 'secret.txt'),
    picture: join(folder, 'secret.png'),
    foreign: other.sandbox.file('other.txt')!.path,
    marker: join(folder, 'marker'),
    port: (server.address() as AddressInfo).port,
  }
  targets = [openTarget(), openTarget()]
  use = createPool(targets)
})
afterAll(async () => {
  delete process.env['EASEL_CANARY']
  server.close()
  for (const { sandbox } of [other, ...targets]) await sandbox.close()
})

describe.concurrent('a snippet cannot leave by', () => {
  test.each([...ATTEMPTS, ...LATER_ATTEMPTS])('%s', async (_title, code) => {
    await use(async (target) => {
      if (!prepared.has(target)) {
        expect(await target.run(prelude(canaries), 20_000)).toMatchObject({ status: 'ok' })
        prepared.add(target)
      }
      const end = await target.run(code, 1000)
      const said = `${end.text} ${end.message ?? ''}`
      expect(said).not.toContain('ESCAPED')
      expect(said).not.toContain('pixel:11,22,33')
      for (const secret of Object.values(words)) expect(said).not.toContain(secret)
      expect(said).not.toMatch(/node_modules|scratch-/)
      if (end.lost) prepared.delete(target)
      // The damage of one attempt must not hide the success of the next.
      else if (SPOILS.test(code)) {
        await target.reset()
        prepared.delete(target)
      }
    })
  })
})

describe('afterwards', () => {
  test('the host is as it was', () => {
    expect(connections).toBe(0)
    expect(existsSync(canaries.marker) || existsSync(`${canaries.marker}.dz`)).toBe(false)
    expect(readFileSync(canaries.secret, 'utf8')).toBe(words.file)
    expect(readFileSync(canaries.foreign, 'utf8')).toBe(words.foreign)
  })
  test('at least 220 ways were tried', () => {
    expect(ATTEMPTS.length + LATER_ATTEMPTS.length).toBeGreaterThanOrEqual(220)
  })
  test('a child has exactly five variables and nothing of the parent', async () => {
    for (const pid of await children()) {
      const names = readFileSync(`/proc/${pid}/environ`, 'utf8')
        .split('\0')
        .filter(Boolean)
        .map((line) => line.split('=')[0])
      expect(names.sort()).toEqual(['FONTCONFIG_FILE', 'GLIBC_TUNABLES', 'LANG', 'TMPDIR', 'TZ'])
    }
  })
  test.runIf(wallLevel() === 'jail')('a child has no network interface but its own loopback', async () => {
    for (const pid of await children()) {
      const interfaces = readFileSync(`/proc/${pid}/net/dev`, 'utf8')
        .split('\n')
        .slice(2)
        .filter(Boolean)
        .map((line) => line.split(':')[0]!.trim())
      expect(interfaces).toEqual(['lo'])
    }
  })
})

/** The processes of all sessions, which must not change. */
function children(): Promise<number[]> {
  return Promise.all(
    [other, ...targets].map(async (target) => {
      await target.run('1', 20_000)
      const { pid } = await target.child()
      expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).toContain('child.cjs')
      return pid
    }),
  )
}
