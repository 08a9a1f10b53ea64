// The row filter of a table or chart, if a request names rows: what the snippet searches for, and its wording.
import { RefusedError, type Context } from './context.ts'
import type { RowFilter } from './job.ts'
import type { Args } from '../parsing/intent.ts'
import { notUnderstood } from '../answers/refusal.ts'
import type { Columns } from '../names/column-names.ts'

/** The rows that a request names; throws `RefusedError` if the table has no text column. */
export function choiceOf({ names, flag }: Args, columns: Columns, context: Context): RowFilter | undefined {
  if (flag) {
    const says = flag.holds ? ['yes', '是'] : ['no', '否']
    context.say(`Only rows where ${flag.column} is ${says[0]}.`, `只包括"${flag.column}"为${says[1]}的行。`)
    return { type: 'flag', ...flag }
  }
  if (!names) return undefined
  const among = columns.texts.filter((name) => name !== columns.time)
  if (among.length === 0) throw new RefusedError(notUnderstood(context.language, names, []))
  const listed = { en: names.join(', '), zh: names.join('、') }
  context.say(`Only rows of ${listed.en}.`, `只包括${listed.zh}的行。`)
  return { type: 'names', names, among }
}

/** The filter in a title. */
export function describeChoice(choice: RowFilter | undefined, context: Context): string | undefined {
  if (choice === undefined) return undefined
  if (choice.type === 'names') return choice.names.join(context.word(', ', '、'))
  const { column, holds } = choice
  return `${column}: ${holds ? context.word('yes', '是') : context.word('no', '否')}`
}
