// Decides whether a step may join a chain or needs a new one, because sharp applies a chain's calls in its own order.
import type { Transform } from '../jobs/job.ts'

/** The order in which sharp applies the operations of one chain (sharp 0.35, pipeline.cc). */
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
/** Operations on single pixels, which commute with operations that move pixels. */
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
/** All set by one call of `modulate`, which has its own order. */
const MODULATE: ReadonlySet<Transform['kind']> = new Set(['brighten', 'saturate', 'hue'])
/** These leave fractional values beyond 0..255 in the chain, which `negate` turns into black (sharp 0.35). */
const UNCLIPPED: ReadonlySet<Transform['kind']> = new Set(['sepia', 'contrast', 'brighten', 'saturate', 'hue'])

/** Whether the step, appended to the chain, is also applied after all other steps, or commutes with them. */
export function mayFollow(steps: readonly Transform[], next: Transform): boolean {
  const rotated = steps.some(({ kind }) => kind === 'rotate')
  // A rotation is applied before a resize, unless the chain has a crop or flip.
  if (next.kind === 'resize' && rotated && steps.some(({ kind }) => kind === 'crop' || kind === 'flip')) return false
  return steps.every((step) => inOrder(step, next))
}

/** Whether the step may change width or height. */
export function changesSize(step: Transform): boolean {
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

/** Moving whole pixels commutes with changing single pixels. */
function commutes(a: Transform, b: Transform): boolean {
  const moves = b.kind === 'flip' || b.kind === 'crop' || (b.kind === 'rotate' && b.degrees % 90 === 0)
  if (moves && POINTWISE.has(a.kind)) return true
  if (a.kind === 'grayscale' || a.kind === 'invert') return b.kind === 'resize'
  return b.kind === 'flip' && (a.kind === 'blur' || a.kind === 'sharpen')
}
