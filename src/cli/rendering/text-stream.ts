// Shows text and code as their pieces arrive, and does not repeat them when they are complete.
import type { BlockWriter } from './blocks.ts'
import { renderMarkdown } from './markdown.ts'
import { createMarkdownStream } from './markdown-stream.ts'

export interface TextStream {
  piece(of: 'text' | 'code', piece: string): void
  /** A complete block, written unless its pieces already were. */
  whole(kind: 'text' | 'code' | 'answer', text: string): void
  /** Whether the pieces of text since the last complete block add up to this text; clears them. */
  wasStreamed(text: string): boolean
  /** Other output follows: shows the incomplete rest of the text. */
  flush(): void
}

/** Writes on `lines`, code after a bar. With `columns`, text is rendered as Markdown of that width. */
export function createTextStream(lines: BlockWriter, columns?: () => number): TextStream {
  const markdown = columns && createMarkdownStream(columns)
  const bar = `  ${lines.grey('│')} `
  const barred = (code: string): string => code.replaceAll('\n', `\n${bar}`)
  const pieces = { text: '', code: '' }
  let breaks = ''
  /** The snippets of one answer arrive in one stream, so its code is remembered until the next answer's code begins. */
  let codeEnded = false

  return {
    piece(of, piece) {
      if (of === 'code' && codeEnded) pieces.code = ''
      if (of === 'code') codeEnded = false
      const begins = lines.last !== of || pieces[of] === ''
      const text = begins ? piece.replace(/^\s*\n/, '') : piece
      if (text === '') return
      if (begins) {
        lines.start(of)
        breaks = ''
      }
      pieces[of] += text
      if (of === 'text' && markdown) return lines.add(markdown.push(text))
      // Line breaks are held back until text follows, so that none is left over at the end.
      const body = text.trimEnd()
      const after = text.slice(body.length)
      const known = body === '' ? '' : breaks + body
      breaks = body === '' ? breaks + after : after
      lines.add(of === 'text' ? known : (begins ? bar : '') + barred(known))
    },
    whole(kind, text) {
      const of = kind === 'code' ? 'code' : 'text'
      const known = text.trim() !== '' && pieces[of].includes(text.trim())
      if (kind === 'code') codeEnded = true
      else pieces.text = ''
      if (known || text.trim() === '') return lines.end()
      const told = columns ? renderMarkdown(text, columns()) : text.trimEnd()
      lines.block(kind, kind === 'code' ? bar + barred(text.trimEnd()) : told)
    },
    wasStreamed(text) {
      const same = text.trim() !== '' && pieces.text.trim() === text.trim()
      pieces.text = ''
      return same
    },
    flush() {
      if (markdown) lines.add(markdown.rest())
    },
  }
}
