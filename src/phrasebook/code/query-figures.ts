// Writes the charts of results, and the correlation of columns.
import type { QueryJob } from '../jobs/query/query.ts'
import { captionLine, inTemplate, nameColumn } from './query-words.ts'
import { cell } from './cells.ts'
import { listLiteral, literal, type SnippetDraft } from './draft.ts'

/** Pearson's correlation of two columns in a sentence, of more as a table. */
export function writeRelation(draft: SnippetDraft, job: QueryJob, rows: string): void {
  if (job.shape.type !== 'relation') return
  const { columns } = job.shape
  draft.use('easel', 'pearson')
  draft.helper(
    'correlationOf',
    `/** Of the rows that have both numbers. */
const correlationOf = (x: string, y: string) => {
  const both = ${rows}.filter((row) => typeof row[x] === 'number' && typeof row[y] === 'number')
  return pearson(both.map((row) => Number(row[x])), both.map((row) => Number(row[y])))
}`,
    true,
  )
  const zh = job.language === 'zh'
  if (columns.length === 2) {
    const [x, y] = columns
    draft.line(
      `const { r, p, n } = correlationOf(${literal(x!)}, ${literal(y!)})`,
      '',
      zh
        ? `console.log(\`${inTemplate(x!)} 与 ${inTemplate(y!)} 的相关系数是 \${r.toFixed(3)}（皮尔逊，n = \${n}，p = \${p.toPrecision(2)}）\`)`
        : `console.log(\`The correlation of ${inTemplate(x!)} and ${inTemplate(y!)} is \${r.toFixed(3)} (Pearson, n = \${n}, p = \${p.toPrecision(2)})\`)`,
    )
    return
  }
  draft.use('easel', 'markdownTable')
  const names = draft.constant('COLUMNS', listLiteral(columns.map(literal)))
  const [first, second, r] = zh ? ['列', '另一列', '相关系数'] : ['column', 'other column', 'correlation']
  const result = draft.fresh('result')
  draft.line(
    `const ${result} = ${names}.flatMap((x, at) =>`,
    `  ${names}.slice(at + 1).map((y) => ({ ${first}: x, ${zh ? second : `'${second}'`}: y, ${r}: correlationOf(x, y).r })),`,
    ')',
    '',
    `console.log(${captionLine(job)} + markdownTable(${result}${zh ? `, { language: 'zh' }` : ''}))`,
  )
}

/** The result as a chart. */
export function writeResultChart(draft: SnippetDraft, job: QueryJob, result: string): void {
  draft.use('easel', 'chart')
  draft.use('node:fs/promises', 'writeFile')
  const { type, title, values } = job.chart!
  const name = nameColumn(job.shape, job) ?? (job.shape.type === 'pivot' ? job.shape.row.label : undefined)
  const text = draft.constant('TITLE', literal(title))
  const names = draft.constant('SERIES', listLiteral(values.map(literal)))
  const series = values.length > 0 ? names : `Object.keys(${result}[0] ?? {}).slice(1)`
  const titled = (title: string) => `{ title: { display: true, text: ${literal(title)} } }`
  const axes =
    values.length !== 1 || type === 'pie'
      ? ''
      : `, scales: { ${name === undefined ? '' : `x: ${titled(name)}, `}y: ${titled(values[0]!)} }`
  const label = name === undefined ? `(_, at) => at + 1` : `(row) => String(${cell('row', name)})`
  draft.line(
    '',
    `const rowsOf: Record<string, unknown>[] = ${result}`,
    `const png = await chart({
  type: '${type}',
  data: {
    labels: ${result}.map(${label}),
    datasets: ${series}.map((label) => ({ label, data: rowsOf.map((row) => row[label] as number | null) })),
  },
  options: { plugins: { title: { display: true, text: ${text} } }${axes} },
})`,
    `await writeFile(${literal(job.output!)}, png)`,
  )
}
