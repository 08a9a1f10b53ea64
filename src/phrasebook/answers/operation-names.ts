// Names of operations for users (labels on panels, plans, answers) and for file names.
import type { Transform } from '../jobs/job.ts'
import type { Bilingual, Language } from '../parsing/language.ts'
import type { MentionKind, Position } from '../parsing/intent.ts'

interface Wording {
  readonly label: Bilingual
  /** For file names. */
  readonly slug: string
}

const percent = (factor: number) => `${Math.round(factor * 100)}%`

/** The names of a step, with its numbers. */
export function wordingOf(step: Transform): Wording {
  switch (step.kind) {
    case 'grayscale':
      return wording('Grayscale', '灰度', 'gray')
    case 'invert':
      return wording('Inverted', '反色', 'invert')
    case 'sepia':
      return wording('Sepia', '怀旧', 'sepia')
    case 'sobel':
      return wording('Sobel', 'Sobel 边缘', 'sobel')
    case 'otsu':
      return wording('Otsu', 'Otsu 二值化', 'otsu')
    case 'stretch':
      return wording('Contrast stretch', '对比度拉伸', 'stretch')
    case 'threshold':
      return wording(`Threshold ${step.level}`, `阈值 ${step.level}`, `threshold${step.level}`)
    case 'rotate':
      return rotated(step.degrees)
    case 'flip':
      return step.axis === 'horizontal'
        ? wording('Mirrored', '水平翻转', 'mirror')
        : wording('Flipped', '垂直翻转', 'flip')
    case 'crop':
      return cropped(step)
    case 'resize':
      return resized(step)
    case 'blur':
      return wording('Gaussian blur', '高斯模糊', 'blur')
    case 'sharpen':
      return wording('Sharpened', '锐化', 'sharp')
    case 'contrast':
      return wording(`Contrast ${percent(step.factor)}`, `对比度 ${percent(step.factor)}`, 'contrast')
    case 'brighten':
      return wording(`Brightness ${percent(step.factor)}`, `亮度 ${percent(step.factor)}`, 'brightness')
    case 'saturate':
      return wording(`Saturation ${percent(step.factor)}`, `饱和度 ${percent(step.factor)}`, 'saturation')
    case 'hue':
      return wording(`Hue ${step.degrees}°`, `色相 ${step.degrees}°`, 'hue')
    case 'tint':
      return wording(`Tint ${step.color}`, `着色 ${step.color}`, step.color)
    case 'label':
      return wording(`label "${step.text}"`, `文字"${step.text}"`, 'label')
  }
}

/** The label of a panel: its steps, or "Original". */
export function labelOf(steps: readonly Transform[], language: Language): string {
  if (steps.length === 0) return { en: 'Original', zh: '原图' }[language]
  return steps.map((step) => wordingOf(step).label[language]).join(' + ')
}

/** Steps as a phrase, with the numbers that a label leaves out: `grayscale, then Gaussian blur (sigma 5)`. */
export function stepsInWords(steps: readonly Transform[], language: Language): string {
  const said = steps.map((step) => {
    const text = wordingOf(step).label[language]
    return 'sigma' in step ? `${text} (sigma ${step.sigma})` : text
  })
  return said.join({ en: ', then ', zh: '，再' }[language])
}

const NAMES: Readonly<Record<MentionKind, Bilingual>> = {
  grayscale: both('grayscale', '灰度'),
  invert: both('invert', '反色'),
  sepia: both('sepia', '怀旧'),
  sobel: both('Sobel edges', '边缘检测'),
  otsu: both('Otsu threshold', '二值化'),
  threshold: both('threshold', '阈值'),
  rotate: both('rotate', '旋转'),
  flip: both('flip', '翻转'),
  crop: both('crop', '裁剪'),
  resize: both('resize', '缩放'),
  blur: both('blur', '模糊'),
  sharpen: both('sharpen', '锐化'),
  stretch: both('contrast stretch', '对比度拉伸'),
  contrast: both('contrast', '对比度'),
  brighten: both('brighten', '调亮'),
  darken: both('darken', '调暗'),
  saturate: both('saturation', '饱和度'),
  hue: both('hue', '色相'),
  tint: both('tint', '着色'),
  label: both('label', '文字'),
  original: both('the original', '原图'),
  adjust: both('more or less', '强弱'),
  stack: both('stack', '拼接'),
  grid: both('grid', '网格'),
  convert: both('convert', '转换格式'),
  compress: both('compress', '压缩'),
  spin: both('turning GIF', '旋转动图'),
  cycle: both('colour cycling', '颜色循环'),
  gif: both('GIF', '动图'),
  slideshow: both('slideshow', '幻灯片'),
  histogram: both('histogram', '直方图'),
  info: both('info', '信息'),
  summary: both('summary', '汇总'),
  chart: both('chart', '图表'),
  table: both('table', '表格'),
  race: both('animated bar chart', '动态变化图'),
}

/** An operation's name without numbers. */
export function nameOf(kind: MentionKind, language: Language): string {
  return NAMES[kind][language]
}

/** A position on a picture, in words. */
export function placeInWords(position: Position, language: Language): string {
  const chinese: Readonly<Record<Position, string>> = {
    'top-left': '左上角',
    top: '上方',
    'top-right': '右上角',
    left: '左边',
    center: '中间',
    right: '右边',
    'bottom-left': '左下角',
    bottom: '下方',
    'bottom-right': '右下角',
  }
  return language === 'zh' ? chinese[position] : position.replace('-', ' ')
}

function wording(en: string, zh: string, slug: string): Wording {
  return { label: { en, zh }, slug }
}

function both(en: string, zh: string): Bilingual {
  return { en, zh }
}

function rotated(degrees: number): Wording {
  const way = degrees < 0 ? ['counter-clockwise', '逆时针'] : ['', '']
  const size = Math.abs(degrees)
  return wording(`Rotated ${size}° ${way[0]}`.trim(), `${way[1]}旋转 ${size}°`, `rotate${degrees}`)
}

function cropped({ area }: Extract<Transform, { kind: 'crop' }>): Wording {
  const { width, height } = area
  if (area.type === 'size')
    return wording(`Cropped to ${width}x${height}`, `裁剪 ${width}x${height}`, `crop${width}x${height}`)
  if (width === height) return wording('Cropped to a square', '裁成正方形', 'square')
  return wording(`Cropped to ${width}:${height}`, `裁剪 ${width}:${height}`, `crop${width}-${height}`)
}

function resized({ width, height, scale }: Extract<Transform, { kind: 'resize' }>): Wording {
  if (scale !== undefined)
    return wording(`Resized to ${percent(scale)}`, `缩放到 ${percent(scale)}`, `${Math.round(scale * 100)}pct`)
  if (width !== undefined && height !== undefined)
    return wording(`Resized to ${width}x${height}`, `缩放到 ${width}x${height}`, `${width}x${height}`)
  if (width !== undefined) return wording(`Resized to ${width} px wide`, `缩放到 ${width} 像素宽`, `${width}w`)
  return wording(`Resized to ${height} px high`, `缩放到 ${height} 像素高`, `${height}h`)
}
