// "Make it 60 degrees instead", 改成30帧: a follow-up that changes the last request instead of using its result.
import { keepRotation } from '../jobs/motion-jobs.ts'
import type { LooseArgument } from '../parsing/argument-binding.ts'
import type { Args, Mention } from '../parsing/intent.ts'
import type { Job, Request } from '../jobs/job.ts'
import type { Reading } from '../parsing/reading.ts'
import { impliedOperation, fitting, isOnlyForm, TABULAR, addArgument } from '../parsing/slots.ts'

/** The last request's operations with the change merged in; undefined if this is a new request. */
export function amendRequest(reading: Reading, last: Request | undefined): Mention[] | undefined {
  if (!last || reading.files.length > 0) return undefined
  const { mentions, loose, amends } = reading
  const changing = mentions.filter(({ kind, args }) => !(kind === 'convert' && args.format === undefined))
  if (changing.length === 0) return loose.length > 0 ? withArguments(last.mentions, reading) : undefined
  if (!amends && !onlyLabels(changing) && !isOnlyForm(changing, ['top', 'least']) && !isOnlyOutput(changing))
    return undefined
  const replaced = withMentions(last.mentions, changing, last.jobs.some(ranksRows))
  return replaced && withArguments(replaced, reading)
}

/** Merges each loose argument into the latest operation of the last request that takes it. */
function withArguments(mentions: readonly Mention[], { loose, amends }: Reading): Mention[] | undefined {
  if (!amends && isNewQuestion(loose)) return undefined
  let result = [...mentions]
  for (const args of columnsTogether(loose)) {
    const at = result.findLastIndex((mention) => addArgument(mention, args, true) !== undefined)
    const mention = result[at]
    if (!mention) return undefined
    const held = Object.keys(args).some((key) => key in mention.args)
    const narrows = NARROWING.some((key) => args[key] !== undefined) && TABULAR.includes(mention.kind)
    if (!held && !amends && !narrows && impliedOperation(args)) return undefined
    const { least: _least, ...before } = mention.args
    const old = args.top === undefined ? keepRotation(mention, args) : { ...mention, args: before }
    result = result.with(at, addArgument(old, args.fields ? mergeColumns(args, mention.args) : args, true)!)
  }
  return result
}

/** Arguments that show less of the last result, or show it in another order or as a file. */
const NARROWING: readonly (keyof Args)[] = [
  'top',
  'flag',
  'names',
  'where',
  'fromYear',
  'toYear',
  'years',
  'lastYears',
  'order',
  'sorted',
  'save',
]

/** A number of a column, or a ranking by name, is a question of its own: "what is the average age?". */
function isNewQuestion(loose: readonly LooseArgument[]): boolean {
  const all = loose.map(({ args }) => args)
  const names = all.some(({ fields, by }) => fields !== undefined && !by)
  return all.some(
    ({ aggregate, measure, top }) =>
      (aggregate !== undefined && names) ||
      (measure !== undefined && top !== undefined) ||
      (top !== undefined && names),
  )
}

/** Merges all named columns into one argument. */
function columnsTogether(loose: readonly LooseArgument[]): Args[] {
  const [named, others] = [loose.filter(({ args }) => args.fields), loose.filter(({ args }) => !args.fields)]
  if (named.length === 0) return others.map(({ args }) => args)
  const by = named.flatMap(({ args }) => args.by ?? [])
  const fields = named.flatMap(({ args }) => args.fields ?? [])
  return [{ fields, ...(by.length > 0 ? { by } : {}) }, ...others.map(({ args }) => args)]
}

/** New group columns replace the old group columns, and new value columns the old value columns. */
function mergeColumns({ fields = [], by = [], ...rest }: Args, before: Args): Args {
  const { fields: old = [], by: grouped = [] } = before
  if (grouped.length === 0) return { ...rest, fields, ...(by.length > 0 ? { by } : {}) }
  const shown = fields.filter((name) => !by.includes(name))
  const along = by.length > 0 ? by : grouped
  const kept = shown.length > 0 ? shown : old.filter((name) => !grouped.includes(name))
  return { ...rest, fields: [...kept, ...along], by: along }
}

/** Whether the job is a table of the largest rows, ungrouped. */
function ranksRows(job: Job): boolean {
  return job.kind === 'query' && job.shape.type === 'rows' && job.top !== undefined && job.shape.columns === undefined
}

/** Each changed operation replaces the one of its kind or family, such as stack and grid. */
function withMentions(
  mentions: readonly Mention[],
  changing: readonly Mention[],
  ofRows: boolean,
): Mention[] | undefined {
  let result = [...mentions]
  for (const change of changing) {
    const family = FAMILIES.find((kinds) => kinds.includes(change.kind)) ?? [change.kind]
    const at = result.findIndex(({ kind }) => family.includes(kind))
    const old = result[at]
    if (!old) return undefined
    const kept = old.kind === change.kind ? old.args : TABULAR.includes(old.kind) ? fitting(change.kind, old.args) : {}
    const args = { ...kept, ...(ofRows && change.kind === 'chart' ? { things: 'rows' } : {}), ...change.args }
    result = result.with(at, { kind: change.kind, args, link: old.link, at: old.at })
  }
  return result
}

const FAMILIES: readonly (readonly Mention['kind'][])[] = [
  ['stack', 'grid'],
  ['otsu', 'threshold'],
  ['chart', 'race', 'table'],
]

/** "Save it as xlsx", 从小到大排: the last result in another order, or as a file. */
function isOnlyOutput(mentions: readonly Mention[]): boolean {
  return mentions.every(
    ({ kind, args }) => kind === 'table' && Object.keys(args).every((key) => ['save', 'order', 'sorted'].includes(key)),
  )
}

function onlyLabels(mentions: readonly Mention[]): boolean {
  return mentions.every(({ args }) => args.labels === false)
}
