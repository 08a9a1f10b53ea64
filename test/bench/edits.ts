// Prints the output tokens of six follow-ups: sending the whole code again, against edits of the earlier cell. Both are
// read as the planner reads calls, run in separate sandboxes, and must make the same bytes.
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { defaultLimits } from '../../sandbox/limits.ts'
import { productFolder } from '../../sandbox/product.ts'
import type { Event } from '../../sessions/event.ts'
import { build } from '../../src/build/build.ts'
import { readCall } from '../../src/planner/openai/reply/tool-arguments.ts'
import { openSandbox, type Sandbox } from '../../src/runner/sandbox.ts'
import { followUps, program, type Settings } from './edits-conversation.ts'

const GOAL = 5
const FILE = 'growth.gif'

interface Side {
  readonly sandbox: Sandbox
  readonly journal: Event[]
}

async function openSide(): Promise<Side> {
  const folder = mkdtempSync(join(tmpdir(), 'easel-bench-'))
  const sandbox = openSandbox({ folder, limits: defaultLimits() })
  await sandbox.upload('regions.csv', join(productFolder(), 'examples/regions.csv'))
  return { sandbox, journal: [] }
}

/** Reads a call as the planner does and runs it; returns its tokens and the hash of the file it made. */
async function run({ sandbox, journal }: Side, name: string, args: object): Promise<{ tokens: number; hash: string }> {
  const text = JSON.stringify(args)
  const planned = readCall({ id: '', name, arguments: text }, journal, false)
  if (!('code' in planned)) throw new Error('problem' in planned ? planned.problem : 'no cell')
  const cell = journal.length + 1
  journal.push({ type: 'cell', cell, seed: 1, clock: 0, code: planned.code })
  const end = await sandbox.run({ cell, code: planned.code, seed: 1, clock: 0, timeoutMs: 60_000 }, () => undefined)
  if (end.status !== 'ok') throw new Error(`${end.status}: ${end.message}\n${planned.code}`)
  const path = sandbox.file(FILE)?.path
  if (!path) throw new Error(`${FILE} was not made`)
  return { tokens: encode(name + text).length, hash: createHash('sha256').update(readFileSync(path)).digest('hex') }
}

await build()
const [whole, edited] = [await openSide(), await openSide()]
let settings: Settings = {}
const first = await run(whole, 'run', { code: program(settings) })
await run(edited, 'run', { code: program(settings) })
console.log(`the first cell: ${first.tokens} tokens (o200k_base), ${program({}).split('\n').length} lines`)
const rows: { ask: string; whole: number; edit: number; ratio: number; file: string }[] = []
let before = first.hash
for (const { ask, change, edits } of followUps) {
  settings = { ...settings, ...change }
  const one = await run(whole, 'run', { code: program(settings) })
  const other = await run(edited, 'edit', { cell: edited.journal.length, edits })
  if (one.hash !== other.hash) throw new Error(`"${ask}": the edit made another file than the whole code`)
  if (one.hash === before) throw new Error(`"${ask}": nothing changed`)
  before = one.hash
  rows.push({
    ask,
    whole: one.tokens,
    edit: other.tokens,
    ratio: one.tokens / other.tokens,
    file: one.hash.slice(0, 8),
  })
}
await Promise.all([whole.sandbox.close(), edited.sandbox.close()])

const sum = (of: 'whole' | 'edit'): number => rows.reduce((total, row) => total + row[of], 0)
const ratio = sum('whole') / sum('edit')
const line = (...cells: (string | number)[]): string =>
  cells.map((cell, at) => (at === 0 ? String(cell).padEnd(42) : String(cell).padStart(10))).join('')
console.log(line('follow-up', 'whole', 'edit', 'ratio', 'file'))
for (const row of rows) console.log(line(row.ask, row.whole, row.edit, row.ratio.toFixed(1), row.file))
console.log(line('all six', sum('whole'), sum('edit'), ratio.toFixed(1)))
console.log('Plan and answer are words that either way are the same; they are not counted.')
console.log(`output tokens of the calls, the same files byte for byte: ${ratio.toFixed(1)} times fewer (goal: ${GOAL})`)
if (ratio < GOAL) process.exitCode = 1
