// Unusable files among usable ones: the phrasebook processes the others, and reports which it left out and why.
import { expect, test } from 'vitest'
import type { FileInfo } from '../../sandbox/protocol.ts'
import { understand } from '../../src/phrasebook/understand.ts'
import { long, picture, scene, understood } from './scene.ts'

const cut: FileInfo = { kind: 'broken', mime: 'image/png', bytes: 9, problem: 'It ends early.', cause: 'damaged' }
const pdf: FileInfo = { kind: 'other', mime: 'application/pdf', bytes: 9, problem: 'It is a PDF.', cause: 'pdf' }
const text: FileInfo = { kind: 'text', mime: 'text/plain', bytes: 9 }
const huge: FileInfo = {
  ...picture,
  mime: 'image/jpeg',
  width: 13_000,
  height: 12_000,
  problem: 'It has too many pixels.',
  cause: 'pixels',
  limit: 100_000_000,
}
const good = { 'a.png': picture, 'b.png': picture }

const notes = (say: string, files: Readonly<Record<string, FileInfo>>) => understood(say, scene(files)).notes
const inputs = (say: string, files: Readonly<Record<string, FileInfo>>) => understood(say, scene(files)).inputs

test('those that cannot be used are named with the reason, in the language of the request', () => {
  const files = { 'a.png': picture, 'cut.png': cut, 'b.png': picture, 'c.pdf': pdf, 'd.txt': text }
  expect(inputs('stack these', files)).toEqual(['a.png', 'b.png'])
  expect(notes('stack these', files)).toEqual([
    'cut.png was left out: It ends early.',
    'c.pdf was left out: It is a PDF.',
    'd.txt was left out: it is not a picture.',
  ])
  expect(notes('把这些图上下拼接', files)).toEqual([
    '没有用 cut.png：这个文件无法按 image/png 读取：文件已损坏或不完整。请重新保存，或换一份文件。',
    '没有用 c.pdf：这是 PDF，这里读不了。请把页面另存为 PNG，或把表格另存为 CSV。',
    '没有用 d.txt：它不是图片。',
  ])
  expect(notes('bar chart', { 'a.csv': long, 'cut.png': cut })).toContain('cut.png was left out: It ends early.')
})

test('named ones too; but where nothing is left that it is about, nothing is done', () => {
  expect(notes('make a.png and cut.png gray', { ...good, 'cut.png': cut })).toEqual([
    'cut.png was left out: It ends early.',
  ])
  const refused = { code: 'broken_file', message: 'cut.png cannot be used: It ends early.' }
  expect(understand('make cut.png gray', scene({ ...good, 'cut.png': cut }))).toMatchObject(refused)
  const asked = { ...scene({ ...good, 'cut.png': cut }), asked: ['cut.png'] }
  expect(understand('make it gray', asked)).toMatchObject(refused)
})

test('a picture that is only read smaller is worked on where it is made smaller first, or alone', () => {
  const files = { ...good, 'huge.jpg': huge }
  const leftOut = ['huge.jpg was left out: It has too many pixels.']
  expect(notes('stack these', files)).toEqual(leftOut)
  expect(notes('make them gray', files)).toEqual(leftOut)
  expect(notes('make them 800 px wide', files)).toEqual([])
  expect(inputs('make them 800 px wide', files)).toContain('huge.jpg')
  expect(notes('resize to 800 px and stack them', files)).toEqual(leftOut)
  expect(inputs('make it gray', { 'huge.jpg': huge })).toEqual(['huge.jpg'])
})
