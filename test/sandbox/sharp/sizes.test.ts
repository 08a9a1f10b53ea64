// The size computed before processing against what sharp then makes; and the gate that counts pixels.
import type { Sharp } from 'sharp'
import real from 'sharp'
import { expect, test } from 'vitest'
import { createGate } from '../../../sandbox/native/concurrency-limit.ts'
import { measure } from '../../../sandbox/native/sharp/measure.ts'
import { settingsOf } from '../../../sandbox/native/sharp/settings.ts'
import { sizesOf } from '../../../sandbox/native/sharp/sizes.ts'
import { estimateTextBox } from '../../../sandbox/native/sharp/text-size.ts'
import { drawnPictures } from './pictures.ts'

const pictures = await drawnPictures()
const of = (name: string) => pictures.get(name)!

test('the arithmetic of sizes agrees with sharp', async () => {
  const chains: ((image: Sharp) => Sharp)[] = [
    (image) => image.resize(37),
    (image) => image.resize(null, 51),
    (image) => image.resize(31, 77),
    (image) => image.rotate(33),
    (image) => image.rotate(90).resize(70, 20),
    (image) => image.resize(33, 44, { fit: 'contain' }),
    (image) => image.resize(33, 44, { fit: 'outside' }),
    (image) => image.resize(300, 44, { fit: 'inside' }),
    (image) => image.rotate(12.5).resize(50),
    (image) => image.resize(50).rotate(-70),
    (image) => image.autoOrient().resize(30),
    (image) => image.autoOrient().rotate(90).resize(30, 10, { fit: 'fill' }),
    (image) => image.extend(7).extract({ left: 1, top: 2, width: 30, height: 40 }),
    (image) => image.affine([1, 0.5, 0.25, 2]),
    (image) => image.resize(9, 9, { withoutReduction: true }),
    (image) =>
      image
        .extract({ left: 1, top: 2, width: 30, height: 40 })
        .resize(90)
        .extract({ left: 3, top: 3, width: 50, height: 50 }),
  ]
  for (const name of ['photo.jpg', 'turned.jpg', 'one.png', 'wide.jpg']) {
    for (const chain of chains) {
      const image = chain(real(of(name)))
      const start = (await measure(settingsOf(image).input))!
      const { last } = sizesOf(settingsOf(image), start, [])
      const made = await image
        .png()
        .toBuffer({ resolveWithObject: true })
        .then(
          ({ data }) => real(data).metadata(),
          () => undefined,
        )
      if (made)
        expect([
          Math.abs(made.width - last.width) <= 1,
          Math.abs(made.height - last.height) <= 1,
          String(chain),
          name,
        ]).toEqual([true, true, String(chain), name])
    }
  }
})

test('a gate lets in as many as fit, in order, and one that is larger than the room alone', async () => {
  const gate = createGate(2, 100)
  const log: string[] = []
  const work = (name: string) => async () => {
    log.push(`${name} in`)
    await new Promise((resolve) => setTimeout(resolve, 5))
    log.push(`${name} out`)
  }
  await Promise.all([
    gate(60, work('a')),
    gate(30, work('b')),
    gate(10, work('c')),
    gate(500, work('d')),
    gate(1, work('e')),
  ])
  expect(log.join(', ')).toBe('a in, b in, a out, c in, b out, c out, d in, d out, e in, e out')
})

test('the box estimated for a text holds what is drawn', async () => {
  const texts: Record<string, string | number>[] = [
    { text: 'Hello world' },
    { text: 'Ägypten\n中文字体', font: 'sans 40', dpi: 150 },
    { text: 'words and words and words that wrap', width: 80 },
    { text: '<span size="40960">big</span> <span font="serif 70">bigger</span>' },
    { text: '<big><big><big>three steps</big></big></big>', dpi: 200 },
    { text: '<span size="&#54;&#48;pt">sixty</span>' },
    { text: '<span font_desc="sans 9e1">ninety</span>' },
    { text: '<span size="400%">four times</span>' },
  ]
  for (const text of texts) {
    const image = real({ text: { ...text, text: String(text.text) } })
    const box = estimateTextBox(settingsOf(image).input)
    const { width, height } = await image.metadata()
    expect([width <= box.width * 1.2, height <= box.height * 1.2, text, width, height, box]).toEqual([
      true,
      true,
      text,
      width,
      height,
      box,
    ])
    expect(box.width * box.height).toBeLessThan(40 * width * height)
  }
})
