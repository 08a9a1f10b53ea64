// Writes steps on one picture as a sharp chain; uses helpers of easel where sharp lacks a step, and starts a new chain
// where sharp would apply the steps in another order.
import type { Source, Transform } from '../jobs/job.ts'
import { literal, type Draft } from './draft.ts'
import { mayFollow, resizes } from './order.ts'
import { callOf, helperOf, needsSize } from './calls.ts'

/** An unfinished picture: `head` is an expression, `calls` are chained to it. */
export interface Chain {
  readonly head: string
  readonly calls: readonly string[]
  /** The steps in `calls`, and in the chain behind `head`. */
  readonly steps: readonly Transform[]
  /** The file name as an expression, which a helper takes instead of a `head` without calls. */
  readonly file?: string
  /** The variable with width and height, as long as they are those of `head`. */
  readonly size?: string
}

/** A chain on a file's picture, rotated upright by EXIF. `name` is an expression. */
export function opened(draft: Draft, name: string): Chain {
  draft.use('sharp')
  return { head: `sharp(${name}).autoOrient()`, calls: [], steps: [], file: name }
}

/** As `opened`, for a source. */
export function openedSource(draft: Draft, source: Source): Chain {
  return opened(draft, literal(source.name))
}

/** Appends all steps in order. */
export function applied(draft: Draft, chain: Chain, steps: readonly Transform[]): Chain {
  return steps.reduce((result, step) => appliedOne(draft, result, step), chain)
}

/** The chain as an expression, over several lines if it is long. */
export function expression({ head, calls }: Chain, indent = ''): string {
  const line = head + calls.join('')
  if (line.length + indent.length <= 96 && !line.includes('\n')) return line
  const [, open, rest] = /^(sharp\((?:[^()]|\([^)]*\))*\))(\..*)?$/s.exec(head) ?? [undefined, head, undefined]
  return [open, ...[rest ?? '', ...calls].filter(Boolean).map((call) => `${indent}  ${call}`)].join('\n')
}

/** The argument for a helper: the file name if nothing is chained yet, else the chain. */
export function asPicture(chain: Chain): string {
  return chain.calls.length === 0 && chain.file ? chain.file : expression(chain)
}

/** Stores the chain in a variable, from which several others can start. */
export function held(draft: Draft, chain: Chain, name: string): Chain {
  const isName = /^\w+$/.test(chain.head) && chain.calls.length === 0
  if (isName) return chain
  const variable = draft.fresh(name)
  draft.line(`const ${variable} = ${expression(chain)}`)
  return { ...chain, head: variable, calls: [], file: undefined }
}

/** A new chain that starts from a stored one. */
export function branched(chain: Chain): Chain {
  return { ...chain, head: `${chain.head}.clone()`, calls: [] }
}

function appliedOne(draft: Draft, chain: Chain, step: Transform): Chain {
  const helper = helperOf(draft, step)
  if (helper) {
    const name = draft.fresh(variableOf(step))
    const input = asPicture(chain).replace(/^(\w+)\.clone\(\)$/, '$1')
    draft.line(`const ${name} = await ${helper.name}(${[input, ...helper.args].join(', ')})`)
    return { head: name, calls: [], steps: [] }
  }
  const ready = mayFollow(chain.steps, step) ? chain : settledBytes(draft, chain)
  const sized = needsSize(step) ? withSize(draft, ready) : ready
  return {
    ...sized,
    calls: [...sized.calls, callOf(draft, step, sized.size)],
    steps: [...sized.steps, step],
    size: resizes(step) ? undefined : sized.size,
    file: undefined,
  }
}

/** Renders the chain so far to bytes and starts a new chain on them. */
function settledBytes(draft: Draft, chain: Chain): Chain {
  const name = draft.fresh(variableOf(chain.steps.at(-1)!))
  draft.use('sharp')
  draft.line(`const ${name} = await ${expression({ ...chain, calls: [...chain.calls, '.png()', '.toBuffer()'] })}`)
  return { head: `sharp(${name})`, calls: [], steps: [] }
}

/** Makes width and height available in a variable `size`. */
function withSize(draft: Draft, chain: Chain): Chain {
  if (chain.size) return chain
  const size = draft.fresh('size')
  if (!chain.steps.some(resizes)) {
    const head = chain.file ? `sharp(${chain.file})` : chain.head
    draft.line(`const { autoOrient: ${size} } = await ${head}.metadata()`)
    return { ...chain, size }
  }
  const name = draft.fresh(variableOf(chain.steps.at(-1)!))
  draft.use('sharp')
  const made = expression({ ...chain, calls: [...chain.calls, '.png()', '.toBuffer({ resolveWithObject: true })'] })
  draft.line(`const { data: ${name}, info: ${size} } = await ${made}`)
  return { head: `sharp(${name})`, calls: [], steps: [], size }
}

/** A variable name for the picture after a step. */
export function variableOf({ kind }: Transform): string {
  const names: Readonly<Record<Transform['kind'], string>> = {
    grayscale: 'gray',
    invert: 'inverted',
    sepia: 'sepia',
    sobel: 'edges',
    otsu: 'binary',
    stretch: 'stretched',
    threshold: 'binary',
    rotate: 'rotated',
    flip: 'mirrored',
    crop: 'cropped',
    resize: 'resized',
    blur: 'blurred',
    sharpen: 'sharpened',
    contrast: 'contrasted',
    brighten: 'brightened',
    saturate: 'saturated',
    hue: 'hueShifted',
    tint: 'tinted',
    label: 'labelled',
  }
  return names[kind]
}
