// What a model can look up: every function, with examples that run as they are.
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createChecker, type Checker } from '../../src/check/checker.ts'
import { withNodeImports } from '../../src/snippet/node-imports.ts'
import { helpOn } from '../../src/planner/help/help.ts'
import { TOPICS } from '../../src/planner/help/topics.ts'
import { portrait } from '../cli/program.ts'
import { buildZip } from '../sandbox/helpers/archive/zip-builder.ts'
import { openScene, type Scene } from '../runtime/replay/scene.ts'

const index = readFileSync(new URL('../../sandbox/helpers/index.ts', import.meta.url), 'utf8')
/** Values that the module exports. */
const exported = [...index.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, list = '']) =>
  list
    .split(',')
    .map((one) => one.trim())
    .filter((one) => !one.startsWith('type ')),
)

describe('the help', () => {
  test('has every function of the easel module, with its signature and an example', () => {
    expect(exported.length).toBeGreaterThan(20)
    for (const name of exported) {
      const told = helpOn(name)
      expect(told).toContain(name)
      expect(told).toMatch(/from '[\w@/.-]+'/)
    }
  })

  test('names no function that the module does not have', () => {
    const own = TOPICS.filter(({ family }) => family !== 'modules').flatMap(({ text }) =>
      [...text.matchAll(/^(\w+)\(/gm)].map(([, name]) => name),
    )
    expect(own.filter((name) => !exported.includes(name ?? ''))).toEqual([])
    expect(own.length).toBeGreaterThan(18)
  })

  test('is found by a call, a family, a few words, in any case', () => {
    expect(helpOn('grid(')).toBe(helpOn('grid'))
    expect(helpOn('Grid')).toBe(helpOn('grid'))
    expect(helpOn('easel.grid options')).toBe(helpOn('grid'))
    expect(
      helpOn('layout')
        .split('\n')
        .filter((line) => /^\w+\(/.test(line)),
    ).toHaveLength(3)
    expect(helpOn('how do I write a watermark on a picture?')).toContain('sharp')
    expect(helpOn('labels below')).toContain('labelPosition')
    expect(helpOn('horizontal bars')).toContain("indexAxis 'y'")
  })

  test('says what there is where it has nothing', () => {
    const told = helpOn('zzz')
    expect(told).toMatch(/^There is nothing on "zzz"\. There are:\nlayout: label, stack, grid\n/)
    expect(helpOn('')).toContain('There are:')
    expect(helpOn('z'.repeat(100_000)).length).toBeLessThan(1200)
  })
})

describe('an example', () => {
  let checker: Checker
  let scene: Scene
  beforeAll(async () => {
    checker = createChecker()
    scene = await openScene()
    const photo = sharp(portrait).resize(64, 48, { fit: 'fill' })
    await scene.upload('photo.jpg', await photo.jpeg().toBuffer())
    const frames = await Promise.all(
      [0, 90].map((angle) => photo.clone().resize(20, 20).rotate(angle).png().toBuffer()),
    )
    await scene.upload(
      'spin.gif',
      await sharp(frames, { join: { animated: true } })
        .gif()
        .toBuffer(),
    )
    await scene.upload('table.csv', 'region,2001,2002,2003\nNorth,1,2,3\nSouth,4,3,5\nEast,2,2,4\n')
    await scene.upload('data.zip', Buffer.from(buildZip([{ name: 'data/one.csv', content: 'a,b\n1,2\n' }])))
  })
  afterAll(async () => {
    checker.close()
    await scene.close()
  })

  test.each(TOPICS.map((topic) => [topic.names[0]!, topic] as const))(
    'of %s runs, and is short',
    async (_name, { example, text }) => {
      const code = withNodeImports(example)
      expect(await checker.check(code)).toEqual({ ok: true })
      expect(await scene.run(code)).toMatchObject({ status: 'ok' })
      expect(example.split('\n')).toHaveLength(2)
      expect(text.length + example.length).toBeLessThan(900)
    },
  )
})
