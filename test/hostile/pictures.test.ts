// Broken and hostile pictures, uploaded and read by sharp and canvas: typed answers, and only a child may die.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { card } from '../../sandbox/protocol.ts'
import { brokenPictures } from './broken-pictures.ts'
import { cpuAllowed, createPool, openTarget, type Target } from './session.ts'
import { expectCalm, watchAll, type SeenAll, type Watch } from './watch.ts'

const pictures = await brokenPictures()

test('at least 40 pictures are tried', () => {
  expect(pictures.length).toBeGreaterThanOrEqual(40)
})

let seen: SeenAll

describe.concurrent('a broken picture gets a typed answer:', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'))
  let targets: Target[]
  let use: ReturnType<typeof createPool<Target>>
  let watch: Watch
  beforeAll(() => {
    // 24 million unused pixels may stay allocated until they are collected.
    const limits = { timeoutMs: 1500, rssBytes: 600 * 1_048_576 }
    targets = [openTarget(limits), openTarget(limits)]
    use = createPool(targets)
    watch = watchAll()
  })
  afterAll(async () => {
    seen = watch.stop()
    for (const { sandbox } of targets) await sandbox.close()
  })

  test.each(pictures)('$name', async ({ name, bytes }) => {
    const path = join(folder, name)
    writeFileSync(path, bytes)
    await watch.attack(() =>
      use(async (target) => {
        await target.run('0', 20_000)
        const described = await target.sandbox.upload(name, path)
        expect(card.safeParse(described).success).toBe(true)
        if (described.kind === 'broken') expect(described.problem).toMatch(/\w+.*\.?$/)
        expect(JSON.stringify(described)).not.toMatch(/scratch-|node_modules|root:/)
        const box = { width: 768, height: 768 }
        const shown = await target.sandbox.show({ names: [name], box, most: 1_000_000 })
        if ('problem' in shown) expect(shown.problem).toMatch(/^(The name of )?".+\w\W?\.$/)
        else expect(Math.max(shown.width, shown.height)).toBeLessThanOrEqual(768)
        expect(JSON.stringify({ ...shown, content: '' })).not.toMatch(/scratch-|node_modules|root:/)
        await target.run('0', 20_000)
        const end = await target.run(
          `const sharp = (await import('sharp')).default, canvas = await import('canvas'), n = ${JSON.stringify(name)};
        for (const f of [() => sharp(n, { animated: true }).metadata(), () => sharp(n).stats(), () => sharp(n).resize(20, 20).png().toBuffer(), () => canvas.loadImage(n)])
          try { await f(); console.log('fine') } catch (e) { console.log(e.name, typeof e.message) }`,
          1500,
        )
        // A drawing can exhaust the native library's stack, which ends the child.
        expect(['ok', 'timeout', 'memory', 'limit', ...(name.endsWith('.svg') ? ['crashed'] : [])]).toContain(
          end.status,
        )
        expect(end.cpuMs).toBeLessThan(cpuAllowed(1500))
        const after = await target.run(`(await import('fs')).rmSync(${JSON.stringify(name)}); 6 * 7`, 20_000)
        expect({ ...after, text: after.text.trim() }).toMatchObject({ status: 'ok', text: '42' })
      }),
    )
  })
})

test('pictures that a cell drew and let go make room for those of the next', async () => {
  const target = openTarget()
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'))
  const path = join(folder, 'large.png')
  await sharp({ create: { width: 3000, height: 2000, channels: 3, background: '#37c' } })
    .png()
    .toFile(path)
  await target.sandbox.upload('large.png', path)
  // All together three times what the process may have.
  for (let cell = 0; cell < 5; cell++) {
    const end = await target.run(
      `const { loadImage } = await import('canvas'); let sum = 0; for (let i = 0; i < 10; i++) sum += (await loadImage('large.png')).width; sum`,
      20_000,
    )
    expect({ ...end, text: end.text.trim() }).toMatchObject({ status: 'ok', text: '30000' })
  }
  await target.sandbox.close()
})

test('the parent stayed responsive, and no child was left with more than its memory limit', () => {
  expectCalm(seen)
})
