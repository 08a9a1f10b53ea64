// The code of tables: a summary, charts, the animated ranking.
import type { ChartJob, RaceJob, SummaryJob } from '../job.ts'
import { applied } from './chain.ts'
import { list, literal, type Draft } from './draft.ts'
import { written } from './output.ts'

/** A summary, printed as a Markdown table. */
export function writeSummary(draft: Draft, { table }: SummaryJob): void {
  draft.use('easel', 'readTable', 'summarize')
  const headings = draft.constant(
    'HEADINGS',
    `['column', 'type', 'count', 'missing', 'min', 'max', 'mean', 'median', 'distinct'] as const`,
  )
  draft.line(
    `const { rows, columns, notes } = await readTable(${literal(table.name)})`,
    'console.log(`${rows.length} rows, ${columns.length} columns`)',
    'for (const note of notes) console.log(note)',
    '',
    `console.log(\`| \${${headings}.join(' | ')} |\`)`,
    `console.log(\`|\${${headings}.map(() => ' --- |').join('')}\`)`,
  )
  draft.block('for (const facts of summarize(rows)) {', () => {
    draft.line(
      "const shown = (value: unknown) => (typeof value === 'number' ? String(Number(value.toFixed(2))) : String(value ?? ''))",
      `console.log(\`| \${${headings}.map((heading) => shown(facts[heading])).join(' | ')} |\`)`,
    )
  })
}

/** A chart.js chart of the table's columns. */
export function writeChart(draft: Draft, job: ChartJob): void {
  draft.use('easel', 'chart', 'readTable')
  const table = literal(job.table.name)
  const config = job.acrossYears
    ? acrossYears(draft, job, table)
    : job.type === 'scatter'
      ? scatter(draft, job, table)
      : byRow(draft, job, table)
  const png = draft.fresh('png')
  draft.line('', `const ${png} = await chart(${config}, { width: ${job.width}, height: ${job.height} })`)
  if (job.after.length === 0) {
    draft.use('node:fs/promises', 'writeFile')
    draft.line(`await writeFile(${literal(job.output)}, ${png})`)
    return
  }
  draft.use('sharp')
  written(draft, applied(draft, { head: `sharp(${png})`, calls: [], steps: [] }, job.after), {
    name: literal(job.output),
    extension: 'png',
  })
}

/** One bar (point, slice) a row. */
function byRow(draft: Draft, job: ChartJob, table: string): string {
  const x = draft.constant('X', literal(job.x))
  const first = draft.constant('Y', literal(job.series[0]!))
  const rows = draft.fresh('rows')
  draft.line(`const { rows: ${rows} } = await readTable(${table})`.replace('rows: rows', 'rows'))
  const color = job.color ? `, backgroundColor: ${literal(job.color)}, borderColor: ${literal(job.color)}` : ''
  const { top } = job
  if (top !== undefined) {
    const limit = draft.constant('TOP_ROWS', top)
    const sorted = draft.fresh('sorted')
    draft.line(`const ${sorted} = ${rows}.toSorted((a, b) => Number(b[${first}]) - Number(a[${first}]))`)
    if (job.type === 'pie') return pieWithRest(draft, job, sorted, limit, x, first)
    const largest = draft.fresh('largest')
    draft.line(`const ${largest} = ${sorted}.slice(0, ${limit})`)
    return rowConfig(draft, job, largest, x, first, color)
  }
  return rowConfig(draft, job, rows, x, first, color)
}

function rowConfig(draft: Draft, job: ChartJob, rows: string, x: string, first: string, color: string): string {
  const names = [first, ...job.series.slice(1).map((name) => draft.constant('Y', literal(name)))]
  const datasets = names.map(
    (name) => `{ label: ${name}, data: ${rows}.map((row) => row[${name}] as number | null)${color} }`,
  )
  const labels = `${rows}.map((row) => String(row[${x}] ?? ''))`
  return `{\n  type: '${job.type}',\n  data: {\n    labels: ${labels},\n    datasets: [\n${datasets.map((set) => `      ${set},`).join('\n')}\n    ],\n  },\n  options: { ${titled(draft, job)} },\n}`
}

function pieWithRest(draft: Draft, job: ChartJob, sorted: string, limit: string, x: string, y: string): string {
  const rest = /\p{Script=Han}/u.test(JSON.stringify(job.table.card.columns?.[0] ?? '')) ? '其他' : 'Others'
  const [labels, values] = [draft.fresh('labels'), draft.fresh('values')]
  draft.line(
    `const ${labels} = ${sorted}.slice(0, ${limit}).map((row) => String(row[${x}] ?? ''))`,
    `const ${values} = ${sorted}.slice(0, ${limit}).map((row) => Number(row[${y}]))`,
  )
  draft.block(`if (${sorted}.length > ${limit}) {`, () => {
    draft.line(
      `${labels}.push('${rest}')`,
      `${values}.push(${sorted}.slice(${limit}).reduce((sum, row) => sum + Number(row[${y}]), 0))`,
    )
  })
  return `{\n  type: '${job.type}',\n  data: { labels: ${labels}, datasets: [{ label: ${y}, data: ${values} }] },\n  options: { ${titled(draft, job)} },\n}`
}

function scatter(draft: Draft, job: ChartJob, table: string): string {
  const x = draft.constant('X', literal(job.x))
  const y = draft.constant('Y', literal(job.series[0]!))
  const [rows, points] = [draft.fresh('rows'), draft.fresh('points')]
  const color = job.color ? `, backgroundColor: ${literal(job.color)}` : ''
  draft.line(
    `const { rows${rows === 'rows' ? '' : `: ${rows}`} } = await readTable(${table})`,
    `const ${points} = ${rows}`,
    `  .filter((row) => typeof row[${x}] === 'number' && typeof row[${y}] === 'number')`,
    `  .map((row) => ({ x: Number(row[${x}]), y: Number(row[${y}]) }))`,
  )
  const scales = `scales: { x: { title: { display: true, text: ${x} } }, y: { title: { display: true, text: ${y} } } }`
  return `{\n  type: 'scatter',\n  data: { datasets: [{ label: \`\${${y}} / \${${x}}\`, data: ${points}${color} }] },\n  options: { ${titled(draft, job)}, ${scales} },\n}`
}

/** A wide table turned: one line a row, the years along x. */
function acrossYears(draft: Draft, job: ChartJob, table: string): string {
  const x = draft.constant('X', literal(job.x))
  const years = draft.constant('YEARS', list(job.series.map(literal)))
  const last = draft.constant('LAST', literal(job.series.at(-1)!))
  const limit = draft.constant('TOP_ROWS', job.top ?? 10)
  const [rows, largest] = [draft.fresh('rows'), draft.fresh('largest')]
  draft.line(
    `const { rows${rows === 'rows' ? '' : `: ${rows}`} } = await readTable(${table})`,
    `const ${largest} = ${rows}.toSorted((a, b) => Number(b[${last}]) - Number(a[${last}])).slice(0, ${limit})`,
  )
  const set = `{ label: String(row[${x}]), data: ${years}.map((year) => row[year] as number | null) }`
  return `{\n  type: 'line',\n  data: { labels: ${years}, datasets: ${largest}.map((row) => (${set})) },\n  options: { ${titled(draft, job)} },\n}`
}

/** The part of a chart's options that shows its title. */
function titled(draft: Draft, { title }: ChartJob): string {
  return `plugins: { title: { display: true, text: ${draft.constant('TITLE', literal(title))} } }`
}

/** The animated ranking: one frame a time, the time large in the title. */
export function writeRace(draft: Draft, job: RaceJob): void {
  draft.use('easel', 'barRace', 'readTable')
  draft.use('node:fs/promises', 'writeFile')
  const top = draft.constant('TOP_BARS', job.top)
  const delay = draft.constant('DELAY', job.delay)
  draft.line(`const { rows } = await readTable(${literal(job.table.name)})`)
  const rows = job.from === undefined && job.to === undefined ? 'rows' : spanned(draft, job)
  const long = job.time === undefined ? [] : [`time: ${literal(job.time)},`, `value: ${literal(job.value!)},`]
  const heading = literal(job.heading).slice(1, -1).replaceAll('`', '\\`').replaceAll('${', '\\${')
  draft.block(
    `const gif = await barRace(${rows}, {`,
    () => {
      draft.line(`label: ${literal(job.label)},`, ...long, `top: ${top},`, `title: (time) => \`\${time} ${heading}\`,`)
      draft.line(
        ...(job.width === 1000 && job.height === 600 ? [] : [`width: ${job.width},`, `height: ${job.height},`]),
        `delay: ${delay},`,
      )
    },
    '})',
  )
  draft.line(`await writeFile(${literal(job.output)}, gif)`)
}

function spanned(draft: Draft, { label, time, from = 0, to = 9999 }: RaceJob): string {
  const [first, last] = [draft.constant('FIRST_YEAR', from), draft.constant('LAST_YEAR', to)]
  draft.line(
    `const within = (text: unknown) => Number.parseInt(String(text).replace(/^\\D+/, ''), 10) >= ${first} && Number.parseInt(String(text).replace(/^\\D+/, ''), 10) <= ${last}`,
  )
  const kept =
    time === undefined
      ? `rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name === ${literal(label)} || within(name))))`
      : `rows.filter((row) => within(row[${literal(time)}]))`
  draft.line(`const span = ${kept}`)
  return 'span'
}
