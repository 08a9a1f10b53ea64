// sharp applies what a chain calls in an order of its own; this knows when a chain may go on and when a new one must begin.
import type { Transform } from '../jobs/job.ts'

/** The order in which libvips gets the operations of one chain (sharp 0.35, pipeline.cc). */
const ORDER: readonly Transform['kind'][] = [
  'crop',
  'grayscale',
  'resize',
  'flip',
  'rotate',
  'threshold',
  'blur',
  'sepia',
  'brighten',
  'saturate',
  'hue',
  'sharpen',
  'contrast',
  'tint',
  'invert',
]
/** Each pixel by itself: no matter whether before or after pixels are moved. */
const POINTWISE: ReadonlySet<Transform['kind']> = new Set([
  'grayscale',
  'threshold',
  'sepia',
  'brighten',
  'saturate',
  'hue',
  'contrast',
  'tint',
  'invert',
])
/** All set by one call of `modulate`, whose order is its own. */
const MODULATE: ReadonlySet<Transform['kind']> = new Set(['brighten', 'saturate', 'hue'])
/** Leave numbers with fractions beyond 0..255 in the chain, which `negate` turns into black (sharp 0.35). */
const UNCLIPPED: ReadonlySet<Transform['kind']> = new Set(['sepia', 'contrast', 'brighten', 'saturate', 'hue'])

/** True when the step, called at the end of the chain, is also applied after all of it (or the order makes no difference). */
export function mayFollow(steps: readonly Transform[], next: Transform): boolean {
  const rotated = steps.some(({ kind }) => kind === 'rotate')
  // A rotation before a resize is carried out first, unless a crop stands before both.
  if (next.kind === 'resize' && rotated && steps.some(({ kind }) => kind === 'crop' || kind === 'flip')) return false
  return steps.every((step) => inOrder(step, next))
}

/** True when the step changes width or height. */
export function resizes(step: Transform): boolean {
  return step.kind === 'crop' || step.kind === 'resize' || (step.kind === 'rotate' && step.degrees % 180 !== 0)
}

function inOrder(step: Transform, next: Transform): boolean {
  if (step.kind === next.kind) return step.kind === 'flip' && next.kind === 'flip' && step.axis !== next.axis
  if (next.kind === 'invert' && UNCLIPPED.has(step.kind)) return false
  if (next.kind === 'tint' && step.kind === 'grayscale') return false
  if (MODULATE.has(step.kind) && MODULATE.has(next.kind)) return false
  if (ORDER.indexOf(step.kind) < ORDER.indexOf(next.kind)) return true
  if (step.kind === 'rotate' && next.kind === 'resize') return true
  return commutes(step, next) || commutes(next, step)
}

/** Moving whole pixels and changing each by itself give the same in either order. */
function commutes(a: Transform, b: Transform): boolean {
  const moves = b.kind === 'flip' || b.kind === 'crop' || (b.kind === 'rotate' && b.degrees % 90 === 0)
  if (moves && POINTWISE.has(a.kind)) return true
  if (a.kind === 'grayscale' || a.kind === 'invert') return b.kind === 'resize'
  return b.kind === 'flip' && (a.kind === 'blur' || a.kind === 'sharpen')
}
