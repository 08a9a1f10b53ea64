// Undo in a chat: everything that a request did, reported once, in the language of the request.
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { easel } from './main.ts'
import { eventsOfType, newFolder, portrait } from './program.ts'

async function folderOf(...names: string[]): Promise<string> {
  const folder = newFolder()
  const bytes = await sharp(portrait).resize(24).png().toBuffer()
  for (const name of names) writeFileSync(join(folder, name), bytes)
  return folder
}

test('takes back all files of the request, and then those of the request before', async () => {
  const cwd = await folderOf('a.png', 'b.png')
  const input = 'make them a bit brighter\nflip them\nundo\nblur them\n/undo\nundo\nnow make them gray\n'
  const ended = await easel(['chat', 'a.png', 'b.png', '--json'], { cwd, input })
  expect(eventsOfType(ended, 'undo').map(({ name }) => name)).toEqual([
    'a-brightness-mirror.png',
    'b-brightness-mirror.png',
    'a-brightness-blur.png',
    'b-brightness-blur.png',
    'a-brightness.png',
    'b-brightness.png',
  ])
  expect(eventsOfType(ended, 'message').map(({ text }) => text)).toContain(
    'Undone: a-brightness-mirror.png and b-brightness-mirror.png are gone again; they were not there before.',
  )
  expect(ended.code).toBe(0)
  expect(readdirSync(join(cwd, 'easel-out')).toSorted()).toEqual(['a-gray.png', 'b-gray.png'])
})

test('is said once, in the language of the request', async () => {
  const cwd = await folderOf('a.png')
  const input = '转成灰度\n撤销\nmake it gray\nundo\nmake it gray\n/undo\n'
  const { stdout } = await easel(['chat', 'a.png'], { cwd, input })
  const told = stdout.split('\n').filter((line) => /已撤销|Undone|gone/.test(line))
  expect(told).toEqual([
    '已撤销：a-gray.png 已移除，它之前不存在。',
    'Undone: a-gray.png is gone again; it was not there before.',
    'a-gray.png is gone again.',
  ])
})
