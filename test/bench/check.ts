// Measures a type check: from a cold start, and warm with accumulating cells. Run with node.
import { createChecker } from '../../src/check/checker.ts'

const cell = (i: number): string => `import sharp from 'sharp'
import { ChartJSNodeCanvas } from 'chartjs-node-canvas'
import { stack } from 'easel'
const gray${i} = await sharp('a.png').grayscale().resize({ width: ${100 + i} }).png().toBuffer()
const canvas = new ChartJSNodeCanvas({ width: 800, height: 600, backgroundColour: 'white' })
const chart = await canvas.renderToBuffer({ type: 'bar', data: { labels: ['a'], datasets: [{ data: [${i}] }] } })
await (await stack([gray${i}, chart], { labels: ['a', 'b'] })).toFile('x.png')`

const milliseconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return performance.now() - start
}
const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[list.length >> 1] ?? NaN

const cold: number[] = []
for (let i = 0; i < 7; i++) {
  cold.push(
    await milliseconds(async () => {
      const { check, close } = createChecker()
      await check(cell(0))
      close()
    }),
  )
}
const checker = createChecker()
await checker.check('1')
const warm: number[] = []
for (let i = 0; i < 100; i++) {
  warm.push(await milliseconds(() => checker.check(cell(i))))
  checker.accept(cell(i), ['sharp', 'ChartJSNodeCanvas', 'stack', `gray${i}`, 'canvas', 'chart'])
}
checker.close()
console.log(`cold first check ${median(cold).toFixed(0)} ms, warm ${median(warm).toFixed(1)} ms (median)`)
console.log(`slowest of 100 warm checks ${Math.max(...warm).toFixed(0)} ms`)
