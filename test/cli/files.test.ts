// Files in and out: odd names, broken pictures, unwritable folders, files that belong to others.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { wallLevel } from '../../src/process-wall/wall.ts'
import { easel } from './main.ts'
import { eventsOfType, newFolder, onlyEvent, portrait, runEasel, type Ended } from './program.ts'

const GRAY = 'make it gray'

function stackAs(ended: Ended): object {
  const { width, height, frames, name } = onlyEvent(ended, 'file')
  return { code: ended.code, name, width, height, frames }
}

describe('files that come in', () => {
  it('may have spaces, quotes, Chinese, line breaks, leading dashes, ../ and links in their names', async () => {
    const folder = newFolder()
    const small = await sharp(portrait).resize(24).png().toBuffer()
    const names = ['a b\'"c.png', '图 片.png', 'new\nline.png', '-dash.png', 'real.png']
    for (const name of names) writeFileSync(join(folder, name), small)
    mkdirSync(join(folder, 'sub'))
    symlinkSync('../real.png', join(folder, 'sub/link.png'))
    const paths = ['a b\'"c.png', '图 片.png', 'new\nline.png', '-dash.png', '../sub/../sub/link.png'].map((name) =>
      name.startsWith('..') ? name : join('..', name),
    )
    const snippet = join(folder, 'list.ts')
    writeFileSync(
      snippet,
      `import { readdirSync } from 'node:fs'\nimport sharp from 'sharp'
      for (const name of readdirSync('.')) console.log(JSON.stringify([name, (await sharp(name).metadata()).width]))`,
    )
    const ended = await easel(['run', snippet, '--json', '--', ...paths], { cwd: join(folder, 'sub') })
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    const printed = eventsOfType(ended, 'print')
      .map(({ text }) => text)
      .join('')
      .trim()
      .split('\n')
    expect(new Set(printed.map((line) => JSON.parse(line) as unknown))).toEqual(
      new Set(['a b\'"c.png', '图 片.png', 'new line.png', '-dash.png', 'link.png'].map((name) => [name, 24])),
    )
  })

  it('keep both of two with the same name, and it is said', async () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'other'))
    copyFileSync(portrait, join(folder, 'p.png'))
    await sharp(portrait).resize(40, 30).toFile(join(folder, 'other/p.png'))
    const ended = await easel(['ask', 'info', 'p.png', 'other/p.png', '--json'], { cwd: folder })
    expect(eventsOfType(ended, 'upload').map(({ name, card }) => [name, card.width])).toEqual([
      ['p.png', 640],
      ['p (2).png', 40],
    ])
    expect(eventsOfType(ended, 'notice').map(({ text }) => text)).toContain('other/p.png is called p (2).png here.')
  })

  it('are refused in a sentence when they are missing, empty or a folder', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'empty.png'), '')
    const [missing, directory] = await Promise.all(
      ['no.png', '.'].map((file) => easel(['ask', GRAY, portrait, file, '--json'], { cwd: folder })),
    )
    const empty = await easel(['ask', GRAY, 'empty.png', '--json'], { cwd: folder })
    expect(missing).toMatchObject({ code: 1, stderr: 'easel: There is no file "no.png".\n' })
    expect(empty).toMatchObject({
      code: 1,
      stderr: 'easel: "empty.png" is empty (0 bytes). Name a file that is not empty.\n',
    })
    expect(directory).toMatchObject({ code: 1, stderr: 'easel: "." is a folder; name the files in it.\n' })
    for (const ended of [missing, empty, directory])
      expect(onlyEvent(ended as Ended, 'end')).toMatchObject({ status: 'failed', code: 'EASEL_UPLOAD' })
  })

  it('are refused in a sentence when they are no pictures or broken ones', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'text.png'), 'this is no picture')
    const whole = await sharp(portrait).flatten().jpeg().toBuffer()
    writeFileSync(join(folder, 'cut.jpg'), whole.subarray(0, whole.length / 2))
    const [text, cut] = await Promise.all(
      ['text.png', 'cut.jpg'].map((file) => easel(['ask', GRAY, file], { cwd: folder })),
    )
    expect(text?.code).toBe(1)
    expect(text?.stderr).toMatch(
      /^easel: text\.png cannot be used: Its name says image\/png, but its content is not a picture\./,
    )
    expect(cut?.code).toBe(1)
    expect(cut?.stderr).toMatch(
      /^easel: cut\.jpg cannot be used: It cannot be read as image\/jpeg: the file ends early\./,
    )
  })

  it('may be CMYK, 16 bits deep, turned by EXIF, one pixel small or animated', async () => {
    const folder = newFolder()
    const at = (name: string): string => join(folder, name)
    const base = sharp(portrait).flatten().resize(60, 40)
    const film = await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        base
          .clone()
          .modulate({ hue: 12 * i })
          .png()
          .toBuffer(),
      ),
    )
    await Promise.all([
      base.clone().toColourspace('cmyk').jpeg().toFile(at('cmyk.jpg')),
      base.clone().toColourspace('rgb16').png().toFile(at('deep.png')),
      base.clone().withMetadata({ orientation: 6 }).jpeg().toFile(at('turned.jpg')),
      base.clone().resize(1, 1).png().toFile(at('one.png')),
      sharp(film, { join: { animated: true } })
        .gif({ loop: 0 })
        .toFile(at('film.gif')),
    ])
    const ask = (file: string): Promise<Ended> =>
      easel(['ask', 'make this grayscale and stack it', at(file), '--json', '-o', join(folder, 'out')])
    const ended = await Promise.all(['cmyk.jpg', 'deep.png', 'turned.jpg', 'one.png', 'film.gif'].map(ask))
    expect(ended.map(stackAs)).toEqual([
      { code: 0, name: 'cmyk-gray-stack.png', width: 60, height: 80, frames: 1 },
      { code: 0, name: 'deep-gray-stack.png', width: 60, height: 80, frames: 1 },
      { code: 0, name: 'turned-gray-stack.png', width: 40, height: 120, frames: 1 },
      { code: 0, name: 'one-gray-stack.png', width: 1, height: 2, frames: 1 },
      expect.objectContaining({ code: 0, width: 60, height: 80 }),
    ])
    expect(onlyEvent(ended[4] as Ended, 'message').text).toContain('only the first frame')
  })
})

describe('files that go out', () => {
  it('leave alone what this run did not make, links included', async () => {
    const out = newFolder()
    writeFileSync(join(out, 'target.png'), 'mine')
    symlinkSync('target.png', join(out, 'portrait-gray.png'))
    const ended = await easel(['ask', GRAY, portrait, '-o', out])
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(readFileSync(join(out, 'target.png'), 'utf8')).toBe('mine')
    expect(readdirSync(out).toSorted()).toEqual(['portrait-gray (2).png', 'portrait-gray.png', 'target.png'])
    expect(ended.stdout).toContain('portrait-gray (2).png')
  })

  it('cannot leave the folder through a link in it', async () => {
    const [out, elsewhere] = [newFolder(), newFolder()]
    symlinkSync(elsewhere, join(out, 'way'))
    const snippet = join(newFolder(), 's.ts')
    writeFileSync(snippet, "import fs from 'node:fs'\nfs.mkdirSync('way'); fs.writeFileSync('way/out.txt', 'x')")
    const ended = await easel(['run', snippet, '--json', '-o', out])
    expect(onlyEvent(ended, 'end')).toMatchObject({
      status: 'failed',
      code: 'EASEL_WRITE',
      message: expect.stringContaining('a link that leads outside'),
    })
    expect(ended.code).toBe(1)
    expect(readdirSync(elsewhere)).toEqual([])
  })

  it('are not begun when the folder is a file or may not be written to', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'file'), '')
    mkdirSync(join(folder, 'locked'))
    chmodSync(join(folder, 'locked'), 0o500)
    const [file, below, locked] = await Promise.all([
      easel(['ask', GRAY, portrait, '-o', 'file', '--json'], { cwd: folder }),
      easel(['ask', GRAY, portrait, '-o', 'file/below'], { cwd: folder }),
      easel(['ask', GRAY, portrait, '-o', process.getuid?.() === 0 ? '/proc/easel' : 'locked'], { cwd: folder }),
    ])
    expect(file).toMatchObject({
      code: 1,
      stderr: 'easel: Results cannot go to file: file is a file. Choose a folder with -o DIR.\n',
    })
    expect(onlyEvent(file, 'end')).toMatchObject({ status: 'failed', code: 'EASEL_OUT' })
    expect(below.stderr).toContain('Results cannot go to file/below: file is a file.')
    expect(locked.code).toBe(1)
    expect(locked.stderr).toMatch(/^easel: .+\n$/)
  })

  const small = smallDisk()
  afterAll(() => void (small && spawnSync('umount', [small])))
  it.skipIf(!small)('fail in a sentence on a full disk, and keep what fits', async () => {
    const snippet = join(newFolder(), 's.ts')
    writeFileSync(
      snippet,
      "import fs from 'node:fs'\nfs.writeFileSync('big.bin', new Uint8Array(900_000)); fs.writeFileSync('tiny.txt', 'x')",
    )
    const out = join(small ?? '', 'out')
    const ended = await easel(['run', snippet, '--json', '-o', out])
    expect(ended.code).toBe(1)
    expect(onlyEvent(ended, 'end')).toEqual({
      type: 'end',
      status: 'failed',
      code: 'EASEL_WRITE',
      message: 'big.bin could not be written: the disk is full.',
    })
    expect(readdirSync(out)).toEqual(['tiny.txt'])
    const ask = () => runEasel(['ask', GRAY, portrait, '-o', newFolder(), '--json'], { env: { TMPDIR: small ?? '' } })
    // The picture is larger than this disk, but a link to where it is stored.
    expect((await ask()).code).toBe(wallLevel() === 'jail' ? 0 : 1)
    spawnSync('dd', ['if=/dev/zero', `of=${join(small ?? '', 'filler')}`])
    const temporary = await ask()
    expect(temporary.code).toBe(1)
    expect(temporary.stderr).toBe(
      `easel: The disk of ${small}, where a session works, is full. Choose another folder with TMPDIR.\n`,
    )
    expect(existsSync(join(small ?? '', 'out/tiny.txt'))).toBe(true)
    expect(readdirSync(small ?? '').toSorted()).toEqual(['filler', 'out'])
  })
})

/** A disk of 256 KB, where mounting is allowed. */
function smallDisk(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined
  const folder = spawnSync('mktemp', ['-d']).stdout.toString().trim()
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder]).status === 0 ? folder : undefined
}
