// For models without tools: finds the fenced TypeScript blocks of an answer while it streams.
// A line that may still become a fence is held back; everything else is passed on at once.

export interface FencePiece {
  readonly of: 'text' | 'code'
  readonly text: string
}

export interface FenceReader {
  push(piece: string): FencePiece[]
  /** What is left, and all that was read: the text outside the blocks, and each block's code. */
  end(): { pieces: FencePiece[]; text: string; blocks: string[]; open: boolean }
}

const OPENING = /^ {0,3}```+ *(?:ts|typescript|js|javascript|mjs|mts) *$/i
const CLOSING = /^ {0,3}```+ *$/
const MAYBE = /^ {0,3}(?:`{1,2}|```+ *[a-z]{0,12} *)?$/i

export function createFenceReader(): FenceReader {
  let line = ''
  let shown = 0
  let open = false
  let text = ''
  const blocks: string[] = []

  const give = (piece: string): FencePiece[] => {
    if (piece === '') return []
    if (open) blocks[blocks.length - 1] += piece
    else text += piece
    return [{ of: open ? 'code' : 'text', text: piece }]
  }
  const endLine = (end: string): FencePiece[] => {
    const bare = line.replace(/\r$/, '')
    const opens = !open && OPENING.test(bare)
    const fence = shown === 0 && (opens || (open && CLOSING.test(bare)))
    const pieces = fence ? [] : give(line.slice(shown) + end)
    if (fence) open = opens
    if (fence && opens) blocks.push('')
    line = ''
    shown = 0
    return pieces
  }
  const showLine = (): FencePiece[] => {
    if (shown === 0 && MAYBE.test(line)) return []
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
      return { pieces, text: text.trim(), blocks: blocks.map((block) => block.trimEnd()), open }
    },
  }
}
