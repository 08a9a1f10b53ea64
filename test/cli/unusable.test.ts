// FILES on the command line of which some are damaged, empty, too large or of an unsupported kind.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { easel } from './main.ts'
import { eventsOfType, newFolder, portrait } from './program.ts'

const NAMES = ['a.png', 'cut.png', 'empty.png', 'b.png', 'd.psd', 'large.txt']
const env = { EASEL_FILE_BYTES: '20000' }

async function folderOfAll(): Promise<string> {
  const folder = newFolder()
  const small = await sharp(portrait).resize(24).png().toBuffer()
  const contents = [small, small.subarray(0, 60), '', small, '8BPS', Buffer.alloc(30_000, 'x')]
  for (const [n, content] of contents.entries()) writeFileSync(join(folder, NAMES[n]!), content)
  return folder
}

/** Lines that name an unusable file. */
const linesOf = (text: string): string[] => text.split('\n').filter((line) => /cut|empty|d\.psd|large/.test(line))

test('files that cannot be used are told of, and keep nobody from the others', async () => {
  const ended = await easel(['ask', 'stack these', ...NAMES, '--json'], { cwd: await folderOfAll(), env })
  const damaged = 'It cannot be read as image/png: its header is damaged. Save it again, or attach another copy.'
  const photoshop = 'It is a Photoshop file, which is not read here. Export it as PNG or JPEG and attach that.'
  expect(eventsOfType(ended, 'notice').map(({ text }) => text)).toEqual([
    expect.stringContaining('phrasebook'),
    'empty.png was left out: "empty.png" is empty (0 bytes). Name a file that is not empty.',
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

test('each is said once, in the language of the request', async () => {
  const cwd = await folderOfAll()
  const ended = await easel(['ask', '把这些图上下拼接', ...NAMES], { cwd, env })
  expect(linesOf(ended.stdout)).toEqual([
    '没有用 empty.png：文件是空的(0 字节)。请换一份有内容的文件。',
    '没有用 large.txt：文件太大，超过了上限。请先缩小。',
    '没有用 cut.png：这个文件无法按 image/png 读取：文件已损坏或不完整。请重新保存，或换一份文件。',
    '没有用 d.psd：这是 Photoshop 文件，这里读不了。请导出为 PNG 或 JPEG。',
  ])
})

test('what the answer does not say of a file is said beside it', async () => {
  const cwd = await folderOfAll()
  const ended = await easel(['ask', 'frobnicate', 'a.png', 'd.psd'], { cwd })
  expect(ended.stdout).toMatch(/^d\.psd: It is a Photoshop file/m)
  const chat = await easel(['chat', 'd.psd'], { cwd, input: '转成灰度\n/add cut.png\n' })
  expect(chat.stdout).toMatch(/^d\.psd: It is a Photoshop file/m)
  expect(chat.stdout).toMatch(/^cut\.png: 这个文件无法按 image\/png 读取/m)
})
