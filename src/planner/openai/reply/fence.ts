// For models without tools: finds the fenced blocks of TypeScript and of edits in an answer while it streams.
// A line that may still become a fence is held back; everything else is passed on at once.

export interface FencePiece {
  readonly of: 'text' | 'code'
  readonly text: string
}

/** A block of code, or of edits to a cell; `cell` is missing if the fence names none. */
export interface Block {
  /** The body is a topic to look up. */
  readonly help?: boolean
  readonly edits: boolean
  readonly cell?: number
  readonly body: string
}

export interface FenceReader {
  push(piece: string): FencePiece[]
  /** The remaining pieces, then everything read: the text outside the blocks, and the blocks. */
  end(): { pieces: FencePiece[]; text: string; blocks: Block[]; open: boolean }
}

const OPENING =
  /^ {0,3}```+ *(?:(?:ts|typescript|js|javascript|mjs|mts)|(help)|(edit)(?:[ :]+(?:cell *)?#?(\d{1,9}))?) *$/i
const CLOSING = /^ {0,3}```+ *$/
/** A longer line, in characters, cannot become a fence. */
const MAX_OPENING = 100
const MAYBE = /^ {0,3}(?:`{1,2}|```+ *(?:[a-z]{0,12}|edit[ :]+[cel]{0,4} *#?\d{0,9}) *)?$/i

export function createFenceReader(): FenceReader {
  let line = ''
  let shown = 0
  let open = false
  let text = ''
  const blocks: { help?: boolean; edits: boolean; cell?: number; body: string }[] = []

  /** Edits are not shown here but as the cell that they produce. */
  const give = (piece: string): FencePiece[] => {
    const block = open ? blocks.at(-1) : undefined
    if (block) block.body += piece
    else text += piece
    return piece === '' || block?.edits || block?.help ? [] : [{ of: block ? 'code' : 'text', text: piece }]
  }
  const endLine = (end: string): FencePiece[] => {
    const bare = line.replace(/\r$/, '')
    const opening = open ? null : OPENING.exec(bare)
    const opens = opening !== null
    const fence = shown === 0 && (opens || (open && CLOSING.test(bare)))
    const pieces = fence ? [] : give(line.slice(shown) + end)
    if (fence) open = opens
    if (fence && opening) {
      const [, help, edit, cell] = opening
      blocks.push({
        ...(help ? { help: true } : {}),
        edits: edit !== undefined,
        ...(cell ? { cell: Number(cell) } : {}),
        body: '',
      })
    }
    line = ''
    shown = 0
    return pieces
  }
  const showLine = (): FencePiece[] => {
    if (shown === 0 && line.length <= MAX_OPENING && MAYBE.test(line)) return []
    const pieces = give(line.slice(shown))
    shown = line.length
    return pieces
  }

  return {
    push(piece) {
      const pieces: FencePiece[] = []
      const parts = piece.split('\n')
      parts.forEach((part, i) => {
        line += part
        pieces.push(...(i < parts.length - 1 ? endLine('\n') : showLine()))
      })
      return pieces
    },
    end() {
      const pieces = line === '' ? [] : endLine('')
      return {
        pieces,
        text: text.trim(),
        blocks: blocks.map((block) => ({ ...block, body: block.body.trimEnd() })),
        open,
      }
    },
  }
}
