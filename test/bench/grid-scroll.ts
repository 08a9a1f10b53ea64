// Prints how the page's grid scrolls over a table of a million rows in the browser: frames a second while the wheel turns,
// frames in which a row of the view has no values yet, and how soon after a jump all of them have.
// Usage: node test/bench/grid-scroll.ts [rows]
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Locator, type Page } from 'playwright-core'
import { productFolder } from '../../sandbox/product.ts'
import { build } from '../../src/build/build.ts'

const ROWS = Number(process.argv[2] ?? 1_000_000)
const WHEEL_MS = 4000
const JUMPS = 12

function makeTable(path: string): void {
  const lines = ['id,name,score,day,ok']
  for (let i = 1; i <= ROWS; i++)
    lines.push(
      `${i},${['Ann', '北京', 'Çelik'][i % 3]},${((i * 37) % 10_000) / 4},2024-01-${10 + (i % 19)},${i % 2 === 0}`,
    )
  writeFileSync(path, `${lines.join('\n')}\n`)
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** In the page: the grid, and the rows that are seen, each as the texts of its cells, the number first. */
const SEEN = `
const grid = document.querySelector('[role=grid]')
const seen = () => {
  const box = grid.getBoundingClientRect()
  return [...grid.querySelectorAll('[data-row]')]
    .filter((row) => row.getBoundingClientRect().bottom > box.top + 80 && row.getBoundingClientRect().top < box.bottom)
    .map((row) => [...row.children].map((cell) => cell.textContent))
}
const isBlank = () => seen().some((cells) => cells.slice(1).every((text) => text === ''))`

/** In the page: the frames from now on. */
const WATCH = `${SEEN}
const frames = { times: [], blank: 0 }
const next = (now) => {
  frames.times.push(now)
  if (isBlank()) frames.blank++
  if (globalThis.frames === frames) requestAnimationFrame(next)
}
globalThis.frames = frames
requestAnimationFrame(next)`

/** In the page: jumps to a share of the table; resolves to the milliseconds until the rows there have values. */
const jumpTo = (share: number): string => `(async () => {${SEEN}
const began = performance.now()
grid.scrollTop = grid.scrollHeight * ${share}
for (;;) {
  await new Promise(requestAnimationFrame)
  const number = Number(seen()[0]?.[0]?.replaceAll(',', ''))
  if (Math.abs(number / ${ROWS} - ${share}) < 0.01 && !isBlank()) return performance.now() - began
}
})()`

interface Frames {
  readonly times: readonly number[]
  readonly blank: number
}

/** Turns the wheel by `step` pixels again and again, and prints what the frames between are like. */
async function turnWheel(page: Page, grid: Locator, step: number): Promise<void> {
  await grid.hover()
  await page.evaluate(`{${WATCH}}`)
  const end = performance.now() + WHEEL_MS
  while (performance.now() < end) await page.mouse.wheel(0, step)
  const { times, blank } = await page.evaluate<Frames>('globalThis.frames')
  const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0))
  const long = gaps.filter((gap) => gap > 50).length
  console.log(
    `wheel by ${step} pixels: ${gaps.length} frames, ${(1000 / median(gaps)).toFixed(0)} a second, longest ${Math.max(...gaps).toFixed(0)} ms, ${long} above 50 ms, ${blank} with a row without values`,
  )
}

async function jump(page: Page): Promise<void> {
  const times: number[] = []
  for (let i = 1; i <= JUMPS; i++) times.push(await page.evaluate<number>(jumpTo(((i * 7) % 13) / 13)))
  console.log(`jumps: median ${median(times).toFixed(0)} ms, longest ${Math.max(...times).toFixed(0)} ms`)
}

await build()
const folder = mkdtempSync(join(tmpdir(), 'easel-scroll-'))
makeTable(join(folder, 'long.csv'))
const launcher = join(productFolder(), 'src/launcher.js')
const server = spawn(process.execPath, [launcher, 'serve', '--port', '0', '--data', join(folder, 'data')], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const browser = await chromium.launch({
  executablePath: process.env['EASEL_CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
})
try {
  let url: string | undefined
  for await (const line of createInterface({ input: server.stdout })) if ((url = /http:\S+/.exec(line)?.[0])) break
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
  page.setDefaultTimeout(120_000)
  await page.goto(url ?? '')
  await page.locator('input[type=file]').first().setInputFiles(join(folder, 'long.csv'))
  await page.getByRole('complementary').getByRole('button', { name: 'Open long.csv as a table' }).click()
  const grid = page.getByRole('grid', { name: 'Table long.csv' })
  await grid.getByText('Ann').first().waitFor()
  for (const step of [40, 120, 1000]) await turnWheel(page, grid, step)
  await jump(page)
} finally {
  await browser.close()
  server.kill()
  await once(server, 'exit')
  rmSync(folder, { recursive: true, force: true })
}
