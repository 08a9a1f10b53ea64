// The compressed size of what a browser fetches before it shows the page.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { built } from '../built.ts'

const folder = join(built, 'web')
const html = readFileSync(join(folder, 'index.html'), 'utf8')
const assets = readdirSync(join(folder, 'assets'))
const read = (name: string): Buffer => readFileSync(join(folder, 'assets', name))
const packed = (bytes: Buffer): number => gzipSync(bytes, { level: 9 }).length

/** Files of the first load: those that index.html names, the Latin font, the pictures of the welcome screen. */
function firstLoad(): { readonly name: string; readonly bytes: number }[] {
  const named = [...html.matchAll(/\/assets\/([^"]+)/g)].map(([, name]) => name!)
  const more = assets.filter((name) => /geist-latin-wght|^example-/.test(name))
  const sizes = [...new Set([...named, ...more])].map((name) => {
    const bytes = /\.(js|css|svg)$/.test(name) ? packed(read(name)) : read(name).length
    return { name, bytes }
  })
  return [{ name: 'index.html', bytes: packed(Buffer.from(html)) }, ...sizes]
}

test('the first load is at most 250 kB, pictures and type included', () => {
  const parts = firstLoad()
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0)
  expect(parts.map(({ name }) => name).join(' ')).toMatch(/\.js.*\.css/)
  expect({ total, parts }).toMatchObject({ total: expect.toSatisfy((bytes: number) => bytes <= 250_000) })
})

test('script and style alone are at most 180 kB', () => {
  const code = firstLoad().filter(({ name }) => /\.(js|css)$/.test(name))
  expect(code.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(180_000)
})

test('nothing stands in the page itself that a strict policy forbids, and every asset has a hash in its name', () => {
  expect(html).not.toMatch(/<style|style=|<script(?![^>]*src=)|\son\w+=/i)
  expect(html.match(/(src|href)="(?!\/assets\/)/g)).toBeNull()
  expect(assets.filter((name) => !/-[\w-]{8}\.\w+$/.test(name))).toEqual([])
})

test('no address of another origin is asked for', () => {
  const scripts = assets.filter((name) => name.endsWith('.js')).map((name) => read(name).toString())
  const styles = assets.filter((name) => name.endsWith('.css')).map((name) => read(name).toString())
  for (const style of styles) expect(style.match(/url\((?!data:|"data:|\/assets\/|\.\/)[^)]*\)|@import/g)).toBeNull()
  for (const script of scripts) expect(script.match(/(?:fetch|import)\(["'`]https?:/g)).toBeNull()
})
