// Measures the process wall: a child's start until it is ready, and a cell in a warm child, at each level in turn.
// Run: node test/bench/walls.ts [ROUNDS]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultLimits } from '../../sandbox/limits.ts'
import { WALLS } from '../../src/process-wall/levels.ts'
import { wallLevel } from '../../src/process-wall/wall.ts'
import { startChild, type Spawn } from '../../src/runner/child.ts'
import { openSandbox } from '../../src/runner/sandbox.ts'
import { spawnChild } from '../../src/runner/spawn-child.ts'

const ROUNDS = Number(process.argv[2] ?? 21)
const CELLS = 20

interface Times {
  readonly start: number[]
  readonly cell: number[]
  readonly picture: number[]
}

const walls = WALLS.filter(({ level }) => level === 'process' || wallLevel() === 'jail')
const times = new Map<string, Times>(walls.map(({ name }) => [name, { start: [], cell: [], picture: [] }]))
const folder = mkdtempSync(join(tmpdir(), 'bench-walls-'))

for (let round = 0; round < ROUNDS; round++) {
  for (const { name, level, isFiltered } of walls) {
    const spawn: Spawn = (scratch, limits, links) =>
      spawnChild(scratch, limits, { ...links, level, filter: isFiltered })
    const found = times.get(name) as Times
    found.start.push(await timeStart(spawn))
    await timeCells(spawn, found)
  }
}
rmSync(folder, { recursive: true, force: true })

const median = (values: readonly number[]): string =>
  (values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number).toFixed(2).padStart(9)
console.log(`medians of ${ROUNDS} interleaved rounds, ms`)
console.log(`${'wall'.padEnd(18)}    ready   1 + 1 cell   picture cell`)
for (const [name, { start, cell, picture }] of times)
  console.log(`${name.padEnd(18)}${median(start)}    ${median(cell)}      ${median(picture)}`)

async function timeStart(spawn: Spawn): Promise<number> {
  const began = performance.now()
  const child = startChild(mkdtempSync(join(folder, 'start-')), defaultLimits(), { spawn })
  await child.ready
  const ms = performance.now() - began
  child.kill()
  await child.gone
  return ms
}

async function timeCells(spawn: Spawn, { cell, picture }: Times): Promise<void> {
  const sandbox = openSandbox({ folder: mkdtempSync(join(folder, 'cells-')), limits: defaultLimits(), spawn })
  const run = async (number: number, code: string): Promise<number> => {
    const request = { cell: number, code, seed: 1, clock: 1e12, timeoutMs: 60_000 }
    const began = performance.now()
    const end = await sandbox.run(request, () => undefined)
    if (end.status !== 'ok') throw new Error(`${end.status}: ${end.message}`)
    return performance.now() - began
  }
  const draw = `const sharp = (await import('sharp')).default
await sharp({ create: { width: 800, height: 600, channels: 3, background: 'red' } }).blur(2).png().toFile('a.png')`
  await run(0, '1 + 1')
  await run(0, draw)
  for (let n = 1; n <= CELLS; n++) cell.push(await run(n, '1 + 1'))
  for (let n = 1; n <= 3; n++) picture.push(await run(CELLS + n, draw))
  await sandbox.close()
}
