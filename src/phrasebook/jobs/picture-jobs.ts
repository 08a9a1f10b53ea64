// Requests for still pictures, or frames edited alike: steps in sequence, and panels stacked or in a grid.
import { RefusedError, type Context } from './context.ts'
import type { EditJob, Layout, Panel, PanelsJob, Source, Transform } from './job.ts'
import type { Args, Format, Mention } from '../parsing/intent.ts'
import { splitParts, type Parts } from './arrangement.ts'
import { originalsOf } from '../conversation/origins.ts'
import type { Reading } from '../parsing/reading.ts'
import { refusal } from '../answers/refusal.ts'
import { sourcesOf } from '../conversation/sources.ts'
import { requireInRange, transformOf } from './transforms.ts'
import { labelOf, wordingOf } from '../answers/operation-names.ts'

const WRITABLE: Readonly<Record<string, Format>> = {
  png: 'png',
  jpeg: 'jpg',
  jpg: 'jpg',
  webp: 'webp',
  avif: 'avif',
  heif: 'avif',
  gif: 'gif',
  tiff: 'tiff',
}
/** Limit for all panels together, in pixels. */
const PANEL_PIXELS = 40_000_000
const ANIMATED: readonly Format[] = ['gif', 'webp']

/** Steps in the order given, on each picture. */
export function editJob(reading: Reading, sources: readonly Source[], context: Context): EditJob {
  const steps = [...stepsOf(reading.mentions, context), ...labelSteps(reading, context)]
  const output = outputOf(reading, context)
  const formats = sources.map((source) => compressible(output.format ?? formatOf(source), output.bytes, context))
  const moving = sources.length === 1 && (sources[0]!.card.frames ?? 1) > 1 && sources[0]!.card.format !== 'tiff'
  const animated = moving && ANIMATED.includes(formats[0]!)
  if (moving && !animated) context.say('Only the first frame of the animation was used.', '只使用了动图的第一帧。')
  if (sources.length > 1 && sources.some(({ card }) => (card.frames ?? 1) > 1)) {
    context.say('Of animations only the first frame was used.', '动图只使用了第一帧。')
  }
  for (const source of sources) checkSizes(steps, source, context)
  const slugs = [
    ...steps.map((step) => wordingOf(step).slug),
    ...(output.bytes ? [`${Math.round(output.bytes / 1000)}kb`] : []),
  ]
  const files = sources.map((source, at) => ({ source, output: context.output(source, slugs, formats[at]!) }))
  return { kind: 'edit', files, steps, animated, bytes: output.bytes, quality: output.quality }
}

/** Panels below or beside each other, or in a grid. */
export function panelsJob(reading: Reading, sources: readonly Source[], context: Context): PanelsJob {
  const parts = splitParts(reading, sources.length)
  const before = [...stepsOf(parts.before, context), ...reduction(parts, sources, context)]
  const variants = parts.variants.map((mentions) => stepsOf(mentions, context))
  const label = reading.mentions.find(({ kind }) => kind === 'label')
  const single = sources.length === 1
  const compared = parts.original || parts.variants.length === 0
  const panels =
    (compared && parts.variants.flat().length === 0 ? besideOriginals(sources, context) : undefined) ??
    sources.flatMap((from) =>
      variants.map((steps) => ({
        source: steps.length === 0 && compared ? originalOf(from, context) : from,
        steps: [...before, ...steps],
        label: single
          ? labelOf(steps, context.language)
          : [from.name, ...(steps.length > 0 ? [labelOf(steps, context.language)] : [])].join(' · '),
      })),
    )
  if (panels.length < 2) throw new RefusedError(tooFew(context))
  const layout = layoutOf(parts.arrangement, panels.length, context)
  const wanted = parts.arrangement.args.labels ?? label?.args.labels
  const labels = wanted ?? (label !== undefined || single)
  if (labels && !label && wanted === undefined)
    context.say('Labels were added; say "without labels" to leave them out.', '已加上文字标签；说"不要标签"可以去掉。')
  const first = sources.find(({ card }) => (card.frames ?? 1) > 1)
  if (first) context.say(`Of ${first.name} only the first frame was used.`, `${first.name} 只使用了第一帧。`)
  const { format, bytes, quality } = outputOf(reading, context)
  const slugs = variants.length > 1 && variants.length < 4 ? variants.flat().map((step) => wordingOf(step).slug) : []
  const name = context.output(sources[0]!, [...slugs, layout.type], format ?? 'png')
  const texts = label?.args.texts ?? []
  return {
    kind: 'panels',
    panels: panels.map((panel, at) => ({ ...panel, label: texts[at] ?? panel.label })),
    layout,
    labels,
    position: label?.args.position ?? (layout.type === 'grid' ? 'top' : 'top-left'),
    after: stepsOf(parts.after, context),
    output: name,
    bytes,
    quality,
  }
}

/** Scales down panels of large photographs, so that the whole picture stays viewable. */
function reduction({ before, variants }: Parts, sources: readonly Source[], context: Context): Transform[] {
  const panels = sources.length * Math.max(2, variants.length)
  const { width, height } = shownSize(sources[0]!)
  const share = Math.sqrt(PANEL_PIXELS / (panels * width * height))
  if (share >= 1 || before.some(({ kind }) => kind === 'resize' || kind === 'crop')) return []
  const reduced = Math.round(width * share)
  context.say(
    `The panels were scaled to ${reduced} px wide, as the pictures are large.`,
    `图片较大，因此每格缩放到 ${reduced} 像素宽。`,
  )
  return [{ kind: 'resize', width: reduced }]
}

/** "Stack it with the original" after an edit: for each picture the upload it came from, then the picture. */
function besideOriginals(sources: readonly Source[], context: Context): Panel[] | undefined {
  const original = labelOf([], context.language)
  const several = sources.length > 1
  const pairs = sources.flatMap((result): Panel[] => {
    const from = originalOf(result, context)
    if (from.name === result.name) return []
    return [
      { source: from, steps: [], label: several ? from.name : original },
      { source: result, steps: [], label: several ? result.name : resultLabel(result, context) },
    ]
  })
  return pairs.length > 0 ? pairs : undefined
}

/** What the last request did to make the picture, else its name. */
function resultLabel({ name }: Source, { language, situation }: Context): string {
  const made = situation.last?.jobs.find(
    (job) => job.kind === 'edit' && job.files.some(({ output }) => output === name),
  )
  return made?.kind === 'edit' && made.steps.length > 0 ? labelOf(made.steps, language) : name
}

/** The upload that a picture came from, or the picture itself if that is unknown. */
function originalOf(source: Source, { situation }: Context): Source {
  const originals = sourcesOf(originalsOf([source.name], situation), situation)
  const known = originals.find(({ card }) => card.kind === 'picture')
  if (known) return known
  const pictures = sourcesOf(situation.uploads, situation).filter(({ card }) => card.kind === 'picture')
  return pictures.length === 1 ? pictures[0]! : source
}

/** All mentions that are steps on one picture. */
export function stepsOf(mentions: readonly Mention[], context: Context): Transform[] {
  return mentions.flatMap((mention) => transformOf(mention, context) ?? [])
}

/** A text on the picture itself; in an arrangement, labels belong to the panels. */
export function labelSteps(reading: Reading, context: Context): Transform[] {
  return reading.mentions
    .filter(({ kind, args }) => kind === 'label' && args.labels !== false)
    .map(({ args }) => {
      const steps = stepsOf(reading.mentions, context)
      const text =
        args.texts?.join(' ') ?? (args.labels && steps.length > 0 ? labelOf(steps, context.language) : undefined)
      if (text === undefined) {
        throw new RefusedError(
          refusal(
            'no_text',
            context.word(
              'Which text? For example: add the text "Hello" at the bottom right.',
              '写什么文字?例如：在右下角写上"你好"。',
            ),
          ),
        )
      }
      if (!args.texts)
        context.say(`No text was given, so the label says "${text}".`, `没有给出文字，因此标签写"${text}"。`)
      return { kind: 'label', text, position: args.position ?? 'top-left', color: args.color }
    })
}

/** The format, size in bytes and quality that a request names. */
function outputOf(reading: Reading, context: Context): { format?: Format; bytes?: number; quality?: number } {
  const args: Args = Object.assign(
    {},
    ...reading.mentions.filter(({ kind }) => kind === 'convert' || kind === 'compress').map((mention) => mention.args),
  )
  const gif = reading.mentions.some(({ kind }) => kind === 'gif')
  const quality =
    args.quality === undefined ? undefined : requireInRange(Math.round(args.quality), 1, 100, 'quality', context)
  return { format: args.format ?? (gif ? 'gif' : undefined), bytes: args.bytes, quality }
}

/** Replaces a format whose size in bytes cannot be controlled. */
function compressible(format: Format, bytes: number | undefined, context: Context): Format {
  if (bytes === undefined || !['gif', 'tiff'].includes(format)) return format
  context.say(
    `${format.toUpperCase()} cannot be compressed to a given size, so a JPEG was made.`,
    `${format.toUpperCase()} 无法压缩到指定大小，因此生成了 JPEG。`,
  )
  return 'jpg'
}

/** Width and height as shown, after EXIF rotation. */
export function shownSize({ card }: Source): { width: number; height: number } {
  const { width = 1, height = 1 } = card
  return (card.orientation ?? 1) > 4 ? { width: height, height: width } : { width, height }
}

/** The output format of an edited picture: its own, or PNG if sharp cannot write that. */
function formatOf({ card }: Source): Format {
  return WRITABLE[card.format ?? ''] ?? 'png'
}

function layoutOf({ kind, args }: Mention, panels: number, context: Context): Layout {
  if (kind === 'stack') return { type: 'stack', direction: args.direction ?? 'down' }
  const columns = args.columns ?? (args.rows ? Math.ceil(panels / args.rows) : Math.ceil(Math.sqrt(panels)))
  const space = args.rows === undefined ? panels : columns * args.rows
  if (space !== panels) {
    context.say(
      `${columns}x${args.rows} has ${space} places, and there are ${panels} pictures.`,
      `${columns}x${args.rows} 有 ${space} 格，而图片有 ${panels} 张。`,
    )
  }
  return { type: 'grid', columns: requireInRange(Math.round(columns), 1, 50, 'columns', context) }
}

function tooFew(context: Context) {
  return refusal(
    'too_few_pictures',
    context.word(
      'There is only one picture to arrange. Add more files, or name variants, for example: original, Sobel and blur as a grid.',
      '只有一张图，无法拼接。请提供多个文件，或说出几种变体，例如：原图、边缘检测、模糊，拼成网格。',
    ),
  )
}

/** Refuses a crop larger than the picture; notes a size with another aspect ratio, which cuts off edges. */
function checkSizes(steps: readonly Transform[], source: Source, context: Context): void {
  const step = steps.find(({ kind }) => kind === 'crop' || kind === 'resize' || kind === 'rotate')
  const { width, height } = shownSize(source)
  if (
    step?.kind === 'resize' &&
    step.width &&
    step.height &&
    Math.abs(step.width / step.height / (width / height) - 1) > 0.02
  ) {
    context.say(
      `${step.width}x${step.height} has a different aspect ratio from the picture, so the edges were cut off.`,
      `${step.width}x${step.height} 与原图比例不同，因此裁掉了边缘。`,
    )
  }
  if (step?.kind !== 'crop' || step.area.type !== 'size') return
  const { at = { x: 0, y: 0 } } = step.area
  if (step.area.width + at.x <= width && step.area.height + at.y <= height) return
  throw new RefusedError(
    refusal(
      'crop_too_large',
      context.word(
        `${step.area.width}x${step.area.height} at ${at.x},${at.y} does not fit into the picture, which is ${width}x${height}.`,
        `从 (${at.x},${at.y}) 起的 ${step.area.width}x${step.area.height} 超出了图片，图片大小是 ${width}x${height}。`,
      ),
    ),
  )
}
