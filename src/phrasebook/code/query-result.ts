// Writes the rows of a result: the table's own, one per group, per year, or per cell of a pivot table.
import type { GroupKey, QueryJob, QueryShape } from '../jobs/query/query.ts'
import { cell, entry, key, variableFor } from './cells.ts'
import { listLiteral, literal, type SnippetDraft } from './draft.ts'
import { aggregateFunction, dateFunction } from './group-code.ts'
import { growthHelper, growthLabel, numberOf, sorting } from './query-parts.ts'

/** Declares the variable `result` with the rows that the question asks for. */
export function writeResult(draft: SnippetDraft, job: QueryJob, rows: string, result: string): void {
  const { shape } = job
  switch (shape.type) {
    case 'rows':
      return plainRows(draft, job, shape, rows, result)
    case 'whole':
      return draft.line(
        `const ${result} = [{ ${shape.measures.map((one) => entry(one.label, numberOf(draft, one, rows, rows))).join(', ')} }]`,
      )
    case 'groups':
      return groupedRows(draft, shape, rows, result)
    case 'years':
      return yearRows(draft, shape, rows, result)
    case 'change':
      return changeRows(draft, job, shape, rows, result)
    case 'pivot':
      return pivotRows(draft, shape, rows, result)
    case 'distinct':
      return distinctRows(draft, job, shape.column, rows, result)
    case 'relation':
  }
}

/** The expression of a row's group. */
function keyIn(draft: SnippetDraft, { column, unit }: GroupKey, row: string): string {
  return unit === undefined ? cell(row, column) : `${dateFunction(draft, unit)}(String(${cell(row, column)}))`
}

function plainRows(
  draft: SnippetDraft,
  job: QueryJob,
  { columns }: Extract<QueryShape, { type: 'rows' }>,
  rows: string,
  result: string,
): void {
  const { sort, top, tail } = job
  const calls = [
    ...(sort ? [sorting(sort)] : []),
    ...(top === undefined || job.share ? [] : [`.slice(0, ${draft.constant('TOP_ROWS', top)})`]),
    ...(tail === undefined ? [] : [`.slice(-${tail})`]),
    ...(columns ? [`.map((row) => ({ ${columns.map((name) => entry(name, cell('row', name))).join(', ')} }))`] : []),
  ]
  const line = `const ${result} = ${rows}${calls.join('')}`
  draft.line(line.length <= 110 ? line : `const ${result} = ${rows}\n${calls.map((call) => `  ${call}`).join('\n')}`)
}

function groupedRows(
  draft: SnippetDraft,
  { keys, measures }: Extract<QueryShape, { type: 'groups' }>,
  rows: string,
  result: string,
): void {
  const groups = draft.fresh('groups')
  const values = measures.map((one) => entry(one.label, numberOf(draft, one, 'group', rows)))
  const [only] = keys
  if (keys.length === 1) {
    const name = variableFor(only!.label, 'name')
    draft.line(
      `const ${groups} = Map.groupBy(${rows}, (row) => ${keyIn(draft, only!, 'row')})`,
      `const ${result} = [...${groups}].map(([${name}, group]) => ({ ${[entry(only!.label, name), ...values].join(', ')} }))${inOrder(only!)}`,
    )
    return
  }
  const cells = keys.map((one) => entry(one.label, keyIn(draft, one, 'group[0]!')))
  draft.line(
    `const ${groups} = Map.groupBy(${rows}, (row) => JSON.stringify([${keys.map((one) => keyIn(draft, one, 'row')).join(', ')}]))`,
    `const ${result} = [...${groups}.values()].map((group) => ({ ${[...cells, ...values].join(', ')} }))${inOrder(only!)}`,
  )
}

/** Groups of times and numbers come in their order. */
function inOrder({ label, isOrdered }: GroupKey): string {
  return isOrdered ? sorting({ by: label, descending: false, isText: true }) : ''
}

/** One row per year column: of all rows, or the cells of the one row that is left. */
function yearRows(
  draft: SnippetDraft,
  { years, measure, name }: Extract<QueryShape, { type: 'years' }>,
  rows: string,
  result: string,
): void {
  const all = draft.constant('YEARS', listLiteral(years.map(literal)))
  const figure = aggregateFunction(draft, measure!.aggregate, rows)
  const variable = variableFor(name, 'year')
  draft.line(
    `const ${result} = ${all}.map((${variable}) => ({ ${entry(name, variable)}, ${key(measure!.label)}: ${figure}(${rows}, ${variable}) }))`,
  )
}

function changeRows(
  draft: SnippetDraft,
  job: QueryJob,
  { key: by, times, measure, time, annual }: Extract<QueryShape, { type: 'change' }>,
  rows: string,
  result: string,
): void {
  growthHelper(draft)
  if (annual)
    draft.helper(
      'annualGrowth',
      `/** The constant growth per year, in percent, that leads from one number to the other. */
const annualGrowth = (from: unknown, to: unknown, years: number) =>
  typeof from === 'number' && typeof to === 'number' && from > 0 && to > 0 ? 100 * ((to / from) ** (1 / years) - 1) : null`,
    )
  const growth = (from: string, to: string) =>
    annual ? `annualGrowth(${from}, ${to}, ${times.span})` : `growthOf(${from}, ${to})`
  const change = job.language === 'zh' ? '变化' : 'change'
  if (time === undefined) {
    const [from, to] = [cell('row', times.from), cell('row', times.to)]
    const cells = [
      entry(by!.label, cell('row', by!.column)),
      entry(times.from, from),
      entry(times.to, to),
      `${key(change)}: Number(${to}) - Number(${from})`,
      `${key(growthLabel(job))}: ${growth(from, to)}`,
    ]
    draft.line(`const ${result} = ${rows}.map((row) => ({\n  ${cells.join(',\n  ')},\n}))`)
    return
  }
  const year = (at: string) => keyIn(draft, time, at)
  const [first, last] = [times.from, times.to].map((label) => label.slice(-4))
  const literalOf = (text: string) => (time.unit === undefined ? text : `'${text}'`)
  const inYear = (group: string, text: string) =>
    numberOf(draft, measure, `${group}.filter((row) => ${year('row')} === ${literalOf(text)})`, rows)
  const body = (group: string, name: string | undefined) => [
    `const from = ${inYear(group, first!)}`,
    `const to = ${inYear(group, last!)}`,
    `return { ${[...(name === undefined ? [] : [entry(by!.label, name)]), `${key(times.from)}: from`, `${key(times.to)}: to`, `${key(change)}: (to ?? 0) - (from ?? 0)`, `${key(growthLabel(job))}: ${growth('from', 'to')}`].join(', ')} }`,
  ]
  if (by === undefined) {
    draft.block(`const ${result} = [${rows}].map((group) => {`, () => draft.line(...body('group', undefined)), '})')
    return
  }
  const groups = draft.fresh('groups')
  const name = variableFor(by.label, 'name')
  draft.line(`const ${groups} = Map.groupBy(${rows}, (row) => ${keyIn(draft, by, 'row')})`)
  draft.block(
    `const ${result} = [...${groups}].map(([${name}, group]) => {`,
    () => draft.line(...body('group', name)),
    '})',
  )
}

function pivotRows(
  draft: SnippetDraft,
  { row, across, measure }: Extract<QueryShape, { type: 'pivot' }>,
  rows: string,
  result: string,
): void {
  const [groups, columns] = [draft.fresh('groups'), draft.fresh('across')]
  const name = variableFor(row.label, 'name')
  draft.line(
    `const ${columns} = [...new Set(${rows}.map((row) => String(${keyIn(draft, across, 'row')})))].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))`,
    `const ${groups} = Map.groupBy(${rows}, (row) => ${keyIn(draft, row, 'row')})`,
  )
  draft.block(
    `const ${result} = [...${groups}].map(([${name}, group]) => {`,
    () => {
      const part = `group.filter((row) => String(${keyIn(draft, across, 'row')}) === one)`
      // A prefix keeps years in their order behind the name: keys that are whole numbers would come first.
      draft.line(
        `const cells = ${columns}.map((one) => [\`${across.isOrdered ? `${across.label} ` : ''}\${one}\`, ${numberOf(draft, measure, part, rows)}] as const)`,
        `return { ${entry(row.label, name)}, ...Object.fromEntries(cells) }`,
      )
    },
    '})',
  )
}

function distinctRows(draft: SnippetDraft, { language }: QueryJob, column: string, rows: string, result: string): void {
  const name = variableFor(column, 'name')
  const count = language === 'zh' ? '行数' : 'rows'
  draft.line(
    `const ${result} = [...Map.groupBy(${rows}, (row) => ${cell('row', column)})].map(([${name}, group]) => ({ ${entry(column, name)}, ${key(count === column ? 'n' : count)}: group.length }))`,
  )
}
