// Writes the code that saves a picture: in the format of its name, with a quality or a limit in bytes.
import { toHelperInput, toExpression, type Chain } from './chain.ts'
import { literal, type SnippetDraft } from './draft.ts'

interface Target {
  /** An expression for the file name. */
  readonly name: string
  readonly extension: string
  readonly bytes?: number
  readonly quality?: number
  /** The picture may have transparent parts, which JPEG cannot store. */
  readonly transparent?: boolean
}

const FORMATS: Readonly<Record<string, string>> = {
  jpg: 'jpeg',
  png: 'png',
  webp: 'webp',
  avif: 'avif',
  tiff: 'tiff',
  gif: 'gif',
}

/** Adds the line that writes the file. */
export function writeOutput(draft: SnippetDraft, chain: Chain, target: Target): void {
  const format = FORMATS[target.extension] ?? 'png'
  const flat = format === 'jpeg' && target.transparent ? [`.flatten({ background: ${literal('white')} })`] : []
  const whole = { ...chain, calls: [...chain.calls, ...flat], file: flat.length > 0 ? undefined : chain.file }
  if (target.bytes !== undefined) {
    draft.use('easel', 'compressTo')
    draft.use('node:fs/promises', 'writeFile')
    const limit = draft.constant('BYTES', target.bytes)
    const small = draft.fresh('small')
    draft.line(`const ${small} = await compressTo(${toHelperInput(whole)}, ${limit}, { format: '${format}' })`)
    draft.line(`await writeFile(${target.name}, ${small})`)
    return
  }
  const quality =
    target.quality === undefined || format === 'gif'
      ? []
      : [`.${format}({ quality: ${draft.constant('QUALITY', target.quality)} })`]
  draft.line(`await ${toExpression({ ...whole, calls: [...whole.calls, ...quality, `.toFile(${target.name})`] })}`)
}

/** The extension of a file name. */
export function extensionOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase()
}
