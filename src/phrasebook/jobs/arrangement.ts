// Decides which steps make panels, which come before the panels and which after the arrangement.
import type { Mention } from '../parsing/intent.ts'
import type { Reading } from '../parsing/reading.ts'

export interface Parts {
  readonly arrangement: Mention
  /** Steps applied to every picture first. */
  readonly before: readonly Mention[]
  /** The steps of each panel; an empty list is the picture itself. */
  readonly variants: readonly (readonly Mention[])[]
  /** Steps applied to the arranged picture. */
  readonly after: readonly Mention[]
  /** Whether the original is one of the panels; with several files, each original is. */
  readonly original: boolean
}

const NO_STEP = new Set(['stack', 'grid', 'label', 'convert', 'compress', 'gif', 'histogram', 'info'])

/**
 * Items of a list are panels ("original, Sobel and Otsu side by side"); steps joined by "then" are one panel. A picture
 * that is only stacked is compared with its original. Sizes apply to all panels. Several files are panels themselves.
 */
export function splitParts(reading: Reading, files: number): Parts {
  const found = reading.mentions.filter(({ kind }) => kind === 'stack' || kind === 'grid')
  const first = found[0]!
  const arrangement = found.reduce(
    (all, mention) => ({ ...mention, at: first.at, args: { ...all.args, ...mention.args } }),
    first,
  )
  const steps = reading.mentions.filter(({ kind }) => !NO_STEP.has(kind))
  const sooner = steps.filter(({ at }) => at < first.at)
  const later = steps.filter(({ at }) => at > first.at)
  const listed =
    later.length > 0 && (sooner.length === 0 || reading.listings.some((at) => at > first.at && at < later[0]!.at))
  const original = steps.some(({ kind }) => kind === 'original')
  const onlyOriginal = later.every(({ kind }) => kind === 'original')
  if (listed && !(onlyOriginal && sooner.length > 0)) return parts(arrangement, sooner, later, [], files, original)
  const after = later.filter(({ kind }) => kind !== 'original')
  return parts(arrangement, [], sooner, after, files, original)
}

function parts(
  arrangement: Mention,
  before: readonly Mention[],
  listed: readonly Mention[],
  after: readonly Mention[],
  files: number,
  original: boolean,
): Parts {
  const stacked = arrangement.kind === 'stack'
  const general = (mention: Mention) => mention.kind === 'resize' || (stacked && mention.kind === 'crop')
  const shared = [...before, ...listed.filter(general)].filter(({ kind }) => kind !== 'original')
  const items = listed.filter((mention) => !general(mention))
  const base = { arrangement, after, original }
  if (files > 1) {
    const each = items.filter(({ kind }) => kind !== 'original')
    if (original && each.length > 0) return { ...base, before: shared, variants: [[], each] }
    return { ...base, before: [...shared, ...each], variants: [[]] }
  }
  const groups = grouped(items)
  if (groups.length > 0 && !groups.some((group) => group.length === 0) && (original || groups.length === 1))
    groups.unshift([])
  const comparison = stacked && groups.length === 2 && groups[1]!.length === 0
  return { ...base, before: shared, variants: comparison ? groups.toReversed() : groups }
}

/** One group per panel; an empty group is the original. */
function grouped(items: readonly Mention[]): Mention[][] {
  const groups: Mention[][] = []
  let open = false
  for (const mention of items) {
    if (mention.kind === 'original') {
      if (!groups.some((group) => group.length === 0)) groups.push([])
      open = false
    } else if (open && mention.link !== 'list') groups.at(-1)!.push(mention)
    else {
      groups.push([mention])
      open = true
    }
  }
  return groups
}
