// The code of one step: a sharp call, or a helper of easel for what sharp lacks.
import type { Area, Transform } from '../jobs/job.ts'
import { literal, type SnippetDraft } from './draft.ts'

/** Whether the call depends on the picture's own width and height. */
export function needsSize(step: Transform): boolean {
  if (step.kind === 'resize') return step.scale !== undefined
  return step.kind === 'crop' && !(step.area.type === 'size' && (step.area.at || step.area.position === 'top-left'))
}

/** The helper for a step and its arguments after the picture; undefined if sharp does the step. */
export function helperOf(draft: SnippetDraft, step: Transform): { name: string; args: readonly string[] } | undefined {
  const names: Partial<Record<Transform['kind'], string>> = {
    sobel: 'sobel',
    otsu: 'otsu',
    stretch: 'contrastStretch',
    label: 'label',
  }
  const name = names[step.kind]
  if (!name) return undefined
  draft.use('easel', name)
  if (step.kind !== 'label') return { name, args: [] }
  const color = step.color ? `, color: ${literal(step.color)}` : ''
  return { name, args: [literal(step.text), `{ position: ${literal(step.position)}${color} }`] }
}

/** The sharp call for a step. `size`: the variable with the picture's width and height, if `needsSize`. */
export function callOf(draft: SnippetDraft, step: Transform, size = 'size'): string {
  switch (step.kind) {
    case 'grayscale':
      return '.grayscale()'
    case 'invert':
      return '.negate({ alpha: false })'
    case 'sepia':
      return '.recomb([[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]])'
    case 'threshold':
      return `.threshold(${draft.constant('LEVEL', step.level)})`
    case 'rotate':
      return rotation(draft, step)
    case 'flip':
      return step.axis === 'horizontal' ? '.flop()' : '.flip()'
    case 'crop':
      return `.extract(${extraction(draft, step.area, size)})`
    case 'resize':
      return resizing(draft, step, size)
    case 'blur':
      return `.blur(${draft.constant('SIGMA', step.sigma)})`
    case 'sharpen':
      return `.sharpen({ sigma: ${draft.constant('SHARPNESS', step.sigma)} })`
    case 'contrast': {
      const factor = draft.constant('CONTRAST', step.factor)
      return `.linear(${factor}, 128 * (1 - ${factor}))`
    }
    case 'brighten':
      return `.modulate({ brightness: ${draft.constant('BRIGHTNESS', step.factor)} })`
    case 'saturate':
      return `.modulate({ saturation: ${draft.constant('SATURATION', step.factor)} })`
    case 'hue':
      return `.modulate({ hue: ${draft.constant('HUE', step.degrees)} })`
    case 'tint':
      return `.tint(${literal(step.color)})`
    default:
      throw new Error(`${step.kind} is a helper, not a call of sharp`)
  }
}

function rotation(draft: SnippetDraft, { degrees, background }: Extract<Transform, { kind: 'rotate' }>): string {
  const angle = draft.constant('DEGREES', degrees)
  return degrees % 90 === 0 ? `.rotate(${angle})` : `.rotate(${angle}, { background: ${literal(background)} })`
}

function resizing(
  draft: SnippetDraft,
  { width, height, scale }: Extract<Transform, { kind: 'resize' }>,
  size: string,
): string {
  if (scale !== undefined)
    return `.resize({ width: Math.max(1, Math.round(${size}.width * ${draft.constant('SCALE', scale)})) })`
  const given = [
    ...(width === undefined ? [] : [`width: ${draft.constant('WIDTH', width)}`]),
    ...(height === undefined ? [] : [`height: ${draft.constant('HEIGHT', height)}`]),
  ]
  return `.resize({ ${given.join(', ')} })`
}

function extraction(draft: SnippetDraft, area: Area, size: string): string {
  if (area.type === 'size') {
    const width = draft.constant('CROP_WIDTH', area.width)
    const height = draft.constant('CROP_HEIGHT', area.height)
    const at = area.at
      ? `left: ${draft.constant('LEFT', area.at.x)}, top: ${draft.constant('TOP', area.at.y)}`
      : `left: ${offset(area, 'left', 'right', `${size}.width`, width)}, top: ${offset(area, 'top', 'bottom', `${size}.height`, height)}`
    return `{ ${at}, width: ${width}, height: ${height} }`
  }
  const square = area.width === area.height
  const width = draft.fresh(square ? 'side' : 'cropWidth')
  const height = square ? width : draft.fresh('cropHeight')
  if (square) draft.line(`const ${width} = Math.min(${size}.width, ${size}.height)`)
  else {
    const ratio = draft.constant('RATIO', `${area.width} / ${area.height}`)
    draft.line(`const ${width} = Math.min(${size}.width, Math.round(${size}.height * ${ratio}))`)
    draft.line(`const ${height} = Math.min(${size}.height, Math.round(${size}.width / ${ratio}))`)
  }
  const left = offset(area, 'left', 'right', `${size}.width`, width)
  const top = offset(area, 'top', 'bottom', `${size}.height`, height)
  return `{ left: ${left}, top: ${top}, width: ${width}, height: ${height} }`
}

function offset({ position }: Area, near: string, far: string, whole: string, part: string): string {
  if (position.includes(near)) return '0'
  return position.includes(far) ? `${whole} - ${part}` : `Math.round((${whole} - ${part}) / 2)`
}
