// Text of planners as Markdown: plain lines stay lines of their own.

/** A line after a list that is not part of it begins a paragraph; strict Markdown would take it into the last item. */
export function endLists(text: string): string {
  const lines = text.split('\n')
  let isCode = false
  return lines
    .flatMap((line, index) => {
      if (/^\s*(```|~~~)/.test(line)) isCode = !isCode
      const before = lines[index - 1] ?? ''
      const leaves = !isCode && ITEM.test(before) && /^\S/.test(line) && !ITEM.test(line)
      return leaves ? ['', line] : [line]
    })
    .join('\n')
}

const ITEM = /^\s*([-*+]|\d{1,9}[.)])\s/
