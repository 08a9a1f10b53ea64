// Notes about call chains whose order sharp does not follow: it keeps only the last setting of each kind and runs the
// steps in an order of its own. That is no error, but the picture silently differs from what the code says.
// The order is that of sharp's src/pipeline.cc.
import { note } from '../notes-proxy.ts'

type Call = readonly [method: string, args: readonly unknown[]]

/** Steps of which only the last call takes effect. */
const ONE_OF_EACH = 'resize rotate composite blur linear affine extend median tint recomb convolve threshold'.split(' ')
/** Steps that always run before compositing. */
const BEFORE_COMPOSITE = (
  'resize extract rotate flip flop extend affine trim blur sharpen median modulate threshold grayscale greyscale ' +
  'convolve recomb dilate erode'
).split(' ')
/** Steps that always run before `extend`. */
const BEFORE_EXTEND = ['resize', 'extract', 'trim', 'rotate']
const GRAY = ['grayscale', 'greyscale']

/**
 * Adds a note for each call that is ignored or runs out of order; calls before `since` took effect in an earlier
 * output.
 */
export function noteOrder(calls: readonly Call[], since: number): void {
  // `rotate` without arguments is `autoOrient`.
  const names = calls.map(([method, args]) => (method === 'rotate' && args.length === 0 ? 'autoOrient' : method))
  for (const name of ONE_OF_EACH) noteRepeated(name, calls.slice(since), names.slice(since))
  noteExtracts(names)
  noteLaidOn(names)
  noteExtended(names)
  noteTint(names)
}

function noteRepeated(name: string, calls: readonly Call[], names: readonly string[]): void {
  const given = calls.filter((_, at) => names[at] === name).map(([, args]) => JSON.stringify(args))
  if (new Set(given).size < 2) return
  note(
    `sharp: ${name} was called ${given.length} times in one pipeline, and only the last counts; end each step with .toBuffer() and go on with sharp(buffer)${name === 'composite' ? ', or pass all layers to one call' : ''}.`,
  )
}

/** sharp supports one extract before the resize, and one after it or after the first extract. */
function noteExtracts(names: readonly string[]): void {
  const resize = names.indexOf('resize')
  const cuts = names.flatMap((name, at) => (name === 'extract' ? [at] : []))
  if (cuts.length > 2 || (resize !== -1 && cuts.filter((at) => at > resize).length > 1))
    note(
      'sharp: extract was called several times in one pipeline, and only the last counts; end each with .toBuffer().',
    )
}

function noteLaidOn(names: readonly string[]): void {
  const composite = names.lastIndexOf('composite')
  if (composite === -1) return
  const late = new Set(names.slice(composite).filter((name) => BEFORE_COMPOSITE.includes(name)))
  if (late.size === 0) return
  note(
    `sharp: ${[...late].join(', ')} after composite in one pipeline runs before it, so it does not affect the composited images; end with .toBuffer() after composite and go on with sharp(buffer).`,
  )
}

function noteExtended(names: readonly string[]): void {
  const extend = names.lastIndexOf('extend')
  if (extend === -1) return
  const late = new Set(names.slice(extend).filter((name) => BEFORE_EXTEND.includes(name)))
  if (late.size === 0) return
  note(
    `sharp: ${[...late].join(', ')} after extend in one pipeline runs before it, so the result's size differs from what the code suggests; end with .toBuffer() after extend.`,
  )
}

/** Grayscale reduces to one channel at the start of the pipeline and again at the end. */
function noteTint(names: readonly string[]): void {
  const isGray = names.some((name) => GRAY.includes(name))
  if (!isGray || !names.includes('tint') || names.some((name) => /^toColou?rspace$/.test(name))) return
  note(
    'sharp: with grayscale the result has one gray channel, so that the colour of tint is lost; tint alone makes gray tones of that colour.',
  )
}
