// process.exit in a cell ends the cell there; what it did before counts.
import { afterEach, describe, expect, it } from 'vitest'
import { openScene, type Scene } from '../../runtime/replay/scene.ts'

let scene: Scene
afterEach(() => scene.close())

describe('process.exit', () => {
  it('ends the cell well without a fault, and leaves what was there by then', async () => {
    scene = await openScene()
    const code =
      "const a = 1\nconsole.log('before')\nsetTimeout(() => console.log('late'), 5)\nprocess.exit()\nconsole.log('after')"
    expect(await scene.run(code)).toMatchObject({ status: 'ok', text: 'before\n' })
    expect(await scene.run('a')).toMatchObject({ status: 'ok', text: '1\n' })
  })

  it('makes it fail with another code, which is said', async () => {
    scene = await openScene({}, 'used')
    expect(await scene.run('process.exit(2)')).toMatchObject({
      status: 'threw',
      message: 'Exit: process.exit(2) was called.',
    })
    expect(await scene.run('setTimeout(() => process.exit(3), 5)')).toMatchObject({ status: 'threw' })
    expect(await scene.run('process.exitCode = 4\nprocess.exit()')).toMatchObject({ status: 'threw' })
  })

  it('is not confused with what looks like it', async () => {
    scene = await openScene({}, 'used')
    const hostile = [
      "throw { name: 'Exit', exitCode: 0 }",
      'throw new Proxy({}, { get() { throw 1 }, has() { throw 2 }, getPrototypeOf() { throw 3 } })',
      "class Exit extends Error { exitCode = 0 }\nthrow new Exit('no')",
    ]
    for (const code of hostile) expect(await scene.run(code)).toMatchObject({ status: 'threw' })
  })
})
