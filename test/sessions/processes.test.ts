// Several programs on one data folder: a server and the command line, writers and sweeps.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from '../../sessions/sqlite/store.ts'
import type { SessionStore } from '../../sessions/store.ts'
import { bring, DURATIONS, mustOpen, printOf } from './scene.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'easel-shared-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Another process on the same folder: `neighbour.ts`. */
function startNeighbour(task: 'hold' | 'work' | 'make', id = '') {
  const script = fileURLToPath(new URL('neighbour.ts', import.meta.url))
  const child = spawn(process.execPath, [script, folder, task, id], { stdio: ['pipe', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => void (text += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const line = async (): Promise<string> => {
    while (!text.includes('\n') && child.exitCode === null) await sleep(5)
    return text.split('\n')[0] ?? ''
  }
  return {
    pid: child.pid,
    begin: () => child.stdin.end('begin'),
    line,
    ended,
    all: () => text,
    kill: () => child.kill('SIGKILL'),
  }
}

test('a session that another process uses is refused with its number, and free at once when it is killed', async () => {
  const store = await openStore({ folder })
  const created = await store.create(DURATIONS)
  const { id } = created
  await created.release()
  const neighbour = startNeighbour('hold', id)
  expect(await neighbour.line()).toBe('held')
  await expect(store.open(id)).rejects.toMatchObject({
    code: 'EASEL_SESSION_IN_USE',
    message: `The session ${id} is in use by another Easel (process ${neighbour.pid}). End it there first, or start a new session.`,
  })
  neighbour.kill()
  await neighbour.ended
  const session = await mustOpen(store, id)
  await session.append(printOf('mine now'))
  await store.close()
})

test('processes that make the same new folders at the same moment all get in', async () => {
  const neighbours = [startNeighbour('make'), startNeighbour('make'), startNeighbour('make'), startNeighbour('make')]
  for (const one of neighbours) expect(await one.line()).toBe('ready')
  for (const one of neighbours) one.begin()
  expect(await Promise.all(neighbours.map((one) => one.ended))).toEqual([0, 0, 0, 0])
}, 60_000)

test('four processes write, sweep and delete in one folder at once: nobody fails, nobody’s bytes are taken', async () => {
  const stores: SessionStore[] = [await openStore({ folder }), await openStore({ folder })]
  const neighbours = [startNeighbour('work'), startNeighbour('work'), startNeighbour('work')]
  const done = (): boolean => neighbours.every((one) => one.all() !== '')
  while (!done()) {
    for (const store of stores) {
      await store.sweep()
      const session = await store.create(DURATIONS)
      // The same bytes as the other processes', so that one's deletion coincides with another's write.
      for (let n = 0; n < 5; n++) {
        const { hash } = await bring(session, 'twin', `content ${n}`)
        expect(readFileSync(await session.pathOf(hash), 'utf8')).toBe(`content ${n}`)
      }
      await session.release()
      await store.remove(session.id)
    }
  }
  expect(await Promise.all(neighbours.map((one) => one.ended))).toEqual([0, 0, 0])
  expect(neighbours.map((one) => one.all())).toEqual(['done\n', 'done\n', 'done\n'])
  for (const store of stores) await store.close()
}, 60_000)
