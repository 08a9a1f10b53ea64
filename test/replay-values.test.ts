// Variables after a reset: what a snippet can reach is as it was, and what it cannot reach is left alone.
import { afterEach, describe, expect, it } from 'vitest'
import { openScene, type Scene } from './replay-scene.ts'

let scene: Scene
afterEach(() => scene.close())

describe('a session that was reset', () => {
  it('runs only the cells again that the snippet can reach', async () => {
    scene = await openScene()
    for (let n = 1; n <= 30; n++) await scene.run(`const value${n} = { n: ${n} }`)
    await scene.run('value7.n += value21.n')
    await scene.rest()
    const { text, restored } = await scene.run('value7.n')
    expect(text).toBe('28\n')
    expect(restored).toMatchObject({ cells: 3, files: 0, missing: [] })
    expect(await scene.run('value7.n + value21.n')).toMatchObject({ text: '49\n', restored: undefined })
    expect((await scene.run('value3.n')).restored?.cells).toBe(1)
  })

  it('finds random numbers and dates as they were', async () => {
    scene = await openScene()
    const { text } = await scene.run('const drawn = [Math.random(), Math.random(), Date.now()]\ndrawn')
    await scene.rest()
    expect(await scene.run('drawn')).toMatchObject({ text, restored: { cells: 1 } })
  })
})
