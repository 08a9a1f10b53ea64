// The methods of sharp that a snippet may have called, and what each argument may be. All else is refused.
// The values inside an argument are checked by sharp itself when the call is replayed, and by audit.ts afterwards.

/**
 * `value`: JSON without bytes. `picture`: bytes, the name of a file, or a description of a picture to make.
 * `pictures`: one or several pictures. `layers`: a list of objects whose `input` is a picture.
 */
export type Slot = 'value' | 'picture' | 'pictures' | 'layers'

const one: readonly Slot[] = ['value']
const two: readonly Slot[] = ['value', 'value']
const NONE = ['autoOrient', 'unflatten', 'removeAlpha', 'keepExif', 'keepIccProfile', 'keepGainMap', 'withGainMap']
const ONE = [
  'flip flop greyscale grayscale sharpen median blur dilate erode flatten negate normalise normalize clahe convolve',
  'recomb modulate tint pipelineColourspace pipelineColorspace toColourspace toColorspace ensureAlpha extractChannel',
  'bandbool extend extract trim withDensity withExif withExifMerge withXmp withMetadata',
  'jpeg png webp gif tiff avif heif jp2 jxl raw tile timeout',
].flatMap((names) => names.split(' '))
const TWO = ['rotate', 'affine', 'gamma', 'threshold', 'linear', 'withIccProfile', 'toFormat']
// Methods without parameters that may still be handed some (`keepXmp(true)`), which sharp ignores.
const IGNORING = [...NONE, 'keepXmp', 'keepMetadata']

/** Each allowed method with the kinds of its arguments; a Map, so that `constructor` or `__proto__` is just unknown. */
export const METHODS: ReadonlyMap<string, readonly Slot[]> = new Map<string, readonly Slot[]>([
  ...IGNORING.map((name) => [name, one] as const),
  ...ONE.map((name) => [name, one] as const),
  ...TWO.map((name) => [name, two] as const),
  ['resize', ['value', 'value', 'value']],
  ['boolean', ['picture', 'value', 'value']],
  ['joinChannel', ['pictures', 'value']],
  ['composite', ['layers']],
])
