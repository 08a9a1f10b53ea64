// The sharp methods that a snippet may call, with the kinds of their arguments; all others are rejected. Values inside
// an argument are checked by sharp itself during replay, and by audit.ts afterwards.

/**
 * `value`: JSON without bytes. `picture`: bytes, a file name, or a description of a picture to create.
 * `pictures`: one or several pictures. `layers`: a list of objects whose `input` is a picture.
 */
export type ArgumentKind = 'value' | 'picture' | 'pictures' | 'layers'

const one: readonly ArgumentKind[] = ['value']
const two: readonly ArgumentKind[] = ['value', 'value']
const NONE = ['autoOrient', 'unflatten', 'removeAlpha', 'keepExif', 'keepIccProfile', 'keepGainMap', 'withGainMap']
const ONE = [
  'flip flop greyscale grayscale sharpen median blur dilate erode flatten negate normalise normalize clahe convolve',
  'recomb modulate tint pipelineColourspace pipelineColorspace toColourspace toColorspace ensureAlpha extractChannel',
  'bandbool extend extract trim withDensity withExif withExifMerge withXmp withMetadata',
  'jpeg png webp gif tiff avif heif jp2 jxl raw tile timeout',
].flatMap((names) => names.split(' '))
const TWO = ['rotate', 'affine', 'gamma', 'threshold', 'linear', 'withIccProfile', 'toFormat']
// Methods without parameters that may still get some (`keepXmp(true)`), which sharp ignores.
const IGNORING = [...NONE, 'keepXmp', 'keepMetadata']

/** Each allowed method with its argument kinds; a Map, so that `constructor` and `__proto__` are simply unknown. */
export const METHODS: ReadonlyMap<string, readonly ArgumentKind[]> = new Map<string, readonly ArgumentKind[]>([
  ...IGNORING.map((name) => [name, one] as const),
  ...ONE.map((name) => [name, one] as const),
  ...TWO.map((name) => [name, two] as const),
  ['resize', ['value', 'value', 'value']],
  ['boolean', ['picture', 'value', 'value']],
  ['joinChannel', ['pictures', 'value']],
  ['composite', ['layers']],
])
