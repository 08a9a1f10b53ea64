// Facts measured from each file that a cell makes or a user uploads, so that a check such as "is it gray" needs no
// extra cell.
import iconv from 'iconv-lite'
import { readFileSync } from 'node:fs'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FileInfo } from '../../../sandbox/protocol.ts'
import { describeFileProblem } from '../../../src/file-problem.ts'
import { buildZip } from '../helpers/archive/zip-builder.ts'
import { openShownScene, photo, type ShownScene } from './image-input-scene.ts'

let scene: ShownScene
beforeAll(() => {
  scene = openShownScene()
})
afterAll(() => scene.close())

async function factsOf(
  name: string,
  picture: Sharp | Buffer,
): Promise<Pick<FileInfo, 'gray' | 'blank' | 'transparent' | 'still'>> {
  const { card } = await scene.bring(name, Buffer.isBuffer(picture) ? picture : await picture.toBuffer())
  expect(card.kind).toBe('picture')
  const { gray, blank, transparent, still } = card
  return Object.fromEntries(
    Object.entries({ gray, blank, transparent, still }).filter(([, fact]) => fact !== undefined),
  )
}

const even = (background: string, channels: 3 | 4 = 3) =>
  sharp({ create: { width: 40, height: 30, channels, background } })
const gif = async (pictures: readonly Sharp[]) => {
  const frames = await Promise.all(pictures.map((picture) => picture.png().toBuffer()))
  return sharp(frames, { join: { animated: true } }).gif({ keepDuplicateFrames: true })
}

test('gray: no pixel has a colour, whether the file has one channel or three', async () => {
  expect(await factsOf('a.png', photo(300, 200).png())).toEqual({ gray: false })
  expect(await factsOf('b.png', photo(300, 200).greyscale().png())).toEqual({ gray: true })
  expect(await factsOf('c.jpg', photo(1000, 700).greyscale().toColourspace('srgb').jpeg())).toEqual({ gray: true })
  expect(await factsOf('d.png', photo(90, 90).greyscale().toColourspace('rgb16').png())).toEqual({ gray: true })
})

test('blank: all of one colour, which is named; see-through ones with their alpha', async () => {
  expect(await factsOf('white.png', even('white').png())).toEqual({ gray: true, blank: '#ffffff' })
  expect(await factsOf('teal.webp', even('teal').webp({ lossless: true }))).toEqual({ gray: false, blank: '#008080' })
  const nothing = await factsOf('nothing.png', even('rgba(0, 0, 0, 0)', 4).png())
  expect(nothing).toEqual({ gray: true, blank: '#00000000', transparent: 1 })
  const paper = new Uint8Array(40 * 30 * 3).fill(255)
  paper.fill(0, 900, 903)
  const dot = sharp(paper, { raw: { width: 40, height: 30, channels: 3 } })
  expect(await factsOf('dot.png', dot.png())).toEqual({ gray: true })
})

test('transparent: how much of the picture is see-through, only with an alpha channel, and not the edge of a drawing', async () => {
  expect(await factsOf('opaque.png', even('red', 4).png())).toEqual({ gray: false, blank: '#ff0000', transparent: 0 })
  const left = even('red', 4).extend({ left: 40, background: 'rgba(0, 0, 0, 0)' })
  expect(await factsOf('half.png', left.png())).toEqual({ gray: false, transparent: 0.5 })
  const veil = even('rgba(255, 0, 0, 0.25)', 4)
  expect(await factsOf('veil.png', veil.png())).toMatchObject({ transparent: 0.749 })
  const poster =
    '<svg xmlns="http://www.w3.org/2000/svg" width="707" height="1003"><rect width="707" height="1003" fill="red"/></svg>'
  expect(await factsOf('poster.svg', Buffer.from(poster))).toMatchObject({ transparent: 0 })
  const frame =
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="#fff" stroke="#000" stroke-width="2"/></svg>'
  expect(await factsOf('frame.svg', Buffer.from(frame))).toEqual({ gray: true, transparent: 0 })
})

test('still: all frames of an animation that are looked at are the same', async () => {
  const same = await gif([even('red'), even('red'), even('red')])
  expect(await factsOf('same.gif', same)).toMatchObject({ blank: '#ff0000', still: true })
  const [a, b] = [even('red'), even('blue')]
  expect(await factsOf('moves.gif', await gif([a, b]))).toMatchObject({ gray: false, still: false })
  const late = await gif([even('white'), even('white'), even('white'), even('white'), even('red')])
  expect(await factsOf('late.gif', late)).toMatchObject({ gray: false, still: false })
})

test('what a cell makes has them too; a table has none', async () => {
  const cards: Record<string, FileInfo> = {}
  const code = `import sharp from 'sharp'
    await sharp({ create: { width: 50, height: 50, channels: 3, background: '#336699' } }).png().toFile('out.png')
    const fs = await import('fs')
    fs.writeFileSync('a.csv', 'x,y\\n1,2\\n')`
  await scene.sandbox.run({ cell: 1, code, seed: 1, clock: 1e12, timeoutMs: 20_000 }, (event) => {
    if (event.type === 'file') cards[event.name] = event.card
  })
  expect(cards['out.png']).toMatchObject({ kind: 'picture', gray: false, blank: '#336699' })
  expect(Object.keys(cards['a.csv'] ?? {})).not.toContain('gray')
})

test('a Windows bitmap, which sharp does not read, still says how large it is', async () => {
  const { bitmap } = await import('./image-input-scene.ts')
  const { card } = await scene.bring('a.bmp', bitmap(61, 30, [1, 2, 3]))
  expect(card).toMatchObject({ kind: 'broken', mime: 'image/bmp', width: 61, height: 30 })
  expect(card.problem).toBe(
    'It is a BMP, which snippets read with loadImage on a canvas, not with sharp. Save it as PNG to use it everywhere.',
  )
})

test('what is no picture says so in a sentence for people', async () => {
  const problemOf = async (name: string, text: string): Promise<string | undefined> =>
    (await scene.bring(name, Buffer.from(text))).card.problem
  expect(await problemOf('notes.png', 'words')).toBe(
    'Its name says image/png, but its content is not a picture. Save it again, or attach another copy.',
  )
  expect(await problemOf('photo.heic', `\0\0\0\u0018ftypheic${'\0'.repeat(60)}`)).toBe(
    'It is a HEIC photo, whose compression cannot be read here. Save it as JPEG or PNG, or let the phone send JPEG.',
  )
})

test('what nothing here reads is known by its content, whatever its name, and says what to attach instead', async () => {
  const bytes = (...parts: readonly (string | Buffer)[]): Buffer =>
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)))
  const compound = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'
  const files: Readonly<Record<string, readonly [Buffer, string]>> = {
    'layers.png': [bytes('8BPS\0\x01'), 'photoshop'],
    'photo.jpg': [bytes('\0\0\0\x0cJXL \r\n\x87\n'), 'jxl'],
    'photo.jp2': [bytes('\0\0\0\x0cjP  \r\n\x87\n'), 'jp2'],
    'photo.dng': [bytes('II*\0\x08\0\0\0'), 'raw'],
    'photo.cr3': [bytes('\0\0\0\x18ftypcrx \0\0\0\x01'), 'raw'],
    'table.csv': [bytes('PK\x03\x04', 'xl/workbook.xml'), 'workbook'],
    'table.xls': [bytes(compound, Buffer.from('Workbook', 'utf16le')), 'workbook'],
    'table.xlsx': [bytes(compound, Buffer.from('EncryptedPackage', 'utf16le')), 'locked'],
    'odd.csv': [bytes('a\0\0\0\x01\x02\0\0b'), 'content'],
    'text.docx': [bytes('PK\x03\x04', 'word/document.xml'), 'document'],
    'clip.mov': [bytes('\0\0\0\x14ftypqt  '), 'video'],
    'song.mp3': [bytes('ID3\x04'), 'audio'],
    'all.zip': [bytes('PK\x03\x04'), 'damaged'],
    'all.rar': [bytes('Rar!\x1a\x07'), 'archive'],
    'secret.zip': [Buffer.from(buildZip([{ name: 'a.csv', content: 'x', flags: 1 }])), 'encrypted'],
    'odd.bin': [bytes('\0\x01\x02'), 'unknown'],
    'icon.ico': [bytes('\0\0\x01\0\x01\0'), 'bitmap'],
  }
  for (const [name, [content, cause]] of Object.entries(files)) {
    const { card } = await scene.bring(name, content)
    expect([name, card.cause]).toEqual([name, cause])
    expect(card.problem).toMatch(/^It.{20,}\.$/)
    expect(describeFileProblem(card, 'zh')).toMatch(/[\u4e00-\u9fff].*。$/)
  }
  const wide = Buffer.from('\ufeffa,b\n1,2\n', 'utf16le')
  expect((await scene.bring('wide.csv', wide)).card).toMatchObject({ kind: 'table', encoding: 'utf-16le', rows: 1 })
})

test('the card of an archive tells what is in it, whatever the encoding of its names', async () => {
  const names = ['报表/一月.csv', '报表/二月.csv', '__MACOSX/._x', '说明.txt']
  const zip = buildZip([
    { name: iconv.encode('报表/', 'gbk') },
    ...names.map((name) => ({ name: iconv.encode(name, 'gbk'), content: 'a,b\n1,2\n' })),
  ])
  expect((await scene.bring('报表.zip', Buffer.from(zip))).card).toEqual({
    kind: 'other',
    mime: 'application/zip',
    bytes: zip.length,
    archive: { files: 4, unpacked: 32, encrypted: 0 },
    head: ['报表/一月.csv', '报表/二月.csv', '说明.txt'],
  })
  const many = buildZip(Array.from({ length: 3000 }, (_, n) => ({ name: `f${n}.csv`, content: 'x' })))
  const { card } = await scene.bring('many.zip', Buffer.from(many))
  expect([card.archive?.files, card.head?.length]).toEqual([3000, 10])
})

test('the card names the encoding that the table will be read in', async () => {
  const text = '地區,產品名稱\n臺北市,蘋果電腦\n高雄市,香蕉\n'
  const { card } = await scene.bring('tw.csv', iconv.encode(text, 'big5'))
  expect(card).toMatchObject({
    kind: 'table',
    encoding: 'big5',
    head: ['地區,產品名稱', '臺北市,蘋果電腦', '高雄市,香蕉', ''],
  })
})

test('what a cell makes is no trouble for being of a kind that is not read', async () => {
  const cards: FileInfo[] = []
  const code = `(await import('fs')).writeFileSync('out.bin', new Uint8Array([0, 1, 2]))`
  await scene.sandbox.run({ cell: 1, code, seed: 1, clock: 1e12, timeoutMs: 20_000 }, (event) => {
    if (event.type === 'file') cards.push(event.card)
  })
  expect(cards).toEqual([{ kind: 'other', mime: 'application/octet-stream', bytes: 3 }])
})

test('a cell writes a file of more than 50 MB, and a workbook whose card has its sheets', async () => {
  const cards: FileInfo[] = []
  const code = `import { writeTable } from 'easel'; import { writeFile } from 'node:fs/promises'
    await writeFile('large.bin', new Uint8Array(50_000_001)); await writeTable({ 表: [{ a: 1, b: 'x' }], two: [{ c: 2 }] }, 'out.xlsx')`
  const end = await scene.sandbox.run({ cell: 2, code, seed: 1, clock: 1e12, timeoutMs: 20_000 }, (event) => {
    if (event.type === 'file') cards.push(event.card)
  })
  expect(end).toMatchObject({ status: 'ok' })
  expect(cards).toMatchObject([
    { kind: 'other', bytes: 50_000_001 },
    {
      kind: 'table',
      rows: 1,
      columns: [
        { name: 'a', type: 'number', least: 1, most: 1 },
        { name: 'b', type: 'text' },
      ],
      sheet: '表',
      sheets: [
        { name: '表', rows: 2, columns: 2 },
        { name: 'two', rows: 2, columns: 1 },
      ],
      head: ['a,b', '1,x'],
    },
  ])
})

test('an attached workbook and Parquet have a card with sheets, rows and columns; a bomb says its figures', async () => {
  const fixture = (name: string): Buffer => readFileSync(new URL(`../../fixtures/tables/${name}`, import.meta.url))
  const { card } = await scene.bring('report.xlsx', fixture('report.xlsx'))
  expect(card).toMatchObject({
    kind: 'table',
    rows: 4,
    sheet: 'Sales 销售',
    sheets: [{ name: 'Sales 销售', rows: 7 }, { name: 'plain', rows: 200 }, { name: 'empty' }, { hidden: true }],
  })
  const bins = Array.from({ length: 20 }, (_, bin) => ([0, 4, 8, 19].includes(bin) ? 1 : 0))
  expect(card.columns?.[1]).toEqual({ name: '2022 数量', type: 'number', least: 10, most: 60, bins })
  const parquet = (await scene.bring('types.parquet', fixture('types-zstd.parquet'))).card
  expect(parquet).toMatchObject({ kind: 'table', mime: 'application/vnd.apache.parquet', rows: 100 })
  const bomb = fixture('report.xlsx')
  bomb.writeUInt32LE(2_122_000_000, bomb.indexOf('PK\x01\x02') + 24)
  expect((await scene.bring('bomb.xlsx', bomb)).card).toMatchObject({
    kind: 'broken',
    cause: 'workbook',
    problem: 'It would unpack from 0 MB to 2,122 MB; 400 MB are the limit. Save the sheet that is needed as CSV.',
  })
})
