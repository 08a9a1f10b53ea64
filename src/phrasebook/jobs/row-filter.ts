// The row filter of a table or chart, if a request names rows: what the snippet searches for, and its wording.
import { RefusedError, type Context } from './context.ts'
import type { RowFilter } from './query/query.ts'
import type { Args, Comparison, Condition } from '../parsing/intent.ts'
import { notUnderstood } from '../answers/refusal.ts'
import { hasColumn, type Columns } from '../names/column-names.ts'

type Bound = Condition & { readonly column: string }

/**
 * The rows that a request names or sets conditions for; `measure`: the column of comparisons that name none. Throws
 * `RefusedError` if rows are named and the table has no text column.
 */
export function choiceOf(args: Args, columns: Columns, context: Context, measure?: string): RowFilter | undefined {
  const filters = [flagFilter(args), namesFilter(args, columns, context), whereFilter(args, columns, measure, context)]
  const all = filters.filter((filter) => filter !== undefined)
  if (all.length === 0) return undefined
  const choice: RowFilter = all.length === 1 ? all[0]! : { type: 'all', filters: all }
  const says = { en: describeChoice(choice, inLanguage('en')), zh: describeChoice(choice, inLanguage('zh')) }
  context.say(`Only rows of ${says.en}.`, `只包括${says.zh}的行。`)
  return choice
}

function flagFilter({ flag }: Args): RowFilter | undefined {
  return flag && { type: 'flag', ...flag }
}

function namesFilter({ names }: Args, columns: Columns, context: Context): RowFilter | undefined {
  if (!names) return undefined
  const among = columns.texts.filter((name) => name !== columns.time)
  if (among.length === 0) throw new RefusedError(notUnderstood(context.language, names, []))
  return { type: 'names', names, among }
}

function whereFilter(
  { where = [] }: Args,
  columns: Columns,
  measure: string | undefined,
  context: Context,
): RowFilter | undefined {
  const { all } = columns
  const conditions: Bound[] = []
  for (const one of where) {
    const column = one.column ?? measure
    if (column === undefined || !hasColumn(all, column)) continue
    const same = conditions.findIndex(
      (other) => other.column === column && 'is' in other && 'is' in one && other.not === one.not,
    )
    const before = conditions[same]
    if (before && 'is' in before && 'is' in one)
      conditions[same] = { ...before, is: [...new Set([...before.is, ...one.is])] }
    else conditions.push(inUnit({ ...one, column }, columns, context))
  }
  return conditions.length > 0 ? { type: 'where', conditions } : undefined
}

/** 3万亿 of a column in 亿 is 30,000: a number beyond all of the column is one of a unit that its numbers leave out. */
function inUnit(condition: Bound, { all }: Columns, context: Context): Bound {
  if ('is' in condition) return condition
  const { least, most } = all.find(({ name }) => name === condition.column) ?? {}
  if (typeof least !== 'number' || typeof most !== 'number' || condition.value <= most * 1000) return condition
  const unit = [1e4, 1e8].find((size) => condition.value / size >= least && condition.value / size <= most)
  if (unit === undefined) return condition
  const value = condition.value / unit
  context.say(
    `${condition.value.toLocaleString('en-US')} was taken as ${value.toLocaleString('en-US')}, since ${condition.column} goes up to ${most.toLocaleString('en-US')}.`,
    `"${condition.column}"最大是 ${most.toLocaleString('en-US')}，因此按${unit === 1e8 ? '亿' : '万'}为单位的 ${value.toLocaleString('en-US')} 理解。`,
  )
  return { ...condition, value, to: condition.to === undefined ? undefined : condition.to / unit }
}

/** The filter in words, for titles and answers. */
export function describeChoice(choice: RowFilter | undefined, context: Pick<Context, 'word'>): string | undefined {
  if (choice === undefined) return undefined
  const { word } = { word: (en: string, zh: string) => context.word(en, zh) }
  switch (choice.type) {
    case 'all':
      return choice.filters.map((filter) => describeChoice(filter, context)).join(word(', ', '、'))
    case 'names':
      return choice.names.join(word(', ', '、'))
    case 'flag':
      return `${choice.column}: ${choice.holds ? word('yes', '是') : word('no', '否')}`
    case 'where':
      return choice.conditions.map((one) => describeCondition(one, context)).join(word(', ', '、'))
  }
}

/** A condition in words: "Juice, Tea", "not Juice", "sales > 5,000". */
export function describeCondition(condition: Bound, { word }: Pick<Context, 'word'>): string {
  if (!('is' in condition)) return `${condition.column} ${describeComparison(condition, word)}`
  const said = (en: string, zh: string) => word(en, zh)
  return `${condition.not ? said('not ', '除') : ''}${condition.is.join(said(', ', '、'))}${condition.not ? said('', '以外') : ''}`
}

function describeComparison({ sign, value, to }: Comparison, word: Context['word']): string {
  if (sign === 'between') return `${value.toLocaleString('en-US')} ${word('to', '到')} ${to!.toLocaleString('en-US')}`
  return `${sign} ${value.toLocaleString('en-US')}`
}

function inLanguage(language: 'en' | 'zh'): Pick<Context, 'word'> {
  return { word: (en, zh) => (language === 'zh' ? zh : en) }
}
