// Writes the code of tables: a summary, rows as a file, distributions, bar-chart races.
import type { DistributionJob, RaceJob, SummaryJob } from '../jobs/job.ts'
import { literal, type SnippetDraft } from './draft.ts'
import { readRows, printLeftOut } from './group-code.ts'

/** A summary, printed as a Markdown table. */
export function writeSummary(draft: SnippetDraft, { table, language }: SummaryJob): void {
  draft.use('easel', 'markdownTable', 'readTable', 'summarize')
  const summary = draft.fresh('table')
  const zh = language === 'zh'
  const names = ['column', 'type', 'count', 'missing', 'min', 'max', 'mean', 'median', 'distinct']
  const headings = zh ? ['列', '类型', '个数', '缺失', '最小', '最大', '平均', '中位数', '不同值'] : names
  const cells = headings.map((heading, at) => `${heading}: facts.${names[at]}`).join(', ')
  draft.line(
    `const ${summary} = await readTable(${literal(table.name)})`,
    zh
      ? `console.log(\`\${${summary}.rows.length} 行，\${${summary}.columns.length} 列\`)`
      : `console.log(\`\${${summary}.rows.length} rows, \${${summary}.columns.length} columns\`)`,
    `for (const note of ${summary}.notes) console.log(note)`,
    '',
    `const facts = summarize(${summary}).map((facts) => ({ ${zh ? cells : names.map((name) => `${name}: facts.${name}`).join(', ')} }))`,
    `console.log('\\n' + markdownTable(facts, { most: 100${zh ? `, language: 'zh'` : ''} }))`,
  )
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
