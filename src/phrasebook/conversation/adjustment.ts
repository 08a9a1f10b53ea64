// "A bit more", "too bright", 再强一点: repeats the last request from its original files, with one strength changed.
import { stepFactor, roundFigure, stepWithin, scaleRadius, type Bracket } from './value-bounds.ts'
import { RefusedError, type Context } from '../jobs/context.ts'
import type { Request, Transform } from '../jobs/job.ts'
import { ADJUSTABLE, type Args, type Mention, type MentionKind } from '../parsing/intent.ts'
import type { Reading } from '../parsing/reading.ts'
import { refusal } from '../answers/refusal.ts'
import { isPaced, notMoving } from '../jobs/animation-speed.ts'
import { transformOf } from '../jobs/transforms.ts'
import { nameOf } from '../answers/operation-names.ts'

/** Opposite operations: more of one is less of the other. */
const OPPOSITES: readonly (readonly [MentionKind, MentionKind])[] = [
  ['brighten', 'darken'],
  ['blur', 'sharpen'],
]
/** Operations that make an animation. */
const ANIMATED: readonly MentionKind[] = ['spin', 'slideshow', 'gif', 'race']
const FIGURES: readonly (keyof Args)[] = ['sigma', 'percent', 'factor', 'degrees', 'scale', 'width', 'height', 'size']

/** The last request's operations with changed strengths; undefined if this request changes none of them. */
export function adjustRequest(reading: Reading, last: Request | undefined, context: Context): Mention[] | undefined {
  const { loose, files } = reading
  const mentions = mergeChanges(reading.mentions)
  if (!last || files.length > 0 || loose.length > 0 || context.situation.asked.length > 0) return undefined
  if (mentions.length === 0 || !mentions.every(isChange)) return undefined
  let result = [...last.mentions]
  const said: (readonly [string, string])[] = []
  for (const change of mentions) {
    const at = findTarget(change, result, last)
    const old = result[at]
    if (!old) return undefined
    const next = ANIMATED.includes(old.kind)
      ? changePace(old, change, last, context)
      : changeStrength(old, change, context)
    said.push(next.said)
    result = result.with(at, next.mention)
  }
  const from = last.inputs.join(', ')
  context.say(
    `${capital(said.map(([en]) => en).join(', '))}; made again from ${from}.`,
    `${said.map(([, zh]) => zh).join('；')}；从 ${from} 重新制作。`,
  )
  return result
}

/** "Too much, a bit less" is one change; of several, the one with a strength counts. */
function mergeChanges(mentions: readonly Mention[]): Mention[] {
  const isLike = (a: Mention, b: Mention) =>
    a.kind === b.kind && a.args.change === b.args.change && a.args.toward === b.args.toward
  return mentions.filter((mention, at) => {
    const alike = mentions.flatMap((other, n) => (isLike(mention, other) ? [n] : []))
    return at === (alike.find((n) => mentions[n]!.args.strength !== undefined) ?? alike[0])
  })
}

/** The refusal when "a bit more" has nothing to change. */
export function nothingToAdjust(mentions: readonly Mention[], context: Context): RefusedError {
  if (mentions.every(({ args }) => isPace(args))) return notMoving(context)
  const { language, situation } = context
  const word = (en: string, zh: string) => context.word(en, zh)
  const done = situation.last?.mentions.map(({ kind }) => nameOf(kind, language)).join(', ')
  const why = done
    ? word(`What was done last (${done}) has no strength to change.`, `上一步(${done})没有可以调节的强度。`)
    : word('Nothing has been done yet that could be made stronger or weaker.', '还没有做过可以调节强度的操作。')
  const cure = word(
    'Say what should change, for example: brighter, more contrast, blur it.',
    '请说出要改变什么，例如：亮一点、对比度高一点、模糊一点。',
  )
  return new RefusedError(refusal('nothing_to_adjust', why + word(' ', '') + cure))
}

interface AdjustedMention {
  readonly mention: Mention
  /** In English and in Chinese. */
  readonly said: readonly [string, string]
}

/** Whether it compares ("brighter") rather than giving a number. */
function isChange({ kind, args }: Mention): boolean {
  if (kind === 'adjust') return true
  if (!ADJUSTABLE.includes(kind) || FIGURES.some((key) => args[key] !== undefined)) return false
  return (args.change ?? args.strength ?? args.toward) !== undefined
}

/** Index of the last operation that the change can apply to; -1 if there is none. */
function findTarget({ kind, args }: Mention, mentions: readonly Mention[], { jobs }: Request): number {
  if (isPace(args))
    return jobs.some(isPaced) ? mentions.findLastIndex((mention) => ANIMATED.includes(mention.kind)) : -1
  if (kind === 'adjust') return mentions.findLastIndex((mention) => ADJUSTABLE.includes(mention.kind))
  const same = mentions.findLastIndex((mention) => mention.kind === kind)
  return same >= 0 ? same : mentions.findLastIndex((mention) => mention.kind === oppositeOf(kind))
}

function oppositeOf(kind: MentionKind): MentionKind | undefined {
  const pair = OPPOSITES.find((kinds) => kinds.includes(kind))
  return pair?.find((other) => other !== kind)
}

function isPace({ change }: Args): boolean {
  return change === 'faster' || change === 'slower'
}

/** An animation with a shorter or longer delay per frame. */
function changePace(old: Mention, change: Mention, { jobs }: Request, context: Context): AdjustedMention {
  const delay = jobs.flatMap((job) => ('delay' in job ? [job.delay] : []))[0] ?? 100
  const { strength = 1 } = change.args
  const share = strength < 1 ? 0.8 : strength > 1 ? 0.4 : 2 / 3
  const next = Math.round(change.args.change === 'faster' ? delay * share : delay / share)
  const { figure, bracket } = stepWithin(delay, Math.min(60_000, Math.max(20, next)), bracketOf(old, change))
  const args = { ...old.args, ...bracket, delay: Math.round(figure) }
  return finishAdjustment(old, args, ['milliseconds a frame', '每帧毫秒'], delay, args.delay, context)
}

/** The operation with its value changed, and a description of the change. */
function changeStrength(said: Mention, change: Mention, context: Context): AdjustedMention {
  const step = transformOf(said, { ...context, say: () => undefined })!
  // "Less blurry" is a sharpening, and later changes refer to that.
  const kind = step.kind === 'brighten' && step.factor < 1 ? 'darken' : step.kind
  const old: Mention = { ...said, kind }
  const { strength = 1, toward } = change.args
  const opposite = change.kind !== old.kind && change.kind === oppositeOf(old.kind)
  const { change: way = 'more' } = change.args
  const figure = way === 'up' || way === 'down'
  const grows = toward === undefined ? way === 'more' || way === 'up' : toward === 'larger'
  // A darkening is stronger when its factor is lower.
  const more = grows !== (opposite || (figure && old.kind === 'darken'))
  const directed = change.kind !== 'adjust' || figure
  const before = bracketOf(old, change)
  const plain = { ...old.args, strength: undefined, change: undefined, past: undefined }
  switch (step.kind) {
    case 'blur':
    case 'sharpen': {
      const next = scaleRadius(step.sigma, more, strength, step.kind === 'blur' ? [0.3, 1000] : [0.1, 10])
      const { figure: sigma, bracket } = stepWithin(step.sigma, next, before, 0)
      return finishAdjustment(old, { ...plain, ...bracket, sigma }, ['sigma', 'sigma'], step.sigma, sigma, context)
    }
    case 'brighten': {
      const next = stepFactor(step.factor, old.kind === 'darken', more, strength, directed)
      const { figure: factor, bracket } = stepWithin(step.factor, next, before, 1)
      const kind = factor < 1 ? 'darken' : 'brighten'
      const args = { ...plain, ...bracket, percent: Math.abs(roundFigure((factor - 1) * 100)) }
      return finishAdjustment({ ...old, kind }, args, ['brightness', '亮度'], step.factor, factor, context)
    }
    case 'contrast':
    case 'saturate': {
      const next = stepFactor(step.factor, old.kind === 'darken', more, strength, directed)
      const { figure: factor, bracket } = stepWithin(step.factor, next, before, 1)
      const args = { ...plain, ...bracket, factor, percent: undefined }
      const names = { contrast: ['contrast', '对比度'], saturate: ['saturation', '饱和度'] } as const
      return finishAdjustment(old, args, names[step.kind], step.factor, factor, context)
    }
    case 'rotate':
    case 'hue': {
      const sign = step.degrees < 0 ? -1 : 1
      const by = Math.max(1, Math.round(Math.abs(step.degrees) * 0.5 * strength))
      const next = sign * Math.max(1, Math.abs(step.degrees) + (more ? by : -by))
      const { figure: degrees, bracket } = stepWithin(step.degrees, next, before, 0)
      const args = { ...plain, ...bracket, clockwise: undefined, degrees }
      return finishAdjustment(old, args, ['degrees', '角度'], step.degrees, degrees, context)
    }
    default:
      return changeSize({ ...old, args: plain }, step, more ? 'larger' : 'smaller', strength, before, context)
  }
}

/** The values that were too low and too high before, and whether the change is a complaint. */
function bracketOf({ args: { low, high } }: Mention, change: Mention) {
  return { low, high, past: change.args.asComplaint }
}

/** Scales a size or a scale factor by the usual amount of "bigger" or "smaller". */
function changeSize(
  old: Mention,
  step: Transform,
  toward: 'larger' | 'smaller',
  strength: number,
  bounds: Bracket & { past?: boolean },
  context: Context,
) {
  const { width, height, scale } = step as Extract<Transform, { kind: 'resize' }>
  const usual = toward === 'larger' ? (strength < 1 ? 1.25 : 1.5) : strength < 1 ? 0.8 : 2 / 3
  const now = scale ?? width ?? height!
  const { figure, bracket } = stepWithin(now, now * usual, bounds, scale === undefined ? undefined : 1)
  const share = figure / now
  const by = (length: number | undefined) =>
    length === undefined ? undefined : Math.max(1, Math.round(length * share))
  const next = {
    width: by(width),
    height: by(height),
    scale: scale === undefined ? undefined : roundFigure(scale * share),
  }
  const none = { size: undefined, percent: undefined, toward: undefined, square: undefined }
  const [before, after] = scale === undefined ? [width ?? height!, next.width ?? next.height!] : [scale, next.scale!]
  const name: readonly [string, string] =
    scale !== undefined ? ['scale', '比例'] : width === undefined ? ['height', '高度'] : ['width', '宽度']
  return finishAdjustment(old, { ...old.args, ...none, ...bracket, ...next }, name, before, after, context)
}

function finishAdjustment(
  old: Mention,
  args: Args,
  [en, zh]: readonly [string, string],
  before: number,
  after: number,
  context: Context,
): AdjustedMention {
  const [was, is] = [roundFigure(before), roundFigure(after)]
  if (was === is) {
    const what = context.word(
      `The ${en} of ${nameOf(old.kind, 'en')} is already ${was}, which is the limit.`,
      `${nameOf(old.kind, 'zh')}的${zh}已经是 ${was}，不能再调了。`,
    )
    throw new RefusedError(refusal('at_limit', what))
  }
  const own = old.kind === 'blur' || old.kind === 'sharpen' || old.kind === 'rotate' || old.kind === 'resize'
  const label = own ? [`${nameOf(old.kind, 'en')} ${en}`, `${nameOf(old.kind, 'zh')} ${zh}`] : [en, zh]
  const changed = `${was} → ${is}`
  return { mention: { ...old, args }, said: [`${label[0]} ${changed}`, `${label[1]} ${changed}`] }
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
