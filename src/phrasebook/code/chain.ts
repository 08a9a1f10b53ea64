// Writes steps on one picture as a sharp chain; uses helpers of easel where sharp lacks a step, and starts a new chain
// where sharp would apply the steps in another order.
import type { Source, Transform } from '../jobs/job.ts'
import { literal, type SnippetDraft } from './draft.ts'
import { mayFollow, changesSize } from './order.ts'
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
export function openPicture(draft: SnippetDraft, name: string): Chain {
  draft.use('sharp')
  return { head: `sharp(${name}).autoOrient()`, calls: [], steps: [], file: name }
}

/** As `opened`, for a source. */
export function openSource(draft: SnippetDraft, source: Source): Chain {
  return openPicture(draft, literal(source.name))
}

/** Appends all steps in order. */
export function applySteps(draft: SnippetDraft, chain: Chain, steps: readonly Transform[]): Chain {
  return steps.reduce((result, step) => applyStep(draft, result, step), chain)
}

/** The chain as an expression, over several lines if it is long. */
export function toExpression({ head, calls }: Chain, indent = ''): string {
  const line = head + calls.join('')
  if (line.length + indent.length <= 96 && !line.includes('\n')) return line
  const [, open, rest] = /^(sharp\((?:[^()]|\([^)]*\))*\))(\..*)?$/s.exec(head) ?? [undefined, head, undefined]
  return [open, ...[rest ?? '', ...calls].filter(Boolean).map((call) => `${indent}  ${call}`)].join('\n')
}

/** The argument for a helper: the file name if nothing is chained yet, else the chain. */
export function toHelperInput(chain: Chain): string {
  return chain.calls.length === 0 && chain.file ? chain.file : toExpression(chain)
}

/** Stores the chain in a variable, from which several others can start. */
export function storeChain(draft: SnippetDraft, chain: Chain, name: string): Chain {
  const isName = /^\w+$/.test(chain.head) && chain.calls.length === 0
  if (isName) return chain
  const variable = draft.fresh(name)
  draft.line(`const ${variable} = ${toExpression(chain)}`)
  return { ...chain, head: variable, calls: [], file: undefined }
}

/** A new chain that starts from a stored one. */
export function branchChain(chain: Chain): Chain {
  return { ...chain, head: `${chain.head}.clone()`, calls: [] }
}

function applyStep(draft: SnippetDraft, chain: Chain, step: Transform): Chain {
  const helper = helperOf(draft, step)
  if (helper) {
    const name = draft.fresh(variableOf(step))
    const input = toHelperInput(chain).replace(/^(\w+)\.clone\(\)$/, '$1')
    draft.line(`const ${name} = await ${helper.name}(${[input, ...helper.args].join(', ')})`)
    return { head: name, calls: [], steps: [] }
  }
  const ready = mayFollow(chain.steps, step) ? chain : renderChain(draft, chain)
  const sized = needsSize(step) ? withSize(draft, ready) : ready
  return {
    ...sized,
    calls: [...sized.calls, callOf(draft, step, sized.size)],
    steps: [...sized.steps, step],
    size: changesSize(step) ? undefined : sized.size,
    file: undefined,
  }
}

/** Renders the chain so far to bytes and starts a new chain on them. */
function renderChain(draft: SnippetDraft, chain: Chain): Chain {
  const name = draft.fresh(variableOf(chain.steps.at(-1)!))
  draft.use('sharp')
  draft.line(`const ${name} = await ${toExpression({ ...chain, calls: [...chain.calls, '.png()', '.toBuffer()'] })}`)
  return { head: `sharp(${name})`, calls: [], steps: [] }
}

/** Makes width and height available in a variable `size`. */
function withSize(draft: SnippetDraft, chain: Chain): Chain {
  if (chain.size) return chain
  const size = draft.fresh('size')
  if (!chain.steps.some(changesSize)) {
    const head = chain.file ? `sharp(${chain.file})` : chain.head
    draft.line(`const { autoOrient: ${size} } = await ${head}.metadata()`)
    return { ...chain, size }
  }
  const name = draft.fresh(variableOf(chain.steps.at(-1)!))
  draft.use('sharp')
  const made = toExpression({ ...chain, calls: [...chain.calls, '.png()', '.toBuffer({ resolveWithObject: true })'] })
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
