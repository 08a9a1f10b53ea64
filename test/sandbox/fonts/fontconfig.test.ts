// The shipped fonts in SVG and sharp's text: the same families as on a canvas, with or without the host's fonts.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { fontConfig, writeFontConfig } from '../../../sandbox/fonts/fontconfig.ts'

const folder = mkdtempSync(join(tmpdir(), 'easel-fonts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Drawn {
  readonly families: Readonly<Record<string, { readonly canvas: string; readonly svg: string; readonly text: string }>>
  readonly styles: Readonly<Record<string, { readonly canvas: string; readonly svg: string }>>
  readonly same: Readonly<Record<string, string>>
  readonly coloured: boolean
}

const DRAW = [process.execPath, fileURLToPath(new URL('drawn.ts', import.meta.url)), join(folder, 'own')]

function run([command = '', ...args]: readonly string[]): Drawn {
  const printed = execFileSync(command, args, { encoding: 'utf8', env: { PATH: process.env['PATH'] } })
  return JSON.parse(printed) as Drawn
}

/** The name of the picture that differs least. */
function nearest(shape: string, among: Readonly<Record<string, { readonly canvas: string }>>): string {
  const differences = Object.entries(among).map(([name, { canvas }]) => {
    const difference = Array.from(shape).reduce(
      (sum, digit, at) => sum + Math.abs(parseInt(digit, 16) - parseInt(canvas[at]!, 16)),
      0,
    )
    return { name, difference }
  })
  return differences.toSorted((a, b) => a.difference - b.difference)[0]!.name
}

function canHide(): boolean {
  try {
    execFileSync('unshare', ['-rm', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe('fontconfig', () => {
  test('the file is written once, beside its cache', () => {
    const path = writeFontConfig(join(folder, 'a & b'))
    expect(path).toBe(join(folder, 'a & b/fonts.conf'))
    expect(readFileSync(path, 'utf8')).toBe(fontConfig(join(folder, 'a & b/fontconfig-cache')))
    expect(readFileSync(path, 'utf8')).toContain(`<cachedir>${folder}/a &amp; b/fontconfig-cache</cachedir>`)
    const { ino } = statSync(path)
    expect(writeFontConfig(join(folder, 'a & b'))).toBe(path)
    expect(statSync(path).ino).toBe(ino)
  })

  const seen = run(DRAW)

  // Engines draw edges differently, but the result is nearer to the same family than to any other.
  test.each(Object.entries(seen.families))('%s looks in SVG and in text as on a canvas', (family, { svg, text }) => {
    expect([nearest(svg, seen.families), nearest(text, seen.families)]).toEqual([family, family])
  })

  test.each(Object.entries(seen.styles))('%s Georgia in SVG is that of a canvas', (style, { svg }) => {
    expect(nearest(svg, seen.styles)).toBe(style)
  })

  test('a name that there is not is the fallback; Chinese and Polish are drawn, emoji in colour', () => {
    const { none, nowhere, arial, georgia, list, chinese, polish, box: missing } = seen.same
    expect(nowhere).toBe(arial)
    // SVG without a family is drawn in Times New Roman.
    expect([list, none]).toEqual([georgia, georgia])
    expect(new Set([arial, georgia, chinese, polish, missing]).size).toBe(5)
    expect(seen.coloured).toBe(true)
  })

  test.skipIf(!canHide())('nothing changes when the host has no fonts and no fontconfig at all', () => {
    const hide =
      'for d in /usr/share/fonts /usr/share/fontconfig /etc/fonts /usr/local/share/fonts /var/cache/fontconfig; do [ -d $d ] && mount -t tmpfs none $d; done; exec "$@"'
    expect(run(['unshare', '-rm', 'sh', '-c', hide, 'sh', ...DRAW])).toEqual(seen)
  })
})
