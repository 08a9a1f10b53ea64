// Selects the files of a request: those it names, those attached to it, the last results, else the uploads.
import { describeFileProblem } from '../../file-problem.ts'
import { hasColumn } from '../names/column-names.ts'
import { RefusedError, type Context } from '../jobs/context.ts'
import type { Source } from '../jobs/job.ts'
import { originalsOf } from './origins.ts'
import type { Reading } from '../parsing/reading.ts'
import { missingFile, unreadableFile } from '../answers/refusal.ts'
import type { ConversationState } from './conversation-state.ts'
import { isOnlyForm } from '../parsing/slots.ts'

/** The pictures of a request, at least one; throws `RefusedError` if there is none. */
export function picturesFor(reading: Reading, context: Context): Source[] {
  const { situation } = context
  const arranged = reading.mentions.some(({ kind }) => kind === 'stack' || kind === 'grid')
  const back = !arranged && reading.mentions.some(({ kind }) => kind === 'original')
  const offers = [
    reading.files,
    back ? originalsOfResults(situation) : [],
    situation.asked,
    situation.results,
    situation.uploads,
  ]
  const isResizedFirst = reading.mentions[0]?.kind === 'resize' && !arranged
  return isResizedFirst ? pick(offers, 'picture', context) : withoutLarge(pick(offers, 'picture', context), context)
}

/** The table of a request: the first that has the named columns. */
export function tableFor(reading: Reading, context: Context): Source {
  const { situation } = context
  const { results, uploads } = situation
  const isForm = isOnlyForm(reading.mentions)
  // Questions about data refer to the uploads, unless they point at a result or only ask for another form.
  const behind = reading.points || isForm ? [results, uploads] : [uploads, results]
  const offers = [reading.files, situation.asked, ...behind]
  const fields = reading.mentions.flatMap(({ args }) => args.fields ?? [])
  const has = ({ card }: Source) => fields.every((name) => hasColumn(card.columns ?? [], name))
  const fitting = reading.files.length > 0 || fields.length === 0 ? [] : sourcesOf(offers.flat(), situation).filter(has)
  const tables = fitting.length > 0 ? [fitting[0]!] : pick(offers, 'table', context)
  const table = tables[0]!
  if (tables.length > 1)
    context.say(
      `There are ${tables.length} tables; ${table.name} was used.`,
      `共有 ${tables.length} 个表格，使用了 ${table.name}。`,
    )
  return table
}

/** Whether a histogram is of a table: a column is named, or no picture was uploaded. */
export function isAboutTable({ mentions, files }: Reading, situation: ConversationState): boolean {
  const kinds = (names: readonly string[]) => sourcesOf(names, situation).map(({ card }) => card.kind)
  if (mentions.some(({ kind, args }) => kind === 'histogram' && (args.fields ?? []).length > 0)) return true
  for (const names of [files, situation.asked, situation.uploads]) {
    const found = kinds(names)
    if (found.includes('picture')) return false
    if (found.includes('table')) return true
  }
  return false
}

/** The uploads from which the last results were made, else all uploads. */
function originalsOfResults(situation: ConversationState): readonly string[] {
  const known = originalsOf(situation.results, situation)
  return known.length > 0 ? known : situation.uploads
}

/** The existing files among these names. */
export function sourcesOf(names: readonly string[], situation: ConversationState): Source[] {
  return names.flatMap((name) => {
    const card = situation.files.get(name)
    return card ? [{ name, card }] : []
  })
}

function pick(offers: readonly (readonly string[])[], wanted: 'picture' | 'table', context: Context): Source[] {
  const [named = [], ...others] = offers.map((names) => sourcesOf(names, context.situation))
  const fits = ({ card }: Source): boolean => card.kind === wanted
  const about = named.length > 0 ? named : sourcesOf(context.situation.asked, context.situation)
  const broken = about.find(({ card }) => card.problem !== undefined)
  // None of the files that the request is about is usable; older files are not meant.
  if (broken && !about.some(fits)) throw new RefusedError(unreadableFile(context.language, broken))
  for (const sources of named.length > 0 ? [named] : others) {
    const fitting = sources.filter(fits)
    if (fitting.length === 0) continue
    for (const source of sources) if (!fits(source)) tellLeftOut(source, wanted, context)
    return fitting
  }
  throw new RefusedError(
    missingFile(context.language, wanted, sourcesOf([...context.situation.files.keys()], context.situation)),
  )
}

/** Leaves out pictures that are too large to read unless resized first, if there are others. */
function withoutLarge(sources: Source[], context: Context): Source[] {
  const others = sources.filter(({ card }) => card.cause !== 'pixels')
  if (others.length === 0) return sources
  for (const source of sources) if (!others.includes(source)) tellLeftOut(source, 'picture', context)
  return others
}

/** Notes that an unusable file was left out. */
function tellLeftOut({ name, card }: Source, wanted: 'picture' | 'table', context: Context): void {
  const reason = { en: describeFileProblem(card, 'en'), zh: describeFileProblem(card, 'zh') }
  if (reason.en !== undefined) return context.say(`${name} was left out: ${reason.en}`, `没有用 ${name}：${reason.zh}`)
  const isText = card.kind === 'text' || card.kind === 'json'
  if (wanted === 'picture' && isText)
    context.say(`${name} was left out: it is not a picture.`, `没有用 ${name}：它不是图片。`)
}
