// The drawing commands both halves know: the guest writes their numbers, the native half replays nothing else.

/** Kinds of native objects a handle may stand for. */
export type Kind = 'canvas' | 'context' | 'gradient' | 'pattern' | 'path' | 'image' | 'fontkey'

/**
 * One command: who receives it, the method (or `=property`), its arguments, one letter each:
 * n number · s string · b boolean · p Path2D · i picture (canvas or image) · c canvas · o gradient or pattern ·
 * v list of numbers · r the handle under which what it makes is kept.
 */
export type Command = readonly [kind: Kind, name: string, signature: string]

const SHAPES: readonly (readonly [string, string])[] = [
  ['moveTo', 'nn'],
  ['lineTo', 'nn'],
  ['bezierCurveTo', 'nnnnnn'],
  ['quadraticCurveTo', 'nnnn'],
  ['arc', 'nnnnn'],
  ['arc', 'nnnnnb'],
  ['arcTo', 'nnnnn'],
  ['ellipse', 'nnnnnnn'],
  ['ellipse', 'nnnnnnnb'],
  ['rect', 'nnnn'],
  ['roundRect', 'nnnn'],
  ['roundRect', 'nnnnn'],
  ['closePath', ''],
]

const DRAWING: readonly (readonly [string, string])[] = [
  ...SHAPES,
  ['beginPath', ''],
  ['fillRect', 'nnnn'],
  ['strokeRect', 'nnnn'],
  ['clearRect', 'nnnn'],
  ['fill', ''],
  ['fill', 's'],
  ['fill', 'p'],
  ['fill', 'ps'],
  ['stroke', ''],
  ['stroke', 'p'],
  ['clip', ''],
  ['clip', 's'],
  ['clip', 'p'],
  ['clip', 'ps'],
  ['save', ''],
  ['restore', ''],
  ['reset', ''],
  ['rotate', 'n'],
  ['scale', 'nn'],
  ['translate', 'nn'],
  ['transform', 'nnnnnn'],
  ['setTransform', 'nnnnnn'],
  ['resetTransform', ''],
  ['setLineDash', 'v'],
  ['fillText', 'snn'],
  ['fillText', 'snnn'],
  ['strokeText', 'snn'],
  ['strokeText', 'snnn'],
  ['drawImage', 'inn'],
  ['drawImage', 'innnn'],
  ['drawImage', 'innnnnnnn'],
  ['drawCanvas', 'cnn'],
  ['drawCanvas', 'cnnnn'],
  ['drawCanvas', 'cnnnnnnnn'],
  ['createLinearGradient', 'rnnnn'],
  ['createRadialGradient', 'rnnnnnn'],
  ['createConicGradient', 'rnnn'],
]

/** Properties of a context by the type that its setter takes at once; every other type goes the slow way. */
export const PROPERTIES: Readonly<Record<string, 'n' | 's' | 'b' | 'so'>> = {
  fillStyle: 'so',
  strokeStyle: 'so',
  font: 's',
  textAlign: 's',
  textBaseline: 's',
  direction: 's',
  fontKerning: 's',
  fontStretch: 's',
  fontVariantCaps: 's',
  fontVariationSettings: 's',
  letterSpacing: 's',
  wordSpacing: 's',
  textRendering: 's',
  lang: 's',
  lineWidth: 'n',
  lineCap: 's',
  lineJoin: 's',
  miterLimit: 'n',
  lineDashOffset: 'n',
  globalAlpha: 'n',
  globalCompositeOperation: 's',
  shadowBlur: 'n',
  shadowColor: 's',
  shadowOffsetX: 'n',
  shadowOffsetY: 'n',
  filter: 's',
  imageSmoothingEnabled: 'b',
  imageSmoothingQuality: 's',
}

/** Properties that decide what `measureText` answers. */
export const TEXT_PROPERTIES = [
  'font',
  'textAlign',
  'textBaseline',
  'direction',
  'fontKerning',
  'fontStretch',
  'fontVariantCaps',
  'fontVariationSettings',
  'letterSpacing',
  'wordSpacing',
  'textRendering',
  'lang',
] as const

/** A command's number is its place in this list. */
export const COMMANDS: readonly Command[] = [
  ...DRAWING.map(([name, signature]): Command => ['context', name, signature]),
  ...Object.entries(PROPERTIES).flatMap(([name, types]): Command[] =>
    types.split('').map((type) => ['context', `=${name}`, type]),
  ),
  ...SHAPES.map(([name, signature]): Command => ['path', name, signature]),
  ['path', 'new', 'r'],
  ['gradient', 'addColorStop', 'ns'],
]

const named = (names: string): ReadonlySet<string> => new Set(names.split(' '))

/** Methods that may be called at once with any arguments (the real package then judges them), by kind. */
export const METHODS: Readonly<Record<Kind, ReadonlySet<string>>> = {
  context: new Set([
    ...DRAWING.map(([name]) => name),
    ...named('createPattern getContextAttributes getImageData putImageData getLineDash getTransform'),
    ...named('isPointInPath isPointInStroke measureText'),
    ...named('annotateLinkUrl annotateNamedDestination annotateLinkToDestination'),
  ]),
  path: new Set([
    ...SHAPES.map(([name]) => name),
    ...named('addPath asWinding computeTightBounds dash equals getBounds getFillType getFillTypeString isPointInPath'),
    ...named('op round setFillType simplify stroke toSVGString transform trim'),
  ]),
  gradient: named('addColorStop'),
  pattern: named('setTransform'),
  canvas: named('getContext toBuffer toDataURL encodeSync data'),
  image: new Set(),
  fontkey: new Set(),
}

const PATH: readonly Kind[] = ['path']

/**
 * The kinds of native objects that a first argument may be, by method, `=property` or `new`. The real package does not
 * tell its own classes apart: a canvas in the place of a path makes it read foreign memory. So nothing else is let through.
 */
export const TAKES: Readonly<Record<string, readonly (Kind | 'picture')[]>> = {
  drawImage: ['canvas', 'image'],
  drawCanvas: ['canvas'],
  createPattern: ['canvas', 'image', 'picture'],
  putImageData: ['picture'],
  fill: PATH,
  stroke: PATH,
  clip: PATH,
  isPointInPath: PATH,
  isPointInStroke: PATH,
  op: PATH,
  equals: PATH,
  addPath: PATH,
  'new path': PATH,
  '=fillStyle': ['gradient', 'pattern'],
  '=strokeStyle': ['gradient', 'pattern'],
  remove: ['fontkey'],
  removeBatch: ['fontkey'],
}

/** Methods that give a promise; started in order, awaited apart. */
export const SLOW_METHODS: Readonly<Partial<Record<Kind, ReadonlySet<string>>>> = {
  canvas: named('encode toDataURLAsync'),
  image: named('decode'),
}

/** Properties that may be read and written, by kind. */
export const FIELDS: Readonly<Partial<Record<Kind, ReadonlySet<string>>>> = {
  context: new Set(Object.keys(PROPERTIES)),
  canvas: named('width height'),
  image: named('width height alt'),
}

/** Methods of GlobalFonts that the guest may call. */
export const FONT_METHODS = named('register remove removeBatch setAlias getFamilies has hasVariations getVariationAxes')
