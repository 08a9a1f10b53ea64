// The page's small models: the idle countdown, picture sizes, and the parsing of lists.
import { expect, test } from 'vitest'
import type { SessionShape } from '../../src/http/schemas.ts'
import { formatBytes, formatCount, formatDuration } from '../../src/web/model/amounts.ts'
import { kindOf, shownSize } from '../../src/web/model/file-kind.ts'
import { idleStateOf, formatCountdown } from '../../src/web/model/idle.ts'
import { separateBlocks } from '../../src/markdown-blocks.ts'
import { inlineSize, hasSameProportions } from '../../src/web/model/picture-size.ts'
import { fitView, panView, zoomView } from '../../src/web/model/zoom.ts'

const MINUTE = 60_000
const start = Date.parse('2026-01-01T00:00:00Z')
const at = (ms: number): string => new Date(start + ms).toISOString()
const session: SessionShape = {
  id: 'x',
  createdAt: at(0),
  activeAt: at(0),
  idleAt: at(30 * MINUTE),
  expiresAt: at(90 * MINUTE),
  state: 'living',
  busy: false,
  files: 0,
  bytes: 0,
}

test('the countdown begins in the last minutes, and a session at work is awake', () => {
  const rest = (ms: number, more: Partial<SessionShape> = {}) =>
    idleStateOf({ ...session, ...more }, start + ms, 30 * MINUTE)
  expect(rest(24 * MINUTE)).toEqual({ phase: 'awake' })
  expect(rest(26 * MINUTE)).toEqual({ phase: 'soon', ms: 4 * MINUTE })
  expect(rest(26 * MINUTE, { busy: true })).toEqual({ phase: 'awake' })
  expect(rest(31 * MINUTE)).toEqual({ phase: 'resting', until: start + 90 * MINUTE })
  expect(rest(1, { state: 'idle' })).toEqual({ phase: 'resting', until: start + 90 * MINUTE })
  expect(rest(91 * MINUTE)).toEqual({ phase: 'expired' })
})

test('short idle times are warned of late', () => {
  const short = { ...session, idleAt: at(60_000) }
  expect(idleStateOf(short, start + 45_000, 60_000).phase).toBe('awake')
  expect(idleStateOf(short, start + 49_000, 60_000)).toEqual({ phase: 'soon', ms: 11_000 })
})

test('times, sizes and counts are said as people read them', () => {
  expect([formatCountdown(245_000), formatCountdown(3_723_000), formatCountdown(-5)]).toEqual([
    '4:05',
    '1:02:03',
    '0:00',
  ])
  expect([formatBytes(999), formatBytes(1690), formatBytes(281_474), formatBytes(1_625_138)]).toEqual([
    '999 B',
    '1.7 KB',
    '281 KB',
    '1.6 MB',
  ])
  expect([formatDuration(80), formatDuration(2437), formatDuration(65_000)]).toEqual(['80 ms', '2.4 s', '1 min 5 s'])
  expect([formatCount(950), formatCount(1180), formatCount(34_000)]).toEqual(['950', '1.2k', '34k'])
})

test('a chart gets the CSS pixels at which each of its own is one of the screen', () => {
  const chart = { width: 1000, height: 600 }
  expect(inlineSize(chart, 720, 2)).toEqual({ width: 500, height: 300 })
  expect(inlineSize(chart, 720, 1)).toEqual({ width: 720, height: 432 })
  expect(inlineSize(chart, 320, 3)).toEqual({ width: 320, height: 192 })
})

test('small pictures are never enlarged, tall ones never fill more than the window, narrow lines keep a pixel', () => {
  expect(inlineSize({ width: 64, height: 48 }, 720, 2)).toEqual({ width: 64, height: 48 })
  expect(inlineSize({ width: 640, height: 1280 }, 720, 1)).toEqual({ width: 280, height: 560 })
  expect(inlineSize({ width: 4000, height: 2 }, 720, 1)).toEqual({ width: 720, height: 1 })
})

test('pictures of the same proportions can be laid over each other', () => {
  expect(hasSameProportions({ width: 640, height: 640 }, { width: 512, height: 512 })).toBe(true)
  expect(hasSameProportions({ width: 640, height: 640 }, { width: 640, height: 1280 })).toBe(false)
})

test('a picture lies as its EXIF orientation says, and what browsers do not draw is only offered', () => {
  const card = { kind: 'picture', mime: 'image/jpeg', bytes: 1, width: 30, height: 20, orientation: 6 } as const
  expect(shownSize(card)).toEqual({ width: 20, height: 30 })
  expect([kindOf(card), kindOf({ ...card, mime: 'image/heic' }), kindOf({ ...card, kind: 'json' })]).toEqual([
    'picture',
    'other',
    'text',
  ])
})

test('a plain line after a list begins a paragraph; inside code nothing changes', () => {
  expect(separateBlocks('For example:\n- one\n- two\nOr else.')).toBe('For example:\n- one\n- two\n\nOr else.')
  expect(separateBlocks('- one\n  goes on\n- two')).toBe('- one\n  goes on\n- two')
  expect(separateBlocks('- one\n  goes on\nOr else.')).toBe('- one\n  goes on\n\nOr else.')
  expect(separateBlocks('- one\n\nOr else.\n  Or not.')).toBe('- one\n\nOr else.\n  Or not.')
  expect(separateBlocks('```\n- one\ntwo\n```')).toBe('```\n- one\ntwo\n```')
})

test('a plain line after a table begins a paragraph', () => {
  const table = 'Made a.csv: 1 KB\n| a | b |\n|---|--:|\n| x | 1 |\n| y | 2 |'
  const notes = 'cut.png was left out: It ends early.\nRanked by b|c, the largest first.'
  expect(separateBlocks(`${table}\n${notes}`)).toBe(`${table}\n\n${notes}`)
  expect(separateBlocks(`${table}\n\n${notes}`)).toBe(`${table}\n\n${notes}`)
  expect(separateBlocks(`${table}\n- one\nOr else.`)).toBe(`${table}\n- one\n\nOr else.`)
  expect(separateBlocks('a | b\n--|--\nx | 1\ny | 2\nOr else.')).toBe('a | b\n--|--\nx | 1\ny | 2\n\nOr else.')
  expect(separateBlocks(`\`\`\`\n${table}\nx\n\`\`\``)).toBe(`\`\`\`\n${table}\nx\n\`\`\``)
  expect(separateBlocks('a | b\nx')).toBe('a | b\nx')
  expect(separateBlocks('Title | x\n---\ntext')).toBe('Title | x\n---\ntext')
})

test('zoom keeps the point under the pointer, and nothing can be moved out of the window', () => {
  const [picture, window] = [
    { width: 1000, height: 500 },
    { width: 500, height: 500 },
  ]
  const fit = fitView(picture, window)
  expect(fit).toEqual({ scale: 0.5, x: 0, y: 0 })
  const near = zoomView(fit, 4, 100, 0, fit.scale)
  // The point 100 right of the centre was 200 pixels into the picture, and must still be.
  expect(near.x + 200 * near.scale).toBe(100)
  expect(panView(near, 10_000, 0, picture, window)).toEqual({ scale: 2, x: 750, y: 0 })
  expect(panView(fit, 30, 30, picture, window)).toEqual({ scale: 0.5, x: 0, y: 0 })
})
