// Renders Markdown that arrives in pieces: each block as soon as it is complete, so that the text still streams.
import type { Token, Tokens } from 'marked'
import { renderTokens, tokensOf } from './markdown.ts'

export interface MarkdownStream {
  /** Takes a piece; returns the text that can be shown now, to be appended to the output so far. */
  push(piece: string): string
  /** Returns the remaining text; the next piece starts a new document. */
  rest(): string
}

/** Up to the last empty line or fence, where a block may be complete. */
const UNTIL_BREAK = /^[\s\S]*(?:^|\n)[^\S\n]*(?:(?:`{3,}|~{3,})[^\S\n]*)?\n/

/** `columns` returns the current width of the terminal. */
export function createMarkdownStream(columns: () => number): MarkdownStream {
  let pending = ''
  let gap = ''
  /** Characters of `pending` that have been examined without finding a complete block. */
  let read = 0

  const shown = (tokens: readonly Token[], next: string): string => {
    const text = renderTokens(tokens, columns())
    if (text === '') return ''
    const told = gap + text
    gap = next
    return told
  }
  return {
    push(piece) {
      pending += piece
      const whole = piece.includes('\n') ? (UNTIL_BREAK.exec(pending)?.[0] ?? '') : ''
      if (whole.length <= read) return ''
      const { done, open, next = '\n\n' } = cut(tokensOf(whole), /\n[^\S\n]*\n$/.test(whole))
      read = open.length
      pending = open + pending.slice(whole.length)
      return done.length === 0 ? '' : shown(done, next)
    },
    rest() {
      const told = shown(tokensOf(pending), '')
      pending = ''
      gap = ''
      read = 0
      return told
    },
  }
}

interface Cut {
  readonly done: readonly Token[]
  /** The source of the incomplete rest. */
  readonly open: string
  /** The gap before the rest, if a list goes on. */
  readonly next?: '\n' | '\n\n'
}

/** `isFollowed`: an empty line follows. */
function cut(tokens: readonly Token[], isFollowed: boolean): Cut {
  const index = tokens.findLastIndex(({ type }) => type !== 'space')
  const last = tokens[index]
  if (!last) return { done: [], open: '' }
  const before = tokens.slice(0, index)
  const open = rawOf(tokens.slice(index))
  if (last.type === 'list') return cutList(before, last as Tokens.List, open)
  const isDone = last.type === 'code' ? isClosed(last as Tokens.Code) : isFollowed
  return isDone ? { done: tokens, open: '' } : { done: before, open }
}

/** The last item may go on after an empty line; those before it are complete. */
function cutList(before: readonly Token[], list: Tokens.List, raw: string): Cut {
  if (list.items.length < 2) return { done: before, open: raw }
  const items = list.items.slice(0, -1)
  const number = (list.start || 0) + items.length
  const open = raw.slice(rawOf(items).length)
  return {
    done: [...before, { ...list, items, raw: rawOf(items) }],
    open: list.ordered ? open.replace(/^(\s*)\d+/, `$1${number}`) : open,
    next: list.loose ? '\n\n' : '\n',
  }
}

function isClosed({ raw, codeBlockStyle }: Tokens.Code): boolean {
  const fence = /^ {0,3}(`{3,}|~{3,})/.exec(raw)?.[1]
  if (fence === undefined) return codeBlockStyle === 'indented'
  const end = raw.trimEnd().split('\n').slice(1).at(-1)?.trim() ?? ''
  return end.startsWith(fence) && end === fence[0]!.repeat(end.length)
}

function rawOf(tokens: readonly { readonly raw: string }[]): string {
  return tokens.map(({ raw }) => raw).join('')
}
