// A GIF of one picture does not move and has no speed: the notes and refusals about that, and what would move.
import { RefusedError, type Context } from './context.ts'
import type { Job, Source } from './job.ts'
import { originalsOf } from '../conversation/origins.ts'
import { refusal } from '../answers/refusal.ts'
import { yearsIn } from '../names/column-names.ts'
import { timeIn } from './table-years.ts'

/** Jobs that make their own frames and set their delay. */
const PACED: readonly Job['kind'][] = ['spin', 'slideshow', 'race']

/** Whether the job makes an animation whose speed can be changed. */
export function isPaced({ kind }: Job): boolean {
  return PACED.includes(kind)
}

/** Whether the result is animated. */
export function isMoving(job: Job): boolean {
  return isPaced(job) || job.kind === 'shrink' || (job.kind === 'edit' && job.animated)
}

/** Notes that a GIF of one frame does not move. */
export function sayStill(sources: readonly Source[], context: Context): void {
  const names = sources.map(({ name }) => name)
  context.say(
    `The GIF does not move because it is made from a single picture. ${suggestMotion(names, context)}`,
    `这个 GIF 不会动，因为只有一幅画面。${suggestMotion(names, context)}`,
  )
}

/** The refusal of "slower" for a result that does not move, or whose frames were uploaded. */
export function notMoving(context: Context): RefusedError {
  const { last, results, uploads, files } = context.situation
  const about = results.length > 0 ? results : uploads
  const moves = last ? last.jobs.some(isMoving) : about.some((name) => (files.get(name)?.frames ?? 1) > 1)
  const why = moves
    ? context.word(
        'Only the speed of an animation made in this session can be changed.',
        '只能调节在这里做出的动图的速度。',
      )
    : context.word('It cannot be made faster or slower because it does not move.', '它不会动，所以没有快慢可以调节。')
  return new RefusedError(refusal('not_moving', why + context.word(' ', '') + suggestMotion(about, context)))
}

/** Suggests what would move: for a chart of years, a race. */
function suggestMotion(names: readonly string[], context: Context): string {
  const tables = originalsOf(names, context.situation).flatMap((name) => {
    const { kind, columns = [] } = context.situation.files.get(name) ?? {}
    return kind === 'table' ? [columns] : []
  })
  if (tables.some((columns) => yearsIn(columns).length > 1 || timeIn(columns) !== undefined))
    return context.word(
      'For one that moves say "an animated bar chart", with a frame for each year.',
      '想要会动的，请说"动态变化图"，每年一帧。',
    )
  return tables.length > 0
    ? context.word('For one that moves say "spin it".', '想要会动的，请说"旋转一圈的动图"。')
    : context.word(
        'For one that moves say "spin it" or "cycle its colours", or ask for a slideshow of several pictures.',
        '想要会动的，请说"旋转一圈的动图"或"颜色循环的动图"，或用几张图片做幻灯片。',
      )
}
