// Variables after a reset: what a snippet can reach is as it was; the rest is left alone.
import { afterEach, describe, expect, it } from 'vitest'
import { openScene, type Scene } from './scene.ts'

let scene: Scene
afterEach(() => scene.close())

describe('a session that was reset', () => {
  it('runs only the cells again that the snippet can reach, and the others when they are needed', async () => {
    scene = await openScene({}, 'used')
    for (let n = 1; n <= 30; n++) await scene.run(`const value${n} = { n: ${n} }`)
    await scene.run('value7.n += value21.n')
    await scene.rest()
    const { text, restored } = await scene.run('value7.n')
    expect(text).toBe('28\n')
    expect(restored).toMatchObject({ cells: 3, files: 0, missing: [] })
    expect(await scene.run('value7.n + value21.n')).toMatchObject({ text: '49\n', restored: undefined })
    expect((await scene.run('value3.n')).restored?.cells).toBe(1)
  })

  it('finds random numbers and dates as they were, after a loss of the child too', async () => {
    scene = await openScene({}, 'used')
    const { text } = await scene.run('const drawn = [Math.random(), Math.random(), Date.now()]\ndrawn')
    await scene.rest()
    expect(await scene.run('drawn')).toMatchObject({ text, restored: { cells: 1 } })
    await scene.kill()
    // Cells that only showed the value might also have changed it.
    expect(await scene.run('drawn')).toMatchObject({ text, restored: { cells: 2 } })
    expect(await scene.run('for (;;) {}', { timeoutMs: 300 })).toMatchObject({ status: 'timeout', restored: undefined })
    expect(await scene.run('drawn')).toMatchObject({ text, restored: { cells: 3 } })
  })

  it('is told once, even if nothing has to run again; a new session is told nothing', async () => {
    scene = await openScene({}, 'used')
    expect((await scene.run('const a = 1')).restored).toBeUndefined()
    await scene.rest()
    expect((await scene.run('1 + 1')).restored).toMatchObject({ cells: 0, files: 0, missing: [] })
    expect((await scene.run('1 + 1')).restored).toBeUndefined()
  })

  it('keeps names that were declared again since, when an older cell with the same name runs again', async () => {
    scene = await openScene({}, 'used')
    await scene.run('const img = [1]; const gray = () => img.concat("gray")')
    await scene.rest()
    await scene.run('const img = [2]')
    expect(await scene.run('[gray(), img]')).toMatchObject({
      text: "[ [ 1, 'gray' ], [ 2 ] ]\n",
      restored: { cells: 1 },
    })
    await scene.run('img.push(3)')
    expect((await scene.run('[Object.keys(globalThis).includes("$easelKept"), img]')).text).toBe(
      '[ false, [ 2, 3 ] ]\n',
    )
  })

  it('has imports of a cell without the rest of it, and leaves out cells that failed', async () => {
    scene = await openScene({}, 'used')
    await scene.run("import { join } from 'node:path'\nconst big = 'not needed'")
    await scene.run("const list = ['a']")
    expect((await scene.run("list.push('never'); throw new Error('no')")).status).toBe('threw')
    await scene.rest()
    expect(await scene.run("join(...list, 'b')")).toMatchObject({ text: 'a/b\n', restored: { cells: 1, missing: [] } })
  })

  it("draws with chart.js's settings of a cell before", async () => {
    scene = await openScene({}, 'used')
    await scene.run("import { Chart } from 'chart.js/auto'\nChart.defaults.font.size = 31")
    await scene.run('const unrelated = 1')
    await scene.rest()
    const asked = "import { Chart } from 'chart.js/auto'\nChart.defaults.font.size"
    expect(await scene.run(asked)).toMatchObject({ text: '31\n', restored: { cells: 1 } })
  })

  it('shows the checker all names at once, before any is back', async () => {
    scene = await openScene({}, 'used')
    await scene.run('const a = 1, b = 2')
    await scene.run('let c = 3')
    scene.told.splice(0)
    await scene.rest()
    expect(scene.told).toEqual(['accept a b', 'accept c'])
  })
})
