// The shipped fonts: Chinese in every family, bold where asked, the same in canvas, SVG and sharp's text,
// with the host's fonts or without them.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { FONT_ALIASES, fontConfig, registerFonts, writeFontConfig } from '../sandbox/fonts.ts'

// Loaded after fonts.ts, which keeps it from listing the host's fonts.
const { createCanvas, GlobalFonts } = await import('@napi-rs/canvas')
registerFonts()

const folder = mkdtempSync(join(tmpdir(), 'easel-fonts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function ink(font: string, text: string): { hash: string; sum: number } {
  const context = createCanvas(60, 60).getContext('2d')
  context.font = font
  context.fillText(text, 5, 45)
  const { data } = context.getImageData(0, 0, 60, 60)
  return { hash: createHash('sha256').update(data).digest('hex'), sum: data.reduce((sum, value) => sum + value, 0) }
}

describe('canvas', () => {
  const box = ink('40px sans-serif', '\u{10FFFF}')

  test('only the shipped families and their aliases are listed', () => {
    const families = GlobalFonts.families.map(({ family }) => family)
    expect(new Set(families)).toEqual(
      new Set(['Noto Sans S Chinese', 'Noto Sans SC', 'Noto Sans SC Bold', ...FONT_ALIASES]),
    )
  })

  test.each([
    'sans-serif',
    'serif',
    'monospace',
    'Arial',
    'Microsoft YaHei',
    'SimHei',
    'PingFang SC',
    'DejaVu Sans',
    'Nowhere',
  ])('%s draws Chinese, and bold is bolder', (family) => {
    const regular = ink(`40px "${family}"`, '国')
    const bold = ink(`bold 40px "${family}"`, '国')
    expect(regular.sum).toBeGreaterThan(0)
    expect(regular.hash).not.toBe(box.hash)
    expect(regular.hash).toBe(ink('40px "Noto Sans SC"', '国').hash)
    expect(bold.hash).toBe(ink('bold 40px "Noto Sans SC"', '国').hash)
    expect(bold.sum).toBeGreaterThan(regular.sum * 1.2)
  })

  test.each(
    Array.from('中国繁體東京éèüñçÅßæø°²³±×÷→←↑↓%‰¥€£$–—…•·“”‘’「」《》、。,:;!?①②③★●■▲√∑≤≥≠≈∞∫πΩμαβЖя♥☀✓あア™©®½¼'),
  )('%s is in the font', (character) => {
    expect(ink('40px Arial', character).hash).not.toBe(box.hash)
  })

  test.each(Array.from('😀אبก한Łőşı₹₂𠮷'))('%s is not, and shows as a box', (character) => {
    expect(ink('40px Arial', character).hash).toBe(box.hash)
  })
})

describe('fontconfig', () => {
  test('the file is written once, beside its cache', () => {
    const path = writeFontConfig(folder, '/fonts & more')
    expect(path).toBe(join(folder, 'fonts.conf'))
    expect(readFileSync(path, 'utf8')).toBe(fontConfig('/fonts & more', join(folder, 'fontconfig-cache')))
    expect(readFileSync(path, 'utf8')).toContain('<dir>/fonts &amp; more</dir>')
    expect(writeFontConfig(folder, '/fonts & more')).toBe(path)
  })

  // A process of its own, because fontconfig reads its file once.
  const script = `
    const { writeFontConfig, registerFonts } = await import(${JSON.stringify(fileURLToPath(new URL('../sandbox/fonts.ts', import.meta.url)))})
    process.env.FONTCONFIG_FILE = writeFontConfig(process.argv[1])
    const { default: sharp } = await import('sharp')
    const svg = (attributes, text) => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><text x="5" y="45" font-size="40" ' + attributes + '>' + text + '</text></svg>')
    const sum = async (input) => (await sharp(input).raw().toBuffer()).toString('base64')
    const seen = {}
    for (const [name, attributes] of Object.entries({ none: '', nowhere: 'font-family="Nowhere"', arial: 'font-family="Arial"', bold: 'font-family="serif" font-weight="bold"' })) seen[name] = await sum(svg(attributes, '国'))
    seen.box = await sum(svg('', '\\u{10FFFF}'))
    seen.text = await sum({ text: { text: '中 <b>粗</b>', font: 'Nowhere 30', rgba: true } })
    registerFonts()
    const { createCanvas } = await import('@napi-rs/canvas')
    const x = createCanvas(60, 60).getContext('2d')
    x.font = 'bold 40px Nowhere'
    x.fillText('国é', 5, 45)
    seen.canvas = Buffer.from(x.getImageData(0, 0, 60, 60).data).toString('base64')
    console.log(JSON.stringify(seen))`
  const run = (command: string, args: readonly string[]): Record<string, string> =>
    JSON.parse(
      execFileSync(command, [...args], {
        encoding: 'utf8',
        cwd: fileURLToPath(new URL('..', import.meta.url)),
        env: { PATH: process.env['PATH'] },
      }),
    ) as Record<string, string>
  const node = [process.execPath, '--input-type=module', '-e', script, join(folder, 'own')]
  const seen = run(node[0] as string, node.slice(1))

  test('SVG text in any family is the shipped font, bold when asked', () => {
    expect(seen['nowhere']).toBe(seen['none'])
    expect(seen['arial']).toBe(seen['none'])
    expect(seen['bold']).not.toBe(seen['none'])
    expect(seen['none']).not.toBe(seen['box'])
  })

  const namespaces = canHide()
  test.skipIf(!namespaces)('nothing changes when the host has no fonts and no fontconfig at all', () => {
    const hide =
      'for d in /usr/share/fonts /usr/share/fontconfig /etc/fonts /usr/local/share/fonts /var/cache/fontconfig; do [ -d $d ] && mount -t tmpfs none $d; done; exec "$@"'
    expect(run('unshare', ['-rm', 'sh', '-c', hide, 'sh', ...node])).toEqual(seen)
  })
})

function canHide(): boolean {
  try {
    execFileSync('unshare', ['-rm', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
