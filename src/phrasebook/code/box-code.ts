// Writes the code of a box plot: the values of each column, or of each group, and easel's drawing of them.
import type { BoxJob } from '../jobs/query/query.ts'
import { cell } from './cells.ts'
import { listLiteral, literal, type SnippetDraft } from './draft.ts'
import { readRows } from './group-code.ts'

/** A box plot, with the five numbers of each box printed. */
export function writeBox(draft: SnippetDraft, job: BoxJob): void {
  draft.use('easel', 'boxPlot')
  draft.use('node:fs/promises', 'writeFile')
  const rows = readRows(draft, job)
  const title = draft.constant('TITLE', literal(job.title))
  const column = job.columns[0]!
  if (job.by === undefined) {
    const names = draft.constant('COLUMNS', listLiteral(job.columns.map(literal)))
    draft.line(`const groups = Object.fromEntries(${names}.map((name) => [name, ${rows}.map((row) => row[name])]))`)
  } else {
    draft.line(
      `const groups = Object.fromEntries([...Map.groupBy(${rows}, (row) => ${cell('row', job.by)})]`,
      `  .map(([name, group]) => [String(name), group.map((row) => ${cell('row', column)})]))`,
    )
  }
  const y = job.by === undefined && job.columns.length > 1 ? '' : `, y: ${literal(column)}`
  draft.line(
    '',
    `await writeFile(${literal(job.output)}, await boxPlot(groups, { title: ${title}${y}${job.by ? `, x: ${literal(job.by)}` : ''} }))`,
  )
}
