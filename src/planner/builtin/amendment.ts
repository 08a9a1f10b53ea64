// "Make it 60 degrees instead", 改成30帧: a follow-up that changes the last request rather than acting on its result.
import { sameTurn } from './motion-jobs.ts'
import type { Mention } from './mention.ts'
import type { Request } from './job.ts'
import type { Reading } from './reading.ts'
import { alone, fitting, taken } from './slots.ts'

/** The last request with the change taken in, or undefined when this is a request of its own. */
export function amended(reading: Reading, last: Request | undefined): Mention[] | undefined {
  if (!last || reading.files.length > 0) return undefined
  const { mentions, loose, amends } = reading
  const changing = mentions.filter(({ kind, args }) => !(kind === 'convert' && args.format === undefined))
  if (changing.length === 0) return loose.length > 0 ? withArguments(last.mentions, reading) : undefined
  if (!amends && !onlyLabels(changing) && !onlyForm(changing)) return undefined
  const replaced = withMentions(last.mentions, changing)
  return replaced && withArguments(replaced, reading)
}

/** Loose arguments go to operations of the last request that take them, the latest first. */
function withArguments(mentions: readonly Mention[], { loose, amends }: Reading): Mention[] | undefined {
  let result = [...mentions]
  for (const { args } of loose) {
    const at = result.findLastIndex((mention) => taken(mention, args, true) !== undefined)
    const mention = result[at]
    if (!mention) return undefined
    const held = Object.keys(args).some((key) => key in mention.args)
    if (!held && !amends && alone(args)) return undefined
    result = result.with(at, taken(sameTurn(mention, args), args, true)!)
  }
  return result
}

/** Each changed operation takes the place of the one of its kind; stack and grid stand for each other. */
function withMentions(mentions: readonly Mention[], changing: readonly Mention[]): Mention[] | undefined {
  let result = [...mentions]
  for (const change of changing) {
    const family = FAMILIES.find((kinds) => kinds.includes(change.kind)) ?? [change.kind]
    const at = result.findIndex(({ kind }) => family.includes(kind))
    const old = result[at]
    if (!old) return undefined
    const kept = old.kind === change.kind ? old.args : TABULAR.includes(old.kind) ? fitting(change.kind, old.args) : {}
    const args = { ...kept, ...change.args }
    result = result.with(at, { ...old, kind: change.kind, args })
  }
  return result
}

const TABULAR: readonly Mention['kind'][] = ['chart', 'race', 'table']

/** "As a table", 画成饼图: the same data in another form. */
function onlyForm(mentions: readonly Mention[]): boolean {
  return mentions.every(({ kind, args }) => TABULAR.includes(kind) && Object.keys(args).every((key) => key === 'chart'))
}

const FAMILIES: readonly (readonly Mention['kind'][])[] = [
  ['stack', 'grid'],
  ['otsu', 'threshold'],
  ['chart', 'race', 'table'],
]

function onlyLabels(mentions: readonly Mention[]): boolean {
  return mentions.every(({ args }) => args.labels === false)
}
