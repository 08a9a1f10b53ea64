// Prints what the usual steps of an analysis cost as snippets in a live session, beside pandas on the same machine in the
// same run. Needs python3 with pandas; without it, only Easel's figures are printed.
// Usage: node test/bench/data.ts [rounds] [rows ...]
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { defaultLimits } from '../../sandbox/limits.ts'
import { productFolder } from '../../sandbox/product.ts'
import { build } from '../../src/build/build.ts'
import { openSandbox, type Sandbox } from '../../src/runner/sandbox.ts'

const ROUNDS = Number(process.argv[2] ?? 5)
const SIZES = process.argv.length > 3 ? process.argv.slice(3).map(Number) : [10_000, 100_000, 1_000_000]

const READ = `import { readTable } from 'easel'
const m = await readTable('m.csv')
const l = await readTable('lookup.csv')`
const GROUP = `import { sql } from 'easel'
await sql('select city, category, sum(qty) q, avg(price) p, count(*) n from m group by all', { m })`

/**
 * Each step as a snippet; `m` and `l` are the tables of the step `read`, before which the files are uploaded anew. The first
 * query sends its columns to the engine, and snippets read the same file again and again: these two are steps of their own.
 */
const STEPS: Readonly<Record<string, string>> = {
  read: READ,
  'first query': GROUP,
  'read again': READ,
  group: GROUP,
  join: `import { sql } from 'easel'
await sql('select region, sum(price * qty) s, count(*) n from m join l using (city) group by region order by region', { m, l })`,
  pivot: `import { sql } from 'easel'
await sql('pivot m on category using avg(price) group by city order by city', { m })`,
  quantiles: `import { sql } from 'easel'
await sql('select category, quantile_cont(price, [0.05, 0.25, 0.5, 0.75, 0.95]) q from m group by category', { m })`,
  'top 10': `import { sql } from 'easel'
await sql('from m order by price desc limit 10', { m })`,
  sort: `import { sql } from 'easel'
await sql('from m order by price desc, id', { m })`,
  describe: `import { describe } from 'easel'
describe(m)`,
}

/** What pandas does in a step of another name. */
const SAME_STEPS: Readonly<Record<string, string>> = { 'first query': 'group', 'read again': 'read' }

/** Plain code over rows, by itself: what ordinary snippets do, with the rows made as they are looked at. */
const ROW_STEPS: Readonly<Record<string, string>> = {
  'for of': 'let total = 0; for (const row of m.rows) total += row.price * row.qty',
  'by index': 'let sum = 0; for (let i = 0; i < m.rows.length; i++) sum += m.rows[i].price',
  'filter, map': 'const count = m.rows.filter((row) => row.price > 500).map((row) => row.city).length',
  'group by Map': `const groups = new Map()
for (const row of m.rows) {
  const group = groups.get(row.city) ?? { sum: 0, n: 0 }
  group.sum += row.price
  group.n++
  groups.set(row.city, group)
}`,
  toSorted: 'const dearest = m.rows.toSorted((a, b) => b.price - a.price)[0]',
  'JSON.stringify': 'const json = JSON.stringify(m.rows).length',
}

/** A generator of its own: both sides read the same file. */
function createRandom(): () => number {
  let state = 1
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const CATEGORIES = ['food', 'tools', 'books', 'toys', 'garden', '上海', '北京', '音乐']

/** Writes m.csv with 10 columns, and lookup.csv with a region for each city. */
async function makeTables(folder: string, rows: number): Promise<void> {
  const random = createRandom()
  const whole = (below: number): number => Math.floor(random() * below)
  const pad = (value: number, width: number): string => String(value).padStart(width, '0')
  const cities = Array.from({ length: 300 }, (_, i) => `City ${pad(i, 3)}`)
  const file = createWriteStream(join(folder, 'm.csv'))
  file.write('id,date,city,category,qty,price,discount,score,flag,note\n')
  for (let i = 0; i < rows; i++) {
    const date = `${2015 + whole(10)}-${pad(1 + whole(12), 2)}-${pad(1 + whole(28), 2)}`
    const score = random() < 0.02 ? '' : (50 + 15 * (random() + random() + random() - 1.5)).toFixed(4)
    const figures = `${whole(100)},${(random() * 1000).toFixed(2)},${random().toFixed(3)},${score}`
    const line = `${i},${date},${cities[whole(300)]},${CATEGORIES[whole(8)]},${figures},${random() < 0.3},"note ${whole(100_000)}, x"\n`
    if (!file.write(line)) await once(file, 'drain')
  }
  file.end()
  const lookup = createWriteStream(join(folder, 'lookup.csv'))
  lookup.end(`city,region,population\n${cities.map((city, i) => `${city},R${i % 12},${1000 * (i + 1)}\n`).join('')}`)
  await Promise.all([once(file, 'close'), once(lookup, 'close')])
}

interface Peer {
  run(step: string): Promise<number>
  close(): void
}

async function openPandas(folder: string): Promise<Peer | undefined> {
  const script = join(productFolder(), 'test/bench/data/pandas_steps.py')
  const child: ChildProcess = spawn('/usr/bin/python3', [script, join(folder, 'm.csv'), join(folder, 'lookup.csv')], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  if (!child.stdout || !child.stdin) return undefined
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ready = await Promise.race([lines.next(), once(child, 'exit').then(() => ({ done: true }))])
  if (ready.done) return undefined
  return {
    async run(step) {
      child.stdin?.write(`${step}\n`)
      const { value } = (await lines.next()) as { value?: string }
      return Number(value)
    },
    close: () => child.kill(),
  }
}

async function runStep(sandbox: Sandbox, cell: number, code: string): Promise<number> {
  const end = await sandbox.run(
    { cell, code, seed: cell, clock: 0, timeoutMs: defaultLimits().timeoutMs },
    () => undefined,
  )
  if (end.status !== 'ok') throw new Error(`${end.status}: ${end.message}\n${code}`)
  return end.ms
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** Milliseconds of each round, by step. */
type Times = Map<string, { readonly easel: number[]; readonly pandas: number[] }>

async function measure(rows: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'easel-bench-'))
  await makeTables(folder, rows)
  const sandbox = openSandbox({ folder: join(folder, 'sandbox'), limits: defaultLimits() })
  const pandas = await openPandas(folder)
  const upload = async (): Promise<void> => {
    for (const name of ['m.csv', 'lookup.csv']) await sandbox.upload(name, join(folder, name))
  }
  await upload()
  let cell = 1
  const measureSteps = async (steps: Readonly<Record<string, string>>): Promise<Times> => {
    const times: Times = new Map(Object.keys(steps).map((step) => [step, { easel: [], pandas: [] }]))
    // The first round, in which both sides load what they need, is not counted.
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [step, code] of Object.entries(steps)) {
        if (step === 'read') await upload()
        const easel = await runStep(sandbox, cell++, code)
        const other = (await pandas?.run(SAME_STEPS[step] ?? step)) ?? Number.NaN
        if (round === 0) continue
        times.get(step)?.easel.push(easel)
        times.get(step)?.pandas.push(other)
      }
    }
    return times
  }
  const times = await measureSteps(STEPS)
  await runStep(sandbox, cell++, STEPS['read'] ?? '')
  const rowTimes = await measureSteps(ROW_STEPS)
  pandas?.close()
  await sandbox.close()
  rmSync(folder, { recursive: true, force: true })
  console.log(`\n${rows.toLocaleString('en-US')} rows x 10 columns, medians of ${ROUNDS} rounds`)
  print(times)
  console.log('Code over the rows')
  print(rowTimes)
}

function print(times: Times): void {
  const table = [...times].map(([step, found]) => ({ step, easel: median(found.easel), pandas: median(found.pandas) }))
  const sum = (key: 'easel' | 'pandas'): number => table.reduce((total, row) => total + row[key], 0)
  const all = [...table, { step: 'all', easel: sum('easel'), pandas: sum('pandas') }]
  console.table(
    Object.fromEntries(
      all.map((row) => [
        row.step,
        {
          'easel ms': Math.round(row.easel),
          'pandas ms': Math.round(row.pandas),
          'pandas / easel': (row.pandas / row.easel).toFixed(2),
        },
      ]),
    ),
  )
}

await build()
for (const rows of SIZES) await measure(rows)
