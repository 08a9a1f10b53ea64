// Events of a journal, short enough to read in a test.
import type { Event } from '../../../sessions/event.ts'

/** The file info of a plain PNG. */
export const picture = {
  kind: 'picture',
  mime: 'image/png',
  format: 'png',
  bytes: 245_120,
  width: 1200,
  height: 800,
  channels: 3,
  depth: 'uchar',
  space: 'srgb',
  hasAlpha: false,
  frames: 1,
} as const
export const cell = (n: number, code: string, more: object = {}): Event => ({
  type: 'cell',
  cell: n,
  code,
  seed: 1,
  clock: 0,
  ...more,
})
export const result = (n: number, more: object = {}): Event => ({
  type: 'result',
  cell: n,
  status: 'ok',
  ms: 12,
  names: [],
  ...more,
})
export const print = (n: number, text: string, stream: 'stdout' | 'stderr' | 'value' = 'stdout'): Event => ({
  type: 'print',
  cell: n,
  stream,
  text,
})
export const ask = (text: string, files: string[] = []): Event => ({ type: 'ask', text, files })
export const made = (n: number, name: string, more: object = {}): Event => ({
  type: 'file',
  cell: n,
  name,
  mime: 'image/png',
  bytes: 5000,
  card: picture,
  ...more,
})
