// Times our GIF levels: node test/bench/gif.ts [FOLDER OF PNG FRAMES] [REPEATS]. Without a folder it generates a
// rotating photograph and a growing chart. Prints one JSON line per level: median wall seconds, megabytes, decibels,
// SSIM.
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import type { Quality, RawFrame } from '../../sandbox/helpers/gif/frame.ts'
import { openGifEncoder } from '../../sandbox/native/gif/encoder.ts'
import { decode, painted, photo, psnr } from '../sandbox/helpers/gif/drawings.ts'

const [folder, repeats = '5', out] = process.argv.slice(2)
const films = folder ? { [folder]: await read(folder) } : drawn()
for (const [name, frames] of Object.entries(films)) await measure(name, frames)

async function read(from: string): Promise<RawFrame[]> {
  const names = readdirSync(from)
    .filter((name) => name.endsWith('.png'))
    .sort()
  return Promise.all(
    names.map((name) => sharp(join(from, name)).removeAlpha().raw().toBuffer({ resolveWithObject: true })),
  )
}

function drawn(): Record<string, RawFrame[]> {
  const count = Array.from({ length: 20 }, (_, k) => k)
  const bar = (k: number, y: number) => 100 + ((y * 7 + k * (y >> 5)) % 700)
  return {
    photo: count.map((k) => photo(512, 512, k * 5)),
    chart: count.map((k) =>
      painted(1000, 600, (x, y) => (y % 32 < 24 && x < bar(k, y >> 5) ? [40, y >> 2, 200] : [255, 255, 255])),
    ),
  }
}

async function measure(name: string, frames: readonly RawFrame[]) {
  const { width, height } = frames[0]!.info
  const times: Record<Quality, number[]> = { fast: [], good: [], best: [] }
  const files: Partial<Record<Quality, Uint8Array>> = {}
  // The levels alternate, so that a busy machine affects all alike; the first round is a warm-up.
  for (let round = -1; round < Number(repeats); round++) {
    for (const quality of ['fast', 'good', 'best'] as const) {
      const start = performance.now()
      const session = openGifEncoder({ width, height, delay: 100, loop: 0, quality })
      for (const frame of frames) await session.add(frame)
      files[quality] = await session.finish()
      if (round >= 0) times[quality].push((performance.now() - start) / 1000)
    }
  }
  for (const quality of ['fast', 'good', 'best'] as const) {
    const file = files[quality]!
    if (out) writeFileSync(join(out, `${quality}.gif`), file)
    const { pages } = await decode(file)
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    const db = mean(pages.map((page, n) => Math.min(100, psnr(page, frames[n]!))))
    const similar = mean(pages.map((page, n) => ssim(page, frames[n]!)))
    const seconds = times[quality].sort((a, b) => a - b)
    const [median, least] = [seconds[seconds.length >> 1]!, seconds[0]!].map((value) => Number(value.toFixed(3)))
    const megabytes = file.length / 1e6
    console.log(
      JSON.stringify({
        name,
        quality,
        frames: frames.length,
        median,
        least,
        megabytes,
        db: Number(db.toFixed(2)),
        ssim: Number(similar.toFixed(4)),
      }),
    )
  }
}

/** Mean structural similarity over 8x8 blocks of the three channels (Wang, Bovik, Sheikh & Simoncelli 2004). */
function ssim(page: Uint8Array, { data, info: { width, height, channels } }: RawFrame): number {
  let [sum, count] = [0, 0]
  for (let y = 0; y + 8 <= height; y += 8) {
    for (let x = 0; x + 8 <= width; x += 8) {
      for (let c = 0; c < 3; c++, count++) {
        const m = [0, 0, 0, 0, 0]
        for (let k = 0; k < 64; k++) {
          const at = (y + (k >> 3)) * width + x + (k & 7)
          const [a, b] = [data[at * channels + c]!, page[at * 4 + c]!]
          for (const [n, value] of [a, b, a * a, b * b, a * b].entries()) m[n]! += value / 64
        }
        const [a, b, aa, bb, ab] = m as [number, number, number, number, number]
        sum +=
          ((2 * a * b + 6.5025) * (2 * (ab - a * b) + 58.5225)) /
          ((a * a + b * b + 6.5025) * (aa - a * a + bb - b * b + 58.5225))
      }
    }
  }
  return count === 0 ? 1 : sum / count
}
