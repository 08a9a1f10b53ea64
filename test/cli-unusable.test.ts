// FILES of the command line of which some are damaged, empty, too large or of a kind that is not read.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { easel } from './cli-main.ts'
import { eventsOfType, newFolder, portrait } from './cli-program.ts'

test('files that cannot be used are told of when they come, and keep nobody from the others', async () => {
  const folder = newFolder()
  const small = await sharp(portrait).resize(24).png().toBuffer()
  const [cut, large] = [small.subarray(0, 60), Buffer.alloc(30_000, 'x')]
  const files = {
    'a.png': small,
    'cut.png': cut,
    'empty.png': '',
    'b.png': small,
    'd.psd': '8BPS',
    'large.txt': large,
  }
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  const env = { EASEL_FILE_BYTES: '20000' }
  const ended = await easel(['ask', 'stack these', ...Object.keys(files), '--json'], { cwd: folder, env })
  const damaged = 'It cannot be read as image/png: its header is damaged. Save it again, or attach another copy.'
  const photoshop = 'It is a Photoshop file, which is not read here. Export it as PNG or JPEG and attach that.'
  expect(eventsOfType(ended, 'notice').map(({ text }) => text)).toEqual([
    expect.stringContaining('phrasebook'),
    `cut.png: ${damaged}`,
    'empty.png was left out: "empty.png" is empty (0 bytes). Name one with something in it.',
    `d.psd: ${photoshop}`,
    'large.txt was left out: The file "large.txt" has 30,000 bytes; the limit is 20,000. Make it smaller.',
  ])
  expect(eventsOfType(ended, 'upload').map(({ card }) => card.cause)).toEqual([
    undefined,
    'damaged',
    undefined,
    'photoshop',
  ])
  expect(ended.code).toBe(0)
  const said = eventsOfType(ended, 'message')
    .map(({ text }) => text)
    .join()
  for (const note of [`cut.png was left out: ${damaged}`, `d.psd was left out: ${photoshop}`])
    expect(said).toContain(note)
  expect(eventsOfType(ended, 'file').map(({ name, height }) => [name, height])).toEqual([
    ['a-stack.png', expect.any(Number)],
  ])
})
