// Text of planners as Markdown: plain lines stay lines of their own.

/** Where the lines so far stand: in a list, or in a table, whose rows may all begin with a bar. */
type Block = 'list' | 'rows' | 'barred rows' | undefined

/**
 * A line after a list or a table that is not part of it begins a paragraph; strict Markdown would take it into the last
 * item, or make a row of it.
 */
export function endBlocks(text: string): string {
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
/** The line below a table's head. */
const RULE = /^[\s|:-]*-[\s|:-]*$/

function blockAt(line: string, previous: string, block: Block): Block {
  if (line.includes('|') && RULE.test(line) && previous.includes('|'))
    return isBarred(previous) ? 'barred rows' : 'rows'
  if (block === 'rows' && line.includes('|')) return block
  if (block === 'barred rows' && isBarred(line)) return block
  if (ITEM.test(line)) return 'list'
  // A line of its own ends a list only where it stands at the edge.
  return block === 'list' && /^\s+\S/.test(line) ? block : undefined
}

function isBarred(line: string): boolean {
  return /^\s*\|/.test(line)
}
