// Code that would run is run: what models write passes the check and runs; what must fail is refused with advice.
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createChecker, type Checker } from '../../src/check/checker.ts'
import { withNodeImports } from '../../src/snippet/node-imports.ts'
import { RUNS } from './natural-snippets.ts'
import { REFUSED } from './refused-snippets.ts'
import { openScene, type Scene } from '../runtime/replay/scene.ts'
import { portrait } from '../cli/program.ts'

let checker: Checker
let scene: Scene
beforeAll(async () => {
  checker = createChecker()
  scene = await openScene()
  const photo = await sharp(readFileSync(portrait)).resize(40, 30, { fit: 'fill' }).png().toBuffer()
  await scene.upload('photo.png', photo)
  await scene.upload('people.csv', 'name,age,city\nAnn,31,Oslo\nBo,42,Rome\nCy,25,Oslo\n')
})
afterAll(async () => {
  checker.close()
  await scene.close()
})

describe('what runs is run', () => {
  it.each(RUNS)('%s', async (_what, snippet) => {
    const code = withNodeImports(snippet)
    expect(await checker.check(code)).toMatchObject({ ok: true })
    expect(await scene.run(code)).toMatchObject({ status: 'ok' })
  })
})

describe('what must fail is refused', () => {
  it.each(REFUSED)('%s', async (_what, snippet, message) => {
    const verdict = await checker.check(withNodeImports(snippet))
    expect(verdict).toMatchObject({ ok: false })
    expect(verdict.ok ? '' : verdict.diagnostics[0]?.message).toMatch(message)
  })
})
