// Prints the cost of the four tasks: cold (the whole program, from start to end) and warm (one more cell in a live
// session).
// Usage: node test/bench/tasks.ts [rounds]
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultLimits } from '../../sandbox/limits.ts'
import { productFolder } from '../../sandbox/product.ts'
import { build } from '../../src/build/build.ts'
import { openSandbox } from '../../src/runner/sandbox.ts'

const ROUNDS = Number(process.argv[2] ?? 5)
const at = (path: string): string => join(productFolder(), path)
const portrait = at('examples/portrait.png')
const table = at('examples/regions.csv')

/** A task as a user writes it, and as the snippet that does it. */
const TASKS = [
  {
    name: 'gray + stack',
    file: portrait,
    ask: 'make this grayscale and stack it',
    code: `import sharp from 'sharp'
import { stack } from 'easel'
const photo = sharp('portrait.png')
await (await stack([photo, photo.clone().grayscale()], { labels: ['Original', 'Grayscale'] })).toFile('stack.png')`,
  },
  {
    name: 'six operations + grid',
    file: portrait,
    ask: 'Original, Sobel, Otsu, rotated 45 degrees, contrast stretch, Gaussian blur, as a labelled 3x2 grid',
    code: `import sharp from 'sharp'
import { contrastStretch, grid, otsu, sobel, turn } from 'easel'
const photo = sharp('portrait.png')
const six = [photo, await sobel(photo), await otsu(photo), await turn(photo, 45), await contrastStretch(photo), photo.clone().blur(3)]
await (await grid(six, { columns: 3, labels: ['Original', 'Sobel', 'Otsu', '45', 'Stretch', 'Blur'] })).toFile('grid.png')`,
  },
  {
    name: 'spin GIF, 30 frames',
    file: portrait,
    ask: 'a GIF that turns the picture a full circle in 30 frames of 12 degrees while cycling colour channels',
    code: `import sharp from 'sharp'
import { writeFile } from 'node:fs/promises'
import { animate, cycleChannels, pixels, turn } from 'easel'
const photo = await pixels(sharp('portrait.png').resize(512))
async function* turning() { for (let i = 0; i < 30; i++) yield turn(await cycleChannels(photo, i), 12 * i) }
await writeFile('spin.gif', await animate(turning(), { delay: 100 }))`,
  },
  {
    name: 'bar chart race',
    file: table,
    ask: 'animated bar chart of the top 10 regions by year',
    code: `import { writeFile } from 'node:fs/promises'
import { barRace, readTable } from 'easel'
await writeFile('race.gif', await barRace(await readTable('regions.csv'), { title: 'Top 10' }))`,
  },
] as const

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

function cold(ask: string, file: string): number {
  const folder = mkdtempSync(join(tmpdir(), 'easel-bench-'))
  const began = performance.now()
  const done = spawnSync(process.execPath, [at('src/launcher.js'), 'ask', ask, file, '-o', folder], {
    encoding: 'utf8',
  })
  const ms = performance.now() - began
  rmSync(folder, { recursive: true, force: true })
  if (done.status !== 0) throw new Error(`${ask}: ${done.stderr}`)
  return ms
}

async function warm(code: string, file: string): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'easel-bench-'))
  const sandbox = openSandbox({ folder, limits: defaultLimits() })
  await sandbox.upload(file.slice(file.lastIndexOf('/') + 1), file)
  const times: number[] = []
  for (let cell = 1; cell <= ROUNDS + 1; cell++) {
    const began = performance.now()
    const end = await sandbox.run({ cell, code, seed: 1, clock: 0, timeoutMs: 60_000 }, () => undefined)
    if (end.status !== 'ok') throw new Error(end.message)
    if (cell > 1) times.push(performance.now() - began)
  }
  await sandbox.close()
  return times
}

async function ready(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'easel-bench-'))
  const began = performance.now()
  const sandbox = openSandbox({ folder, limits: defaultLimits() })
  await sandbox.run({ cell: 1, code: '1 + 1', seed: 1, clock: 0, timeoutMs: 60_000 }, () => undefined)
  const ms = performance.now() - began
  await sandbox.close()
  return ms
}

await build()
const starts: number[] = []
for (let i = 0; i < ROUNDS; i++) starts.push(await ready())
console.log(`sandbox, from nothing to the answer of 1 + 1: ${median(starts).toFixed(0)} ms (median of ${ROUNDS})`)
for (const { name, ask, file, code } of TASKS) {
  const colds = Array.from({ length: ROUNDS }, () => cold(ask, file))
  const warms = await warm(code, file)
  console.log(
    `${name}: cold ${median(colds).toFixed(0)} ms, warm ${median(warms).toFixed(0)} ms (medians of ${ROUNDS})`,
  )
}
