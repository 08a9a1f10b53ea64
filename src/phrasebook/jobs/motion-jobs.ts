// Requests for animations: a rotating picture, a slideshow, a smaller GIF.
import type { Context } from './context.ts'
import type { Request, ShrinkJob, SlideshowJob, Source, SpinJob } from './job.ts'
import type { Args, Mention } from '../parsing/intent.ts'
import { labelSteps, shownSize, stepsOf } from './picture-jobs.ts'
import type { Reading } from '../parsing/reading.ts'
import { requireInRange, scaleOf } from './transforms.ts'
import { wordingOf } from '../answers/operation-names.ts'

/** Default longest side of a rotating picture, in pixels. */
const SPIN_SIDE = 640
/** Default longest side of a slideshow, in pixels. */
const SLIDE_SIDE = 1000
const FULL_CIRCLE = 360

/** A picture that rotates frame by frame, and cycles its colour channels if asked. */
export function spinJob(reading: Reading, source: Source, context: Context): SpinJob {
  const { args } = reading.mentions.find(({ kind }) => kind === 'spin')!
  const { frames, degrees } = turningOf(args, context)
  const steps = [
    ...stepsOf(
      reading.mentions.filter(({ kind }) => kind !== 'resize'),
      context,
    ),
    ...labelSteps(reading, context),
  ]
  const resize = reading.mentions.find(({ kind }) => kind === 'resize')?.args
  if ((source.card.frames ?? 1) > 1)
    context.say('Only the first frame of the animation was used.', '只使用了动图的第一帧。')
  return {
    kind: 'spin',
    source,
    steps,
    frames,
    degrees: args.clockwise ? -degrees : degrees,
    background: args.color ?? 'black',
    cycle: reading.mentions.some(({ kind }) => kind === 'cycle'),
    delay: delayOf(args, 100, context),
    ...spinSize({ ...resize, ...args }, source, context),
    output: context.output(source, [...steps.map((step) => wordingOf(step).slug), 'spin'], 'gif'),
  }
}

/** Frames and degrees per frame; of frames, degrees per frame and total degrees, two give the third. */
function turningOf({ frames, degrees, total }: Args, context: Context): { frames: number; degrees: number } {
  if (total === 0) return { frames: count(frames ?? 3, context), degrees: 0 }
  const whole = degrees !== undefined && degrees >= FULL_CIRCLE ? degrees : total
  const step = degrees === undefined || degrees >= FULL_CIRCLE ? undefined : degrees
  if (frames === undefined && step === undefined)
    context.say('No number of frames was given, so 30 were made.', '没有指定帧数，因此做了 30 帧。')
  const number = count(frames ?? (step ? (whole ?? FULL_CIRCLE) / step : 30), context)
  const each = step ?? (whole ?? FULL_CIRCLE) / number
  if (whole !== undefined && Math.abs(number * each - whole) > 0.01) {
    context.say(
      `${number} frames of ${each}° make ${number * each}°, not ${whole}°.`,
      `${number} 帧、每帧 ${each}°，共 ${number * each}°，不是 ${whole}°。`,
    )
  }
  return { frames: number, degrees: each }
}

/** Several pictures one after another, all in the frame size of the first. */
export function slideshowJob(reading: Reading, sources: readonly Source[], context: Context): SlideshowJob {
  const args: Args = Object.assign(
    {},
    ...reading.mentions
      .filter(({ kind }) => ['slideshow', 'resize', 'gif'].includes(kind))
      .map((mention) => mention.args),
  )
  const { width: w, height: h } = shownSize(sources[0]!)
  const fit = Math.min(1, SLIDE_SIDE / Math.max(w, h))
  const wanted = args.size ?? {
    width: args.width ?? (args.height ? (args.height * w) / h : w * fit),
    height: args.height ?? (args.width ? (args.width * h) / w : h * fit),
  }
  const scale = args.scale ?? (args.percent ? args.percent / 100 : 1)
  const steps = [
    ...stepsOf(
      reading.mentions.filter(({ kind }) => kind !== 'resize'),
      context,
    ),
    ...labelSteps(reading, context),
  ]
  if (args.delay === undefined) context.say('Each picture is shown for 1 second.', '每张图片显示 1 秒。')
  return {
    kind: 'slideshow',
    sources,
    steps,
    delay: delayOf(args, 1000, context),
    width: Math.max(1, Math.round(wanted.width * scale)),
    height: Math.max(1, Math.round(wanted.height * scale)),
    output: context.output(sources[0]!, ['slideshow'], 'gif'),
  }
}

/** A smaller animation: scaled, with fewer frames, or under a limit of bytes. */
export function shrinkJob(reading: Reading, source: Source, context: Context): ShrinkJob {
  const args: Args = Object.assign({}, ...reading.mentions.map((mention) => mention.args))
  const sized = (args.scale ?? args.percent) !== undefined
  const all = !sized && args.every === undefined && args.bytes === undefined && args.frames === undefined
  const frames = source.card.frames ?? 1
  const every = args.every ?? (args.frames ? Math.max(1, Math.round(frames / args.frames)) : all ? 2 : 1)
  const scale = sized ? scaleOf(args, context) : all ? 0.5 : 1
  if (all)
    context.say(
      'No amount was given, so width, height and frames were halved.',
      '没有指定程度，因此宽、高和帧数各减一半。',
    )
  return { kind: 'shrink', source, scale, every, bytes: args.bytes, output: context.output(source, ['small'], 'gif') }
}

/**
 * "Compress it" after an animation of ours: makes it again from the pictures, at half width and height, a rotation also
 * with half the frames. Returned as mentions, so that a later "make it 20 frames" can change them.
 */
export function shrinkLast(last: Request, context: Context): Mention[] | undefined {
  const [job] = last.jobs
  if (last.jobs.length !== 1 || job === undefined) return undefined
  if (job.kind === 'spin') return halfSpin(job, last.mentions, context)
  if (job.kind !== 'slideshow' && job.kind !== 'race') return undefined
  context.say('Width and height were halved; all frames were kept.', '宽和高各减一半；没有去掉任何一帧。')
  const half = {
    size: { width: halved(job.width), height: halved(job.height) },
    width: undefined,
    height: undefined,
    scale: undefined,
    percent: undefined,
  }
  const kinds: readonly Mention['kind'][] = job.kind === 'race' ? ['race', 'chart'] : ['slideshow', 'gif']
  return withArgs(
    last.mentions.map((mention) =>
      mention.kind === 'gif' && job.kind === 'slideshow' ? { ...mention, kind: 'slideshow' as const } : mention,
    ),
    kinds,
    half,
  )
}

function halfSpin(job: SpinJob, mentions: readonly Mention[], context: Context): Mention[] {
  const shown = shownSize(job.source)
  const width = job.width ?? (job.height ? (job.height * shown.width) / shown.height : shown.width)
  const frames = Math.max(2, Math.round(job.frames / 2))
  context.say(
    'It was remade from the picture at half the width and height, with half the frames; it turns as fast and as far as before.',
    '从原图重新制作：宽高各减一半，帧数减半，转速和总角度不变。',
  )
  return withArgs(
    mentions.filter(({ kind }) => kind !== 'resize'),
    ['spin'],
    {
      frames,
      degrees: undefined,
      total: Math.abs(job.frames * job.degrees),
      delay: Math.round((job.delay * job.frames) / frames),
      width: halved(width),
      height: undefined,
      size: undefined,
      scale: undefined,
      percent: undefined,
      toward: undefined,
    },
  )
}

function withArgs(mentions: readonly Mention[], kinds: readonly Mention['kind'][], args: Args): Mention[] {
  return mentions.map((mention) =>
    kinds.includes(mention.kind) ? { ...mention, args: { ...mention.args, ...args } } : mention,
  )
}

function halved(length: number): number {
  return Math.max(1, Math.round(length / 2))
}

/** Adjusts frames and delay of a changed spin: a new number of frames keeps the total rotation. */
export function keepRotation(mention: Mention, change: Args): Mention {
  if (mention.kind !== 'spin') return mention
  const { frames, degrees, total } = mention.args
  if (change.frames !== undefined && change.degrees === undefined) {
    return {
      ...mention,
      args: {
        ...mention.args,
        degrees: undefined,
        total: total ?? (frames && degrees ? frames * degrees : FULL_CIRCLE),
      },
    }
  }
  if (change.degrees !== undefined && change.frames === undefined)
    return { ...mention, args: { ...mention.args, frames: undefined } }
  return mention
}

function spinSize(args: Args, source: Source, context: Context): { width?: number; height?: number } {
  if (args.size) return args.size
  if (args.width !== undefined || args.height !== undefined) return { width: args.width, height: args.height }
  const { width, height } = shownSize(source)
  if ((args.scale ?? args.percent ?? args.toward) !== undefined)
    return { width: Math.max(1, Math.round(width * scaleOf(args, context))) }
  const longest = Math.max(width, height)
  if (longest <= SPIN_SIDE) return {}
  context.say(
    `The picture was scaled to ${SPIN_SIDE} px on its longer side to keep the GIF small.`,
    `为避免动图过大，长边缩放到 ${SPIN_SIDE} 像素。`,
  )
  return { width: Math.round((width * SPIN_SIDE) / longest) }
}

function count(frames: number, context: Context): number {
  return requireInRange(Math.max(1, Math.round(frames)), 1, 500, context.word('number of frames', '帧数'), context)
}

function delayOf({ delay }: Args, usual: number, context: Context): number {
  return delay === undefined
    ? usual
    : requireInRange(Math.round(delay), 20, 60_000, context.word('delay in ms', '间隔(毫秒)'), context)
}
