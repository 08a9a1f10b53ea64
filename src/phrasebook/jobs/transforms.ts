// Turns a mentioned operation and its arguments into a step with every number determined; notes assumptions.
import type { Context } from './context.ts'
import { RefusedError } from './context.ts'
import type { Area, Transform } from './job.ts'
import type { Args, Mention } from '../parsing/intent.ts'
import { refusal } from '../answers/refusal.ts'

const SIMPLE = ['grayscale', 'invert', 'sepia', 'sobel', 'otsu', 'stretch'] as const

/** The step of a mention; undefined if it is not a step on one picture. */
export function transformOf({ kind, args }: Mention, context: Context): Transform | undefined {
  const simple = SIMPLE.find((name) => name === kind)
  if (simple) return { kind: simple }
  const { strength = 1, change } = args
  const less = change === 'less'
  switch (kind) {
    case 'threshold':
      return threshold(args, context)
    case 'rotate':
      return rotate(args, context)
    case 'flip':
      return flip(args, context)
    case 'crop':
      return { kind: 'crop', area: areaOf(args, context) }
    case 'resize':
      return resize(args, context)
    case 'blur':
      if (less) return { kind: 'sharpen', sigma: 1.5 * strength }
      return { kind: 'blur', sigma: requireInRange(args.sigma ?? 5 * strength, 0.3, 1000, 'sigma', context) }
    case 'sharpen':
      if (less) return { kind: 'blur', sigma: strength }
      return { kind: 'sharpen', sigma: requireInRange(args.sigma ?? 1.5 * strength, 0.1, 10, 'sigma', context) }
    case 'contrast':
      return { kind: 'contrast', factor: args.factor ?? byPercent(args, less) ?? 1 + (less ? -0.3 : 0.3) * strength }
    case 'brighten':
      return { kind: 'brighten', factor: brightness(args, !less) }
    case 'darken':
      return { kind: 'brighten', factor: brightness(args, less) }
    case 'saturate':
      return { kind: 'saturate', factor: args.factor ?? byPercent(args, less) ?? 1 + (less ? -0.5 : 0.4) * strength }
    case 'hue':
      return hue(args, context)
    case 'tint':
      return tint(args, context)
    default:
      return undefined
  }
}

/** Default: 30% up, or a quarter down. */
function brightness({ percent, strength = 1 }: Args, up: boolean): number {
  return up ? 1 + (percent ?? 30 * strength) / 100 : Math.max(0.05, 1 - (percent ?? 25 * strength) / 100)
}

function byPercent({ percent }: Args, less: boolean): number | undefined {
  return percent === undefined ? undefined : Math.max(0, 1 + (less ? -percent : percent) / 100)
}

function threshold({ level }: Args, context: Context): Transform {
  if (level !== undefined)
    return { kind: 'threshold', level: requireInRange(Math.round(level), 0, 255, 'threshold', context) }
  context.say("No level was named, so Otsu's method chose the threshold.", '没有指定阈值，因此用 Otsu 方法自动选取。')
  return { kind: 'otsu' }
}

function rotate({ degrees, clockwise, color, strength = 1 }: Args, context: Context): Transform {
  if (degrees === undefined && strength < 1) {
    context.say('No angle was named, so "a bit" was taken as 10°.', '没有指定角度，"一点"按 10° 处理。')
  } else if (degrees === undefined && clockwise === undefined) {
    context.say('No angle was named, so it was turned by 90° clockwise.', '没有指定角度，因此顺时针旋转 90°。')
  }
  const angle = degrees ?? (strength < 1 ? 10 : 90)
  return { kind: 'rotate', degrees: clockwise === false ? -angle : angle, background: color ?? 'white' }
}

function flip({ axis }: Args, context: Context): Transform {
  if (axis === undefined)
    context.say('No direction was named, so left and right were swapped.', '没有指定方向，因此做了左右翻转。')
  return { kind: 'flip', axis: axis ?? 'horizontal' }
}

function hue({ degrees }: Args, context: Context): Transform {
  if (degrees === undefined)
    context.say('No angle was named, so the hue was turned by 90°.', '没有指定角度，因此色相旋转 90°。')
  return { kind: 'hue', degrees: degrees ?? 90 }
}

function tint({ color }: Args, context: Context): Transform {
  if (color) return { kind: 'tint', color }
  throw new RefusedError(
    refusal(
      'no_color',
      context.word('Which colour should the tint have? For example: tint it blue.', '要染成什么颜色?例如：染成蓝色。'),
    ),
  )
}

function areaOf(args: Args, context: Context): Area {
  const position = args.position ?? 'center'
  const { ratio, at, size } = args
  if (args.square && (size ?? args.width ?? args.height) === undefined)
    return { type: 'ratio', width: 1, height: 1, position }
  if (ratio) return { type: 'ratio', ...whole(ratio, context), position }
  const { width = args.width ?? args.height, height = args.height ?? args.width } = size ?? {}
  if (width !== undefined && height !== undefined)
    return { type: 'size', ...whole({ width, height }, context), at, position }
  throw new RefusedError(
    refusal(
      'no_size',
      context.word(
        'What should be cropped? For example: crop 300x200 from the center, crop to a square, crop to 16:9.',
        '要裁剪成什么大小?例如：从中间裁剪 300x200、裁成正方形、裁成 16:9。',
      ),
    ),
  )
}

function resize(args: Args, context: Context): Transform {
  const { size, width, height } = args
  if (size) return { kind: 'resize', ...whole(size, context) }
  if (args.square && width !== undefined) return { kind: 'resize', ...whole({ width, height: width }, context) }
  if (width !== undefined && height !== undefined) return { kind: 'resize', ...whole({ width, height }, context) }
  if (width !== undefined) return { kind: 'resize', width: whole({ width, height: width }, context).width }
  if (height !== undefined) return { kind: 'resize', height: whole({ width: height, height }, context).height }
  return { kind: 'resize', scale: scaleOf(args, context) }
}

/** `shrink by 30%` is 0.7, `enlarge by 50%` is 1.5, `resize to 50%` is 0.5, `twice as small` is 0.5. */
export function scaleOf({ scale, percent, toward, strength = 1 }: Args, context: Context): number {
  if (scale !== undefined)
    return requireInRange(toward === 'smaller' && scale > 1 ? 1 / scale : scale, 0.001, 50, 'scale', context)
  if (percent !== undefined) {
    const by = {
      smaller: 1 - percent / 100,
      larger: percent >= 100 ? percent / 100 : 1 + percent / 100,
      to: percent / 100,
    }
    return requireInRange(by[toward ?? 'to'], 0.001, 50, 'scale', context)
  }
  if (toward === undefined) {
    throw new RefusedError(
      refusal(
        'no_size',
        context.word(
          'To what size? For example: resize to 640 px, to 50%, to 300x200.',
          '缩放到多大?例如：缩放到 640 像素、缩小到 50%、300x200。',
        ),
      ),
    )
  }
  if (strength < 1) {
    const little = toward === 'smaller' ? 0.75 : 1.5
    context.say(`"A bit" was taken as ${little * 100}%.`, `"一点"按 ${little * 100}% 处理。`)
    return little
  }
  context.say(
    `No size was named, so it was made ${toward === 'smaller' ? 'half' : 'twice'} as wide and high.`,
    toward === 'smaller' ? '没有指定大小，因此宽高各缩小一半。' : '没有指定大小，因此宽高各放大一倍。',
  )
  return toward === 'smaller' ? 0.5 : 2
}

function whole(size: { width: number; height: number }, context: Context): { width: number; height: number } {
  const width = requireInRange(Math.round(size.width), 1, 30_000, 'width', context)
  return { width, height: requireInRange(Math.round(size.height), 1, 30_000, 'height', context) }
}

/** The number, or a refusal that states the valid range. */
export function requireInRange(value: number, low: number, high: number, what: string, context: Context): number {
  if (value >= low && value <= high) return value
  throw new RefusedError(
    refusal(
      'out_of_range',
      context.word(
        `The ${what} must be between ${low} and ${high}, and ${value} was asked for.`,
        `${what} 应在 ${low} 到 ${high} 之间，而要求的是 ${value}。`,
      ),
    ),
  )
}
