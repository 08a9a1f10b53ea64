// A last look before anything is done: every operation of a request must be part of some job, or the request is refused.
import type { Job } from './job.ts'
import type { Mention, MentionKind } from './mention.ts'

const STEPS: readonly MentionKind[] = [
  'grayscale', 'invert', 'sepia', 'sobel', 'otsu', 'threshold', 'rotate', 'flip', 'crop', 'resize', 'blur', 'sharpen', 'stretch',
  'contrast', 'brighten', 'darken', 'saturate', 'hue', 'tint', 'label',
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
  race: ['race', 'chart', 'gif'],
}

/** The operations that no job carries out. */
export function leftOut(mentions: readonly Mention[], jobs: readonly Job[]): Mention[] {
  return mentions.filter(({ kind }) => kind !== 'original' && !jobs.some((job) => CARRIED[job.kind].includes(kind)))
}
