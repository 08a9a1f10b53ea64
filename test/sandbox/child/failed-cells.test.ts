// A cell that did not end ok leaves no names, so that a session is what its journal says, replayed or not.
import { afterEach, describe, expect, it } from 'vitest'
import { openScene, type Scene } from '../../runtime/replay/scene.ts'

let scene: Scene
afterEach(() => scene.close())

const FAILURES: readonly (readonly [how: string, code: string, status: string])[] = [
  ['throws', "throw new Error('no')", 'threw'],
  ['waits for ever', 'await new Promise(() => undefined)', 'threw'],
  ['leaves a rejection', "Promise.reject(new Error('no'))", 'threw'],
  ['throws in a timer', "setTimeout(() => { throw new Error('no') }, 5)", 'threw'],
  [
    'reaches a limit',
    "await (await import('sharp')).default({ create: { width: 9e4, height: 9e4, channels: 3, background: 'red' } }).png().toBuffer()",
    'limit',
  ],
]

describe('a cell that failed', () => {
  it.each(FAILURES)('leaves names as they were when it %s', async (_, end, status) => {
    scene = await openScene({}, 'used')
    await scene.run("import { join } from 'node:path'\nconst size = 100; let count = 1; function f() { return 'old' }")
    const failing = `import { sep as join } from 'node:path'\nconst size = 50, added = 1; let count = 2; function f() { return 'new' }\nclass More {}\n${end}`
    expect(await scene.run(failing)).toMatchObject({ status })
    expect(scene.stored.events.at(-1)).toMatchObject({ type: 'result', names: [] })
    const asked = "[size, count, f(), join('a', 'b'), typeof added, typeof More, 'added' in globalThis]"
    const text = "[ 100, 1, 'old', 'a/b', 'undefined', 'undefined', false ]\n"
    expect((await scene.run(asked)).text).toBe(text)
    await scene.rest()
    expect((await scene.run(asked)).text).toBe(text)
  })

  it('leaves variables of earlier cells usable: a `let` can still be assigned, a `const` cannot', async () => {
    scene = await openScene({}, 'used')
    await scene.run('let n = 1; const next = () => ++n; const fixed = 1')
    await scene.run('let n = 10; const fixed = 2; throw 1')
    expect((await scene.run('n += 5; [next(), n]')).text).toBe('[ 7, 7 ]\n')
    expect((await scene.run('fixed = 3')).message).toMatch(/^TypeError: .*(constant|read only)/)
  })

  it('keeps a name that the snippet fixed on the global object itself, and the session goes on', async () => {
    scene = await openScene({}, 'used')
    const fixing = "const own = 1\nObject.defineProperty(globalThis, 'own', { value: 2, configurable: false })\nthrow 1"
    expect((await scene.run(fixing)).status).toBe('threw')
    expect(await scene.run('const other = 3; other')).toMatchObject({ status: 'ok', text: '3\n' })
  })
})
