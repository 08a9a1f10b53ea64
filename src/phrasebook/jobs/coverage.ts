// A final check: every operation of a request must be covered by a job, or the request is refused.
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
  query: ['table', 'summary', 'chart', 'info'],
  box: ['chart'],
  distribution: ['histogram', 'chart'],
  race: ['race', 'chart', 'gif'],
}

/** The operations that no job covers completely, with all their arguments. */
export function findUncovered(mentions: readonly Mention[], jobs: readonly Job[]): Mention[] {
  const carried = (mention: Mention) => jobs.some((job) => coversMention(job, mention) && !losesArguments(mention, job))
  return mentions.filter((mention) => mention.kind !== 'original' && !carried(mention))
}

/** A ranking without a stated form may be a table. */
function coversMention({ kind }: Job, mention: Mention): boolean {
  return CARRIED[kind].includes(mention.kind) || ((kind === 'query' || kind === 'chart') && mention.implied === true)
}

/** Lost: fewer frames of a still picture, a delay without a new GIF, a title's position, a panel label's colour. */
function losesArguments({ kind, args }: Mention, job: Job): boolean {
  if (kind === 'gif' && args.delay !== undefined) return job.kind !== 'spin' && job.kind !== 'slideshow'
  if (kind === 'compress' && (args.every ?? args.frames) !== undefined) return job.kind !== 'shrink'
  if (kind === 'label' && job.kind === 'chart') return args.position !== undefined
  return kind === 'label' && args.color !== undefined && job.kind === 'panels'
}
