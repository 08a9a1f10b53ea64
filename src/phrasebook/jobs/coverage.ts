// A last look before anything is done: every operation of a request must be part of some job, or the request is refused.
import type { Job } from './job.ts'
import type { Mention, MentionKind } from '../parsing/intent.ts'

const STEPS: readonly MentionKind[] = [
  'grayscale',
  'invert',
  'sepia',
  'sobel',
  'otsu',
  'threshold',
  'rotate',
  'flip',
  'crop',
  'resize',
  'blur',
  'sharpen',
  'stretch',
  'contrast',
  'brighten',
  'darken',
  'saturate',
  'hue',
  'tint',
  'label',
]
const CARRIED: Readonly<Record<Job['kind'], readonly MentionKind[]>> = {
  edit: [...STEPS, 'convert', 'compress', 'gif'],
  panels: [...STEPS, 'stack', 'grid', 'convert', 'compress', 'gif'],
  spin: [...STEPS, 'spin', 'cycle', 'gif'],
  slideshow: [...STEPS, 'slideshow', 'gif'],
  shrink: ['compress', 'resize', 'gif'],
  histogram: ['histogram'],
  info: ['info'],
  summary: ['summary', 'info'],
  chart: [...STEPS, 'chart'],
  table: ['table', 'summary'],
  distribution: ['histogram', 'chart'],
  race: ['race', 'chart', 'gif'],
}

/** The operations that no job carries out, or not with all that was said of them. */
export function leftOut(mentions: readonly Mention[], jobs: readonly Job[]): Mention[] {
  const carried = (mention: Mention) => jobs.some((job) => carries(job, mention) && !losesArguments(mention, job))
  return mentions.filter((mention) => mention.kind !== 'original' && !carried(mention))
}

/** A ranking whose form was not said may be a table. */
function carries({ kind }: Job, mention: Mention): boolean {
  return CARRIED[kind].includes(mention.kind) || (kind === 'table' && mention.implied === true)
}

/** Frames to leave out of a still picture, a delay for what is no new animation, a colour for the labels of panels. */
function losesArguments({ kind, args }: Mention, job: Job): boolean {
  if (kind === 'gif' && args.delay !== undefined) return job.kind !== 'spin' && job.kind !== 'slideshow'
  if (kind === 'compress' && (args.every ?? args.frames) !== undefined) return job.kind !== 'shrink'
  if (kind === 'label' && job.kind === 'chart') return args.position !== undefined
  return kind === 'label' && args.color !== undefined && job.kind === 'panels'
}
