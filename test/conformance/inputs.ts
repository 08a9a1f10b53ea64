// The uploads that the snippets read: small generated files, each with a detail that a reader must get right.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildZip } from '../sandbox/helpers/archive/zip-builder.ts'
import sharp, { type Sharp } from 'sharp'

/** Writes the inputs to a new folder; `remove` deletes it. */
export async function drawInputs(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'easel-inputs-'))
  const files = { ...(await pictures()), ...texts() }
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes)
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

async function pictures(): Promise<Record<string, Buffer>> {
  const scene = painted(96, 64, (x, y) => [(x * 255) / 95, (y * 255) / 63, ((x * 7 + y * 13) % 32) * 8])
  const see = painted(40, 30, (x, y) => [x * 6, 200 - y * 5, 90, ((x + y) * 255) / 68])
  const gray = painted(32, 48, (x, y) => [(x * y) % 256])
  const turning = await Promise.all(
    [0, 90, 180, 270].map((angle) => scene().resize(36, 36, { fit: 'fill' }).rotate(angle).png().toBuffer()),
  )
  return {
    'photo.png': await scene().png().toBuffer(),
    'photo.jpg': await scene().jpeg({ quality: 85 }).withMetadata({ orientation: 6, density: 144 }).toBuffer(),
    'photo.webp': await scene().webp({ quality: 80 }).toBuffer(),
    'see-through.png': await see().png().toBuffer(),
    'gray.png': await gray().toColourspace('b-w').png().toBuffer(),
    'deep.png': await scene().toColourspace('rgb16').png().toBuffer(),
    'print.jpg': await scene().toColourspace('cmyk').jpeg().toBuffer(),
    'turning.gif': await sharp(turning, { join: { animated: true } })
      .gif({ delay: [80, 120, 80, 200], loop: 0 })
      .toBuffer(),
    'badge.svg': Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><rect width="80" height="40" rx="8" fill="#246"/>' +
        '<text x="8" y="27" font-size="20" fill="#fff">文字 ok</text></svg>',
    ),
  }
}

function texts(): Record<string, Buffer> {
  const wide = [
    '地区,2019年,2020年,2021年',
    '云州,900,975.5,1020',
    '海湾,897,1048,',
    '"青岭, 南",820.6,1135.2,1361',
    '金川,713,754,837',
  ]
  return {
    'regions.csv': Buffer.from(`\ufeff${wide.join('\r\n')}\r\n`),
    // 城市,人口 / 北京,2189 / 上海,2487 in GB18030.
    'gb.csv': Buffer.from('b3c7cad02cc8cbbfda0ab1b1bea92c323138390ac9cfbaa32c323438370a', 'hex'),
    'sales.csv': Buffer.from(
      'date,kind,amount\n2026-01-05,tea,12.5\n2026-01-06,coffee,30\n2026-02-01,tea,7\n2026-02-03,"cake, big",\n',
    ),
    // 数据/甲.csv and 说明.txt with names in GBK, the second stored.
    'gbk.zip': Buffer.from(
      buildZip([
        { name: Buffer.from('cafdbedd2fbcd72e637376', 'hex'), content: 'a,b\n1,2\n' },
        { name: Buffer.from('cbb5c3f72e747874', 'hex'), content: 'text', method: 0 },
      ]),
    ),
    // 地區,值 / 臺北,1 in Big5, and Größe,Wert / Köln,1 in windows-1252.
    'big5.csv': Buffer.from('a661b0cf2cadc80abb4fa55f2c310a', 'hex'),
    'western.csv': Buffer.from('Größe,Wert\nKöln,1\nMünchen,2\n', 'latin1'),
    'people.json': Buffer.from(
      JSON.stringify([
        { name: 'Ann', age: 31 },
        { name: 'Bo', age: null },
        { name: '陈', age: 52 },
      ]),
    ),
  }
}

function painted(width: number, height: number, colourAt: (x: number, y: number) => readonly number[]): () => Sharp {
  const channels = colourAt(0, 0).length as 1 | 3 | 4
  const data = Buffer.alloc(width * height * channels)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.set(colourAt(x, y).map(Math.floor), (y * width + x) * channels)
  return () => sharp(data, { raw: { width, height, channels } })
}
