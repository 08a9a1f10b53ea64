// Broken and hostile pictures, brought in as uploads and read by sharp and canvas: typed answers, and nobody but a child dies.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { card } from '../../sandbox/protocol.ts'
import { brokenPictures } from './broken-pictures.ts'
import { cpuAllowed, createPool, openTarget, type Target } from './session.ts'
import { expectCalm, watchAll, type SeenAll } from './watch.ts'

const pictures = await brokenPictures()

test('at least 40 pictures are tried', () => {
  expect(pictures.length).toBeGreaterThanOrEqual(40)
})

let seen: SeenAll

describe.concurrent('a broken picture gets a typed answer:', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'))
  let targets: Target[]
  let use: ReturnType<typeof createPool<Target>>
  let watch: ReturnType<typeof watchAll>
  beforeAll(() => {
    targets = [openTarget({ timeoutMs: 1500 }), openTarget({ timeoutMs: 1500 })]
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
    await use(async (target) => {
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
      // A drawing can take the stack of the native library, and the child with it.
      expect(['ok', 'timeout', 'memory', 'limit', ...(name.endsWith('.svg') ? ['crashed'] : [])]).toContain(end.status)
      expect(end.cpuMs).toBeLessThan(cpuAllowed(1500))
      expect(
        (await target.run(`(await import('fs')).rmSync(${JSON.stringify(name)}); 6 * 7`, 20_000)).text.trim(),
      ).toBe('42')
    })
  })
})

test('the parent stayed responsive, and no child was left with more than its memory limit', () => {
  expectCalm(seen)
})
