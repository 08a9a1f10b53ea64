// Prints how long a table of a gigabyte takes: its card, as an upload has it, and queries in place in a live session.
// Usage: node test/bench/large-table.ts [gigabytes]
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultLimits } from '../../sandbox/limits.ts'
import { build } from '../../src/build/build.ts'
import { openSandbox } from '../../src/runner/sandbox.ts'

const BYTES = Number(process.argv[2] ?? 1) * 1e9
const QUERIES = [
  // The first also checks the types of all rows.
  "select count(*) as n from 'large.csv'",
  "select count(*) as n from 'large.csv'",
  "select region, sum(amount) as total, avg(price) as mean from 'large.csv' group by all order by all",
  "select median(price) as median from 'large.csv'",
  "select month(date) as month, sum(amount * price) as sales from 'large.csv' group by all order by all",
  "from 'large.csv' order by price desc, id limit 10",
]

/** A generator of its own: each run has the same file. */
function createRandom(): (below: number) => number {
  let state = 1
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

async function makeTable(path: string): Promise<void> {
  const random = createRandom()
  const regions = ['north', 'south', 'east', 'west', '云州', '海湾']
  const two = (value: number): string => String(value).padStart(2, '0')
  const file = createWriteStream(path)
  file.write('id,region,product,amount,price,date,note\n')
  for (let id = 0, bytes = 0; bytes < BYTES;) {
    let part = ''
    for (const end = id + 10_000; id < end; id++) {
      const date = `2024-${two(1 + random(12))}-${two(1 + random(28))}`
      const sale = `${regions[random(6)]},p${random(500)},${random(1000)},${(random(10_000) / 100).toFixed(2)}`
      part += `${id},${sale},${date},note number ${random(1_000_000)}\n`
    }
    bytes += Buffer.byteLength(part)
    if (!file.write(part)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'close')
}

await build()
const folder = mkdtempSync(join(tmpdir(), 'bench-large-'))
const path = join(folder, 'large.csv')
await makeTable(path)
const sandbox = openSandbox({ folder: join(folder, 'session'), limits: defaultLimits() })
const run = (code: string) => sandbox.run({ cell: 1, code, seed: 1, clock: 0, timeoutMs: 60_000 }, () => undefined)
await run('1')
const began = performance.now()
const card = await sandbox.upload('large.csv', path, { mtime: 0 })
const rows = card.kind === 'table' ? card.rows?.toLocaleString('en-US') : undefined
const size = `${(statSync(path).size / 1e9).toFixed(2)} GB, ${rows} rows`
console.log(`${String(Math.round(performance.now() - began)).padStart(6)} ms  card (${size})`)
for (const query of QUERIES) {
  const { status, ms } = await run(`import { sql } from 'easel'; await sql(${JSON.stringify(query)}); 0`)
  console.log(`${String(ms).padStart(6)} ms  ${query}${status === 'ok' ? '' : ` (${status})`}`)
}
await sandbox.close()
rmSync(folder, { recursive: true })
