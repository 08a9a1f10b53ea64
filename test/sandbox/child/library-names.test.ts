// Top-level names of cells are globals here but not in Node: libraries must neither overwrite nor read them.
import { afterEach, describe, expect, it } from 'vitest'
import { openScene, type Scene } from '../../runtime/replay/scene.ts'

let scene: Scene
afterEach(() => scene.close())

const CONFIG = "{ type: 'line', data: { labels: ['a', 'b'], datasets: [{ data: [1, 2] }] } }"
const SUM = 'let sum = 0; for (const byte of made) sum = (sum * 31 + byte) >>> 0; `${made.length} ${sum}`'
const EASEL = `import { chart } from 'easel'\nconst made = await chart(${CONFIG} as any)\n${SUM}`
const NODE_CANVAS = `import { ChartJSNodeCanvas } from 'chartjs-node-canvas'
const made = new ChartJSNodeCanvas({ width: 200, height: 100, plugins: { globalVariableLegacy: [] } }).renderToBufferSync(${CONFIG} as any)
${SUM}`
describe('a library', () => {
  it('sets its globals beside names of earlier cells, of the same cell and of later ones', async () => {
    scene = await openScene()
    const plain = (await scene.run(NODE_CANVAS)).text
    expect(plain).toMatch(/^\d{4,} \d+\n$/)
    expect(
      (await scene.run("import { Image } from 'canvas'\nimport { Chart } from 'chart.js'\nconst kept = [Image, Chart]"))
        .status,
    ).toBe('ok')
    expect(await scene.run(NODE_CANVAS)).toMatchObject({ status: 'ok', text: plain })
    expect(await scene.run(`import { Image } from '@napi-rs/canvas'\n${NODE_CANVAS}`)).toMatchObject({
      status: 'ok',
      text: plain,
    })
    expect((await scene.run('[Image === kept[0], Chart === kept[1]]')).text).toBe('[ true, true ]\n')
  })

  it('finds its globals while a chart is made, and nobody finds them afterwards', async () => {
    scene = await openScene()
    const plugin = "{ id: 'x', beforeInit() { seen.push(typeof globalThis['Image' as never]) } }"
    const code = NODE_CANVAS.replace("{ type: 'line'", `{ plugins: [${plugin}], type: 'line'`)
    expect((await scene.run(`const seen: string[] = []\n${code}`)).status).toBe('ok')
    expect((await scene.run("[seen, 'Image' in globalThis, 'window' in globalThis]")).text).toBe(
      "[ [ 'function' ], false, false ]\n",
    )
  })

  it('does not take names of cells for those of a browser', async () => {
    scene = await openScene()
    const [easel, nodeCanvas] = [await scene.run(EASEL), await scene.run(NODE_CANVAS)]
    expect([easel.status, nodeCanvas.status]).toEqual(['ok', 'ok'])
    await scene.rest()
    const browser = `import { Path2D } from '@napi-rs/canvas'
const window = { requestAnimationFrame: 1 }, document = {}, self = null, define = Object.assign(() => 1, { amd: true })
class OffscreenCanvas {}
class FileReader {}`
    expect((await scene.run(browser)).status).toBe('ok')
    expect(await scene.run(EASEL)).toMatchObject({ status: 'ok', text: easel.text })
    expect(await scene.run(NODE_CANVAS)).toMatchObject({ status: 'ok', text: nodeCanvas.text })
    expect((await scene.run("import Papa from 'papaparse'\nPapa.parse('a,b').data")).text).toBe("[ [ 'a', 'b' ] ]\n")
    expect((await scene.run('window')).text).toBe('{ requestAnimationFrame: 1 }\n')
  })

  it.each([
    ['finds what a snippet makes global by its own word, as in Node', '(globalThis as any).Path2D = Mine', true],
    ['does not find a name of a cell', 'const Path2D = Mine', false],
  ])('%s', async (_, line, isFound) => {
    scene = await openScene()
    await scene.run(`import { Path2D as Theirs } from '@napi-rs/canvas'
const used: number[] = []
class Mine extends Theirs { constructor() { super(); used.push(1) } }
${line}`)
    // chart.js draws lines along a Path2D where there is one.
    expect((await scene.run(EASEL)).status).toBe('ok')
    expect((await scene.run('used.length > 0')).text).toBe(`${isFound}\n`)
  })
})
