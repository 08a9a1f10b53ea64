// A folder in which the phrasebook's snippets are type-checked and run in plain Node with the real packages.
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import sharp, { type Sharp } from 'sharp'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')

/** A picture with edges, slopes and colour: 120 x 80, or what is asked for. */
export function drawing(width = 120, height = 80): Sharp {
  const data = Buffer.alloc(width * height * 3)
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = (x - width / 2) ** 2 + (y - height / 2) ** 2 < (height / 4) ** 2
      data[i++] = inside ? 230 : 40 + Math.round((160 * x) / width)
      data[i++] = inside ? 60 : 60 + Math.round((120 * y) / height)
      data[i++] = x < width / 3 ? 180 : 90
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } })
}

/** A new folder that links to the real packages, with files: pictures, an animation, tables. */
export async function snippetFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'easel-builtin-'))
  await mkdir(join(folder, 'node_modules'))
  for (const name of ['sharp', '@types', 'chart.js', 'gifenc', 'papaparse', '@napi-rs'])
    await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  await symlink(root, join(folder, 'node_modules', 'easel'))
  await drawing().png().toFile(join(folder, 'portrait.png'))
  await drawing(60, 60).jpeg().toFile(join(folder, 'b.jpg'))
  await drawing(90, 50).ensureAlpha(0.5).png().toFile(join(folder, 'c.png'))
  await drawing(80, 120).jpeg().withMetadata({ orientation: 6 }).toFile(join(folder, 'turned.jpg'))
  const frames = await Promise.all(
    [0, 1, 2, 3, 4, 5].map((n) =>
      drawing(48 + n, 32)
        .resize(48, 32)
        .png()
        .toBuffer(),
    ),
  )
  await sharp(frames, { join: { animated: true } })
    .gif({ delay: [100, 100, 100, 100, 100, 100], loop: 0 })
    .toFile(join(folder, 'anim.gif'))
  await writeFile(join(folder, 'gdp.csv'), table())
  await writeFile(
    join(folder, 'world.csv'),
    'country,year,population,area\n' +
      ['A', 'B', 'C']
        .flatMap((name, n) =>
          [2000, 2001, 2002].map((year) => `${name},${year},${10 * n + year - 1999},${100 * n + 5}`),
        )
        .join('\n'),
  )
  await writeFile(join(folder, 'shop.csv'), shop())
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  return folder
}

/** Type-checks all snippets of the folder at once; returns the compiler's errors, empty if there are none. */
export async function typeErrors(folder: string, names: readonly string[]): Promise<string> {
  const options = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { target: 'esnext', moduleDetection: 'force', typeRoots: [join(root, 'node_modules/@types')] },
    include: [],
    files: names,
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(options))
  try {
    await run(join(root, 'node_modules/.bin/tsc'), ['-p', folder])
    return ''
  } catch (error) {
    return (error as { stdout: string }).stdout
  }
}

/** Runs snippets one after the other in one process; returns its console output, or an error with what failed. */
export async function ran(folder: string, names: readonly string[]): Promise<string> {
  await writeFile(
    join(folder, 'all.mjs'),
    names
      .map(
        (name) =>
          `try { await import('./${name}') } catch (error) { error.message = '${name}: ' + error.message; throw error }`,
      )
      .join('\n'),
  )
  const { stdout } = await run(process.execPath, ['all.mjs'], { cwd: folder, maxBuffer: 1 << 24 })
  return stdout
}

function table(): string {
  const years = [2003, 2004, 2005, 2006]
  const rows = Array.from({ length: 14 }, (_, n) => [
    `地区${n}`,
    ...years.map((year) => (n + 1) * 10 + ((year * (n + 3)) % 17)),
  ])
  return [['地区', ...years.map((year) => `${year}年`)], ...rows].map((row) => row.join(',')).join('\n')
}

/** 100 rows of 50 items in two stores, one per day from 2023-11-01; prices with a gap. */
function shop(): string {
  const rows = Array.from({ length: 100 }, (_, n) => {
    const day = new Date(Date.UTC(2023, 10, 1 + n)).toISOString().slice(0, 10)
    return [day, `store ${n % 2}`, `item ${n % 50}`, n === 7 ? '' : (n % 10) + 0.1, n]
  })
  return [['date', 'store', 'item', 'price', 'qty'], ...rows].map((row) => row.join(',')).join('\n')
}
