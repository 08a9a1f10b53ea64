// The drawing commands that both halves share: the guest writes command numbers, and the native half replays no others.

/** Kinds of native objects a handle may stand for. */
export type Kind = 'canvas' | 'svg' | 'pdf' | 'context' | 'gradient' | 'pattern' | 'path' | 'image' | 'fontkey'

/**
 * A command: the receiver's kind, the method (or `=property`), and one letter per argument:
 * n number · s string · b boolean · p Path2D · i picture (canvas or image) · c canvas · o gradient or pattern ·
 * v list of numbers · r the handle assigned to the object that the call creates.
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

/** Context properties by the argument types that can be recorded; values of other types are sent synchronously. */
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

/** Properties that affect `measureText`. */
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

/** A command's number is its index in this list. */
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

/** Methods that may be called synchronously with any arguments, which the real package validates, by kind. */
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
  svg: named('getContext getContent'),
  pdf: named('beginPage endPage close'),
  image: new Set(),
  fontkey: new Set(),
}

const PATH: readonly Kind[] = ['path']

/**
 * The kinds of native objects allowed as first argument, by method, `=property` or `new`. The real package does not
 * check its own classes: a canvas passed as a path makes it read foreign memory. All other kinds are therefore refused.
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

/** Methods that return a promise; started in order, awaited separately. */
export const SLOW_METHODS: Readonly<Partial<Record<Kind, ReadonlySet<string>>>> = {
  canvas: named('encode toDataURLAsync'),
  image: named('decode'),
}

/** Readable and writable properties, by kind. */
export const FIELDS: Readonly<Partial<Record<Kind, ReadonlySet<string>>>> = {
  context: new Set(Object.keys(PROPERTIES)),
  canvas: named('width height'),
  svg: named('width height'),
  image: named('width height alt'),
}

/** Methods of GlobalFonts that the guest may call. */
export const FONT_METHODS = named('register remove removeBatch setAlias getFamilies has hasVariations getVariationAxes')
