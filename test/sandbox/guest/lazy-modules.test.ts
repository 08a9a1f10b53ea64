// Modules with bundles of their own, as a session sees them: the cell's clock, resets, long files, limits.
import { afterEach, describe, expect, it } from 'vitest'
import { openScene, type Scene } from '../../runtime/replay/scene.ts'

let scene: Scene
afterEach(() => scene.close())

const MODULES = ['arquero', 'd3-array', 'date-fns', 'date-fns/locale', 'dayjs', 'ml-regression', 'simple-statistics']

describe('a module that is loaded when it is first imported', () => {
  it('leaves the clock and the random numbers of the cell as they were', async () => {
    const drawn = async (modules: readonly string[]): Promise<string[]> => {
      scene = await openScene()
      const texts: string[] = []
      for (const module of modules) {
        const code = `import * as all from '${module}'\nconst late = await import('${module}')\n`
        texts.push((await scene.run(`${code}JSON.stringify([Date.now(), Math.random(), late === all])`)).text)
      }
      return texts
    }
    const texts = await drawn(MODULES)
    expect(texts[0]).toMatch(/^\[1600000001001,0\.\d+,true\]\n$/)
    await scene.close()
    expect(await drawn(MODULES.map(() => 'node:path'))).toEqual(texts)
  })

  it('is there after a reset, with what cells added to it', async () => {
    scene = await openScene()
    await scene.run("import dayjs from 'dayjs'\nimport utc from 'dayjs/plugin/utc.js'\ndayjs.extend(utc)")
    await scene.run("import 'dayjs/locale/zh-cn.js'\nconst n = 1")
    await scene.run("import * as aq from 'arquero'\naq.addFunction('twice', (x) => x * 2, { override: true })")
    await scene.run(
      "const sums = aq.table({ k: ['a', 'a'], v: [1, 2] }).groupby('k').rollup({ s: (d) => aq.op.sum(d.v) })",
    )
    await scene.run('const other = 1')
    await scene.rest()
    const code = "[dayjs.utc(0).locale('zh-cn').format('MMMM D'), sums.derive({ t: 'd => op.twice(d.s)' }).objects()]"
    expect(await scene.run(code)).toMatchObject({
      status: 'ok',
      text: "[ '一月 1', [ { k: 'a', s: 3, t: 6 } ] ]\n",
      restored: { cells: 4, missing: [] },
    })
    await scene.kill()
    expect((await scene.run("import { utc } from 'dayjs'\n0")).message).toBe(
      "SyntaxError: The requested module 'dayjs' does not provide an export named 'utc'",
    )
  })
})

describe('arquero', () => {
  it('reads quoted fields of a long file right wherever they lie, line breaks and packed files too', async () => {
    scene = await openScene({}, 'used')
    const row = '`${i},"quoted, ""${i}""\\n城市",${i / 8}`'
    const text = `const text = '\\ufeffid,note,value\\n' + Array.from({ length: 4000 }, (_, i) => ${row}).join('\\r\\n')`
    await scene.run(`import { writeFileSync } from 'node:fs'\nimport { gzipSync } from 'node:zlib'\n${text}
writeFileSync('long.csv', text); writeFileSync('long.csv.gz', gzipSync(text))`)
    const code = `import * as aq from 'arquero'
const right = aq.fromCSV(text.slice(1)).toCSV()
const tables = [await aq.loadCSV('long.csv'), await aq.loadCSV('long.csv.gz'), await aq.loadCSV('file:///mnt/data/long.csv')]
tables.map((table) => [table.numRows(), table.toCSV() === right])`
    expect((await scene.run(code)).text).toBe('[ [ 4000, true ], [ 4000, true ], [ 4000, true ] ]\n')
    expect(await scene.run("import * as aq from 'arquero'\nawait aq.loadCSV('https://a.b/c.csv')")).toMatchObject({
      message:
        "Error: arquero cannot load 'https://a.b/c.csv': the sandbox has no network; work with the files in /mnt/data.",
    })
  })

  it('works on a million rows within the limits', async () => {
    scene = await openScene({}, 'used')
    const code = `import * as aq from 'arquero'
const n = 1_000_000
const table = aq.table({ k: Uint8Array.from({ length: n }, (_, i) => i % 7), v: Float64Array.from({ length: n }, (_, i) => i) })
table.filter((d) => d.v >= 700000).groupby('k').rollup({ n: aq.op.count(), s: (d) => aq.op.sum(d.v) }).orderby('k').objects({ limit: 1 })`
    expect((await scene.run(code)).text).toBe('[ { k: 0, n: 42858, s: 36429278571 } ]\n')
  })
})
