// Measures how long a reset session takes to be restored, against the number of cells to replay.
// Run: node test/bench/restore.ts
import { openScene, type Scene } from '../runtime/replay/scene.ts'

interface Row {
  readonly what: string
  readonly cells: number
  readonly files: number
  /** Milliseconds as the session reports them: from the snippet's arrival to the restored state. */
  readonly ms: number
  /** The same with a child that has warmed up in the meantime. */
  readonly warmMs: number
}

const ROUNDS = 3

const rows: Row[] = []
for (const count of [1, 5, 20, 100]) {
  rows.push(
    await measured(`${count} small cells, all needed`, async (scene) => {
      await scene.run('const list: number[] = []')
      for (let n = 1; n < count; n++) await scene.run(`const value${n} = { n: ${n} }; list.push(value${n}.n)`)
      return 'list'
    }),
  )
}
rows.push(
  await measured('100 small cells, 2 needed', async (scene) => {
    for (let n = 1; n <= 100; n++) await scene.run(`const value${n} = { n: ${n} }`)
    return 'value7.n + value80.n'
  }),
  await measured('5 picture cells, all needed', pictures),
  await measured('100 small cells, none needed', async (scene) => {
    for (let n = 1; n <= 100; n++) await scene.run(`const value${n} = { n: ${n} }`)
    return '1 + 1'
  }),
)
print(rows)

/** A generated photograph of 1600x1200, and five steps on it that each write a file. */
async function pictures(scene: Scene): Promise<string> {
  await scene.run(`import sharp from 'sharp'
const width = 1600, height = 1200
const pixels = new Uint8Array(width * height * 3)
for (let i = 0; i < pixels.length; i++) pixels[i] = (i * i) >> 9
const photo = await sharp(pixels, { raw: { width, height, channels: 3 } }).jpeg().toBuffer()
await sharp(photo).toFile('photo.jpg')`)
  await scene.run("const small = await sharp(photo).resize(800).toBuffer()\nawait sharp(small).toFile('small.png')")
  await scene.run(
    "const blurred = await sharp(small).blur(3).png().toBuffer()\nawait sharp(blurred).toFile('blurred.png')",
  )
  await scene.run(
    "const edges = await sharp(small).greyscale().sharpen().png().toBuffer()\nawait sharp(edges).toFile('edges.png')",
  )
  await scene.run(
    "const turned = await sharp(blurred).rotate(90).webp().toBuffer()\nawait sharp(turned).toFile('turned.webp')",
  )
  return '[edges.length, turned.length]'
}

/** Medians of some rounds: a reset, then a snippet that reaches everything. */
async function measured(what: string, fill: (scene: Scene) => Promise<string>): Promise<Row> {
  const cold: number[] = []
  const warm: number[] = []
  let cells = 0
  let files = 0
  for (let round = 0; round < ROUNDS * 2; round++) {
    const scene = await openScene()
    const code = await fill(scene)
    await scene.rest()
    if (round % 2 === 1) await new Promise((resolve) => setTimeout(resolve, 1000))
    const { restored, status } = await scene.run(code)
    if (!restored || status !== 'ok' || restored.missing.length > 0)
      throw new Error(`not restored: ${restored?.missing.join(' ')}`)
    ;(round % 2 === 1 ? warm : cold).push(restored.ms)
    ;({ cells, files } = restored)
    await scene.close()
  }
  return { what, cells, files, ms: median(cold), warmMs: median(warm) }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function print(rows: readonly Row[]): void {
  console.log('Restore time after a reset (median, ms): `cold` with the start of the process, `warm` without\n')
  console.log('                               cells run  files    cold    warm')
  for (const { what, cells, files, ms, warmMs } of rows) {
    const numbers = [
      [cells, 9],
      [files, 7],
      [ms, 8],
      [warmMs, 8],
    ].map(([value, width]) => String(value).padStart(width ?? 0))
    console.log(`${what.padEnd(31)}${numbers.join('')}`)
  }
}
