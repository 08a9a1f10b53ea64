// Planner text as Markdown: a plain line after a list or a table stays a paragraph of its own.

/** The block that a line is in: a list, or a table; in `barred rows`, every row begins with a bar. */
type Block = 'list' | 'rows' | 'barred rows' | undefined

/**
 * Starts a new paragraph for a line after a list or a table that is not part of it; strict Markdown would append it to
 * the last item, or make it a row.
 */
export function separateBlocks(text: string): string {
  const lines = text.split('\n')
  let isCode = false
  let block: Block
  return lines
    .flatMap((line, index) => {
      if (/^\s*(```|~~~)/.test(line)) isCode = !isCode
      const before = block
      block = isCode ? undefined : blockAt(line, lines[index - 1] ?? '', before)
      const leaves = !isCode && before !== undefined && block !== before && line.trim() !== '' && !ITEM.test(line)
      return leaves ? ['', line] : [line]
    })
    .join('\n')
}

const ITEM = /^\s*([-*+]|\d{1,9}[.)])\s/
/** The delimiter row below a table's header. */
const RULE = /^[\s|:-]*-[\s|:-]*$/

function blockAt(line: string, previous: string, block: Block): Block {
  if (line.includes('|') && RULE.test(line) && previous.includes('|'))
    return isBarred(previous) ? 'barred rows' : 'rows'
  if (block === 'rows' && line.includes('|')) return block
  if (block === 'barred rows' && isBarred(line)) return block
  if (ITEM.test(line)) return 'list'
  // A plain line ends a list only if it is not indented.
  return block === 'list' && /^\s+\S/.test(line) ? block : undefined
}

function isBarred(line: string): boolean {
  return /^\s*\|/.test(line)
}
