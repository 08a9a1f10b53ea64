// Writes the code of tables: a summary, rows as a file, distributions, bar-chart races.
import type { DistributionJob, RaceJob, SummaryJob, TableJob } from '../jobs/job.ts'
import { listLiteral, literal, type SnippetDraft } from './draft.ts'
import type { Language } from '../parsing/language.ts'
import type { Aggregate } from '../parsing/intent.ts'
import { rankedBy } from '../jobs/ranking.ts'
import {
  aggregateFunction,
  keyOf,
  sortEntries,
  readRows,
  describeGroups,
  printLeftOut,
  valuesOf,
  writeGroups,
  writeShares,
} from './group-code.ts'

/** A summary, printed as a Markdown table. */
export function writeSummary(draft: SnippetDraft, { table }: SummaryJob): void {
  draft.use('easel', 'readTable', 'summarize')
  const summary = draft.fresh('table')
  const headings = draft.constant(
    'HEADINGS',
    `['column', 'type', 'count', 'missing', 'min', 'max', 'mean', 'median', 'distinct'] as const`,
  )
  draft.line(
    `const ${summary} = await readTable(${literal(table.name)})`,
    `console.log(\`\${${summary}.rows.length} rows, \${${summary}.columns.length} columns\`)`,
    `for (const note of ${summary}.notes) console.log(note)`,
    '',
    `console.log(\`| \${${headings}.join(' | ')} |\`)`,
    `console.log(\`|\${${headings}.map(() => ' --- |').join('')}\`)`,
  )
  draft.block(`for (const facts of summarize(${summary}.rows)) {`, () => {
    draft.line(
      "const shown = (value: unknown) => (typeof value === 'number' ? String(Number(value.toFixed(2))) : String(value ?? ''))",
      `console.log(\`| \${${headings}.map((heading) => shown(facts[heading])).join(' | ')} |\`)`,
    )
  })
}

/** Rows as a CSV file, the first of them also printed as a Markdown table. */
export function writeTable(draft: SnippetDraft, job: TableJob): void {
  draft.use('papaparse')
  draft.use('node:fs/promises', 'writeFile')
  const rows = readRows(draft, job)
  const records = draft.fresh('records')
  if (job.acrossYears && job.together) yearRecords(draft, job, rows, records)
  else if (job.grouped === 'all') wholeRecords(draft, job, rows, records)
  else if (job.grouped) groupedRecords(draft, job, rows, records)
  else plainRecords(draft, job, rows, records)
  const shown = draft.constant('ROWS_SHOWN', ROWS_SHOWN)
  const more = job.language === 'zh' ? `共 \${${records}.length} 行，全部在 ` : `All \${${records}.length} rows are in `
  draft.line(
    '',
    // Spreadsheets recognize UTF-8 by the byte order mark.
    `await writeFile(${literal(job.output)}, '\\ufeff' + Papa.unparse(${records}))`,
    `const headings = Object.keys(${records}[0] ?? {})`,
    "console.log(`| ${headings.join(' | ')} |`)",
    "console.log(`|${headings.map(() => ' --- |').join('')}`)",
    ...(job.grouped === false && !job.together ? [] : [READABLE]),
    `for (const record of ${records}.slice(0, ${shown})) console.log(\`| \${Object.values(record).map(${job.grouped === false && !job.together ? "(value) => String(value ?? '')" : 'readable'}).join(' | ')} |\`)`,
    `if (${records}.length > ${shown}) console.log(\`\\n${more}${job.output.replaceAll('`', '')}${job.language === 'zh' ? '。' : '.'}\`)`,
  )
}

const ROWS_SHOWN = 20

/** The printed table rounds averages; the file has all digits. */
const READABLE = `const readable = (value: unknown) =>
  typeof value === 'number' && !Number.isInteger(value)
    ? String(Number(Math.abs(value) < 1 ? value.toPrecision(3) : value.toFixed(2)))
    : String(value ?? '')`

/** One record per group. */
function groupedRecords(draft: SnippetDraft, job: TableJob, rows: string, records: string): void {
  const limit = job.top ?? job.head
  const cut = limit === undefined ? '' : `.slice(0, ${draft.constant('TOP_ROWS', limit)})`
  const names = job.series.length > 0 ? job.series : [job.language === 'zh' ? '行数' : 'rows']
  const cells = names
    .map((name, at) => `[${literal(job.share ? `${name} (%)` : name)}]: values[${at}] ?? null`)
    .join(', ')
  if (job.split === undefined) {
    const groups = writeGroups(draft, job, rows)
    const entries = job.share ? writeShares(draft, groups) : groups
    const some = job.top === undefined ? entries : sortEntries(entries, job.least)
    draft.line(`const ${records} = ${some}${cut}.map(({ name, values }) => ({ [${literal(job.x)}]: name, ${cells} }))`)
    return
  }
  const split = draft.constant('SPLIT', literal(job.split))
  const [entries, parts] = [draft.fresh('entries'), draft.fresh('parts')]
  const values = valuesOf(draft, job, rows, 'members')
  draft.line(
    `const ${parts} = Map.groupBy(${rows}, (row) => JSON.stringify([${keyOf(draft, job, 'row')}, row[${split}]]))`,
    `if (${parts}.size < ${rows}.length) console.log(${literal(describeGroups(job))})`,
    `const ${entries} = [...${parts}].map(([key, members]) => ({ key: JSON.parse(key) as string[], values: ${values} }))`,
    `const ${records} = ${job.top === undefined ? entries : sortEntries(entries, job.least)}${cut}.map(({ key, values }) => ({ [${literal(job.x)}]: key[0], [${split}]: key[1], ${cells} }))`,
  )
}

/** All rows as one record, or one per year of a wide table. */
function wholeRecords(draft: SnippetDraft, job: TableJob, rows: string, records: string): void {
  const aggregate = job.aggregates[0]!
  if (aggregate === 'count') return draft.line(`const ${records} = [{ rows: ${rows}.length }]`)
  const figure = aggregateFunction(draft, aggregate, rows)
  const heading = (name: string) => groupedHeading(aggregate, name, job.language)
  const cells = job.series.map((name) => `[${literal(heading(name))}]: ${figure}(${rows}, ${literal(name)})`)
  draft.line(`const ${records} = [{ ${cells.join(', ')} }]`)
}

function yearRecords(draft: SnippetDraft, job: TableJob, rows: string, records: string): void {
  const aggregate = job.aggregates[0]!
  const figure = aggregateFunction(draft, aggregate, rows)
  const years = draft.constant('YEARS', listLiteral(job.series.map(literal)))
  const [year, value] = job.language === 'zh' ? ['年份', '数值'] : ['year', 'value']
  const heading = groupedHeading(aggregate, value, job.language)
  draft.line(
    `const ${records} = ${years}.map((name) => ({ ${year}: name, [${literal(heading)}]: ${figure}(${rows}, name) }))`,
  )
}

function groupedHeading(aggregate: Aggregate, name: string, language: Language): string {
  const words = { sum: ['sum of', '总和'], average: ['average', '平均值'], count: ['number of', '个数'] }[aggregate]
  return language === 'zh' ? `${name}${words[1]}` : `${words[0]} ${name}`
}

function plainRecords(draft: SnippetDraft, job: TableJob, rows: string, records: string): void {
  const by = draft.constant('Y', literal(rankedBy(job) ?? job.x))
  const sorted =
    job.top === undefined
      ? rows
      : job.least
        ? `${rows}.toSorted((a, b) => Number(a[${by}] ?? Infinity) - Number(b[${by}] ?? Infinity))`
        : `${rows}.toSorted((a, b) => Number(b[${by}] ?? -Infinity) - Number(a[${by}] ?? -Infinity))`
  const limit = job.top ?? job.head
  const cut = limit === undefined ? '' : `.slice(0, ${draft.constant('TOP_ROWS', limit)})`
  const columns = job.columns && draft.constant('COLUMNS', listLiteral(job.columns.map(literal)))
  const kept = columns ? `.map((row) => Object.fromEntries(${columns}.map((name) => [name, row[name] ?? null])))` : ''
  draft.line(`const ${records} = ${sorted}${cut}${kept}`)
}

/** The distribution of a column's values: a histogram with bins of equal width, or one bar per text. */
export function writeDistribution(draft: SnippetDraft, job: DistributionJob): void {
  draft.use('easel', 'chart')
  draft.use('node:fs/promises', 'writeFile')
  const rows = readRows(draft, job)
  const column = draft.constant('COLUMN', literal(job.column))
  const title = draft.constant('TITLE', literal(job.title))
  if (job.numeric) binned(draft, job, rows, column)
  else writeCounts(draft, job, rows, column)
  const color = job.color ? `, backgroundColor: ${literal(job.color)}` : ''
  const set = `{ label: '${job.language === 'zh' ? '行数' : 'rows'}', data: bins.map(({ count }) => count), barPercentage: 1, categoryPercentage: ${job.numeric ? 1 : 0.8}, borderColor: 'white', borderWidth: 1${color} }`
  const scales = `scales: { x: { title: { display: true, text: ${column} } }, y: { beginAtZero: true, ticks: { precision: 0 } } }`
  const png = draft.fresh('png')
  draft.line(
    '',
    `const ${png} = await chart({\n  type: 'bar',\n  data: { labels: bins.map(({ name }) => name), datasets: [${set}] },\n  options: { plugins: { title: { display: true, text: ${title} }, legend: { display: false } }, ${scales} },\n}, { width: ${job.width}, height: ${job.height} })`,
    `await writeFile(${literal(job.output)}, ${png})`,
  )
}

function binned(draft: SnippetDraft, { bins, language }: DistributionJob, rows: string, column: string): void {
  const most = draft.constant('BINS', bins)
  const said =
    language === 'zh'
      ? '`${COLUMN}：${values.length} 个数值，从 ${low} 到 ${high}，每组宽 ${step}。`'
      : '`${COLUMN}: ${values.length} values from ${low} to ${high}, in ranges of ${step}.`'
  draft.line(
    `const values = ${rows}.map((row) => row[${column}]).filter((value) => typeof value === 'number')`,
    'const low = values.reduce((least, value) => Math.min(least, value), Infinity)',
    'const high = values.reduce((most, value) => Math.max(most, value), -Infinity)',
    '// Ranges of 1, 2, 2.5 or 5 times a power of ten, which people can read.',
    `const rough = (high - low) / ${most} || 1`,
    'const power = 10 ** Math.floor(Math.log10(rough))',
    'const step = Number((power * ([1, 2, 2.5, 5].find((times) => times * power >= rough) ?? 10)).toPrecision(3))',
    'const first = Math.floor(low / step)',
    'const edge = (bin: number) => Number(((first + bin) * step).toPrecision(10))',
    'const bins = Array.from({ length: Math.floor(high / step) - first + 1 }, (_, bin) => ({ name: `${edge(bin)} – ${edge(bin + 1)}`, count: 0 }))',
    'for (const value of values) bins[Math.floor(value / step) - first]!.count++',
    `console.log(${said})`,
  )
}

function writeCounts(draft: SnippetDraft, { language }: DistributionJob, rows: string, column: string): void {
  const most = draft.constant('MOST_BARS', 40)
  draft.line(
    `const counts = [...Map.groupBy(${rows}, (row) => String(row[${column}] ?? ''))].map(([name, members]) => ({ name, count: members.length }))`,
    'const sorted = counts.toSorted((a, b) => b.count - a.count)',
    `const bins = sorted.slice(0, ${most})`,
    `const rare = sorted.slice(${most})`,
  )
  printLeftOut(draft, language, 'sorted', 'rare', { en: 'bars, the rarest', zh: '最少' })
}

/** A bar-chart race: one frame per time, with the time large in the title. */
export function writeRace(draft: SnippetDraft, job: RaceJob): void {
  draft.use('easel', 'barRace', 'readTable')
  draft.use('node:fs/promises', 'writeFile')
  const top = draft.constant('TOP_BARS', job.top)
  const delay = draft.constant('DELAY', job.delay)
  const all = readRows(draft, job)
  const rows = job.from === undefined && job.to === undefined ? all : spanned(draft, job, all)
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

function spanned(draft: SnippetDraft, { label, time, from = 0, to = 9999 }: RaceJob, rows: string): string {
  const [first, last] = [draft.constant('FIRST_YEAR', from), draft.constant('LAST_YEAR', to)]
  draft.line(
    `const within = (text: unknown) => Number.parseInt(String(text).replace(/^\\D+/, ''), 10) >= ${first} && Number.parseInt(String(text).replace(/^\\D+/, ''), 10) <= ${last}`,
  )
  const kept =
    time === undefined
      ? `${rows}.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name === ${literal(label)} || within(name))))`
      : `${rows}.filter((row) => within(row[${literal(time)}]))`
  draft.line(`const span = ${kept}`)
  return 'span'
}
