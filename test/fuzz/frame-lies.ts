// What a compromised child may write: honest reports, altered ones, and bytes that are no frames.
import type { Random } from './random.ts'

export interface Stream {
  /** Written before any request. */
  readonly before: readonly Buffer[]
  readonly bytes: Buffer
}

const CELL = 7
const blob = 'abcdefabcdef12345678'
const card = { kind: 'other', mime: 'text/plain', bytes: 1 }
const READY = { type: 'ready', ms: 1, isFiltered: true }

/** One frame; `text` instead of a value is taken as it is. */
export function frameOf(value: unknown): Buffer {
  const json = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
  const head = Buffer.alloc(4)
  head.writeUInt32BE(json.length)
  return Buffer.concat([head, json])
}

const READY_FRAME = frameOf(READY)

/** Whether anything but one `ready` came before a request. */
export function lies(before: readonly Buffer[]): boolean {
  return !Buffer.concat(before).equals(READY_FRAME)
}

/** All that a child writes in one case. */
export function streamOf(random: Random): Stream {
  const early = random.chance(0.9) ? [READY_FRAME] : [READY_FRAME, frameOf(lieOf(random))].slice(random.below(2))
  const count = random.pick([0, 1, 2, 3, 5, 10, 40])
  const frames = Array.from({ length: count }, () => partOf(random))
  if (random.chance(0.7)) frames.push(frameOf(end()))
  if (random.chance(0.2)) frames.push(partOf(random))
  let bytes: Buffer = Buffer.concat(frames)
  if (bytes.length > 0 && random.chance(0.15)) bytes = bent(random, bytes)
  return { before: early, bytes }
}

function partOf(random: Random): Buffer {
  if (random.chance(0.75)) return frameOf(honest(random))
  return random.chance(0.6) ? frameOf(lieOf(random)) : rawLie(random)
}

const end = () => ({ type: 'end', cell: CELL, status: 'ok', names: ['a'] })

/** Reports as an honest child makes them. */
function honest(random: Random): object {
  return random.pick<() => object>([
    () => ({ type: 'print', cell: CELL, stream: random.pick(['stdout', 'stderr', 'value']), text: textOf(random) }),
    () => ({ type: 'note', cell: CELL, text: 'noted' }),
    () => ({ type: 'progress', cell: CELL, done: random.below(9), total: 9, label: 'x' }),
    () => ({ type: 'file', cell: CELL, name: 'a/b.txt', blob, bytes: random.below(1e6), card }),
    () => ({ type: 'removed', cell: CELL, name: 'a' }),
    () => ({ type: 'card', id: CELL, card }),
    () => ({ type: 'picture', id: CELL, problem: 'no' }),
    end,
  ])()
}

function textOf(random: Random): string {
  return random.pick(['', 'x', '猫\u202e\0\u001b[8m', '\ud800', 'y'.repeat(random.pick([10, 500, 9000, 69_999]))])
}

const VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  2 ** 53,
  -0,
  1e308,
  '',
  'x',
  [],
  {},
  [[]],
  '__proto__',
  'x'.repeat(70_001),
  '../../etc/passwd',
  '/etc/passwd',
  'a\0b',
  { toString: 1 },
  Array(5001).fill('n'),
  { length: 1e9 },
]

/** A report with one of its members changed, added, removed or of another cell; or no report at all. */
function lieOf(random: Random): unknown {
  const value: Record<string, unknown> = structuredClone(honest(random)) as Record<string, unknown>
  const at = random.chance(0.2) && typeof value['card'] === 'object' ? (value['card'] as typeof value) : value
  const name = random.pick(Object.keys(at))
  return random.pick<() => unknown>([
    () => (at === value && delete at[name], value),
    () => ((at[name] = random.pick(VALUES)), value),
    () => ((at[random.pick(['constructor', 'then', 'extra', 'cell', 'id', 'type'])] = random.pick(VALUES)), value),
    () => JSON.stringify(value).replace('{', '{"__proto__":{"polluted":1},'),
    () =>
      JSON.stringify(value).replace(/:\d+/, random.pick([':1e999', ':-1', ':7.0', ':07', ':0x7', ':9007199254740993'])),
    () => READY,
    () => random.pick(VALUES),
    () => random.pick(['', 'null', '[]', '{', '"', '{"type":"end"', 'undefined', '\ufeff{}', '{}{}']),
    () => '['.repeat(random.pick([10, 1000, 100_000])),
    () => `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
    () => JSON.stringify(value).replace('{', `{"deep":${'['.repeat(50_000)}${']'.repeat(50_000)},`),
  ])()
}

/** Bytes that are no frame, or a frame with a wrong length. */
function rawLie(random: Random): Buffer {
  const frame = frameOf(honest(random))
  return random.pick<() => Buffer>([
    () => random.bytes(random.below(40)),
    () => Buffer.alloc(random.below(9)),
    () => frame.subarray(0, random.below(frame.length)),
    () => {
      frame.writeUInt32BE(random.pick([0, 1, frame.length, 4_000_000, 4_000_001, 0x7fffffff, 0xffffffff]), 0)
      return frame
    },
    () => Buffer.concat([frame, Buffer.from('\n')]),
    () => frameOf(' '.repeat(random.pick([1, 1000, 3_999_999, 4_000_000, 4_000_001]))),
  ])()
}

/** Some bytes changed, taken out or doubled. */
function bent(random: Random, bytes: Buffer): Buffer {
  const at = random.below(bytes.length)
  return random.pick<() => Buffer>([
    () => ((bytes[at] = random.below(256)), bytes),
    () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(8))]),
    () => Buffer.concat([bytes.subarray(0, at), random.bytes(1 + random.below(8)), bytes.subarray(at)]),
    () => bytes.subarray(0, at),
  ])()
}
