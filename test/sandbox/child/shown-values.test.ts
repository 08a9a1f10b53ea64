// Values that Node's inspect cannot show: the cell still ends well, and their kind is reported.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openScene, type Scene } from '../../runtime/replay/scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

const CHART = `import { Chart } from 'chart.js/auto'
import { createCanvas } from '@napi-rs/canvas'
const config = { type: 'bar', data: { labels: ['a'], datasets: [{ data: [1] }] }, options: { animation: false } } as const
const canvas = createCanvas(100, 100) as unknown as HTMLCanvasElement
`

describe('a value that cannot be shown', () => {
  it('is a chart at the end of a cell: [Chart], and its canvas is drawn', async () => {
    expect(await scene.run(`${CHART}const made = new Chart(canvas, config)\nmade`)).toMatchObject({
      status: 'ok',
      text: '[Chart]\n',
    })
    expect((await scene.run('made.destroy(); new Chart(canvas, config)')).text).toBe('[Chart]\n')
    expect((await scene.run('(canvas as any).toBuffer("image/png").length > 500')).text).toBe('true\n')
  })

  it('is printed by the console as its kind too, beside what can be shown', async () => {
    const odd = "const odd = new Proxy(new Map(), { ownKeys: () => ['a', 'a'] })"
    const code = `${CHART}${odd}\nconst chart = new Chart(canvas, config)
console.log('made', odd, { a: 1 }); console.dir(chart, { depth: 4 }); console.table([{ odd }]); console.error('%o', odd)`
    const { status, text } = await scene.run(code)
    expect(status).toBe('ok')
    expect(text.split('\n').slice(0, 2)).toEqual(['made [Map] { a: 1 }', '[Chart]'])
    expect(text).toContain('│ 0       │ [Map] │')
    expect(text).toMatch(/%o \[Map\]\n$/)
  })

  // The end of a cell is awaited, which asks for `then`.
  const TRAPS = "get(_: object, key: string | symbol) { if (key !== 'then') throw new Error('no') }"
  it.each([
    ['a proxy whose traps throw', `new Proxy({}, { ${TRAPS} })`, '[object Object]'],
    ['a proxy of a function', `new Proxy(function f() {}, { ${TRAPS} })`, '[Function]'],
    ['one that lists keys twice', 'new Proxy(new Map(), { ownKeys: () => ["a", "a"] })', '[Map]'],
    [
      'an object that throws when it is shown',
      "class Odd { [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('no') } }\nnew Odd()",
      '[Odd]',
    ],
  ])('is %s', async (_, code, kind) => {
    expect(await scene.run(code)).toMatchObject({ status: 'ok', text: `${kind}\n` })
  })
})
