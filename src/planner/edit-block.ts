// Cell edits of a model without tools: a block of SEARCH/REPLACE pairs, a format models know from patching tools.
import type { Edit } from '../../sessions/event.ts'
import type { CellEdit, Problem } from './edit-reading.ts'

const PAIR = '<<<<<<< SEARCH\nthe piece as it stands\n=======\nwhat replaces it\n>>>>>>> REPLACE'

/** The syntax of the block, for the prompt. */
export const BLOCK_FORM = `\`\`\`edit 3\n${PAIR}\n\`\`\``

const OPENS = /^\s*<{5,9}(?: *SEARCH)? *$/i
const DIVIDES = /^\s*={5,9} *$/
const CLOSES = /^\s*>{5,9}(?: *REPLACE)? *$/i

/** Whether a code block holds SEARCH/REPLACE pairs without naming a cell. */
export function looksLikePairs(code: string): boolean {
  return OPENS.test(code.trimStart().split('\n', 1)[0] ?? '')
}

/** Parses the pairs of a block; `cell` is undefined if its first line names none. */
export function readBlock(cell: number | undefined, body: string): CellEdit | Problem {
  if (cell === undefined)
    return { problem: 'The block does not say which cell it edits: open it with ```edit and the number of the cell.' }
  const edits: Edit[] = []
  let part: 'between' | 'find' | 'replace' = 'between'
  let find: string[] = []
  let replace: string[] = []
  for (const line of body.replaceAll('\r\n', '\n').split('\n')) {
    if (part === 'between' && OPENS.test(line)) [part, find, replace] = ['find', [], []]
    else if (part === 'find' && DIVIDES.test(line)) part = 'replace'
    else if (part === 'replace' && CLOSES.test(line)) {
      edits.push({ find: find.join('\n'), replace: replace.join('\n') })
      part = 'between'
    } else if (part === 'find') find.push(line)
    else if (part === 'replace') replace.push(line)
    else if (line.trim() !== '') return { problem: `The block contains a line outside its pairs. ${ADVICE}` }
  }
  if (part !== 'between') return { problem: `The last pair of the block is incomplete. ${ADVICE}` }
  return { cell, edits }
}

const ADVICE =
  'Write each pair as: <<<<<<< SEARCH, the piece as it stands, =======, the new piece, >>>>>>> REPLACE, each on lines of their own.'

/** Formats the block for these edits. */
export function writeBlock({ cell, edits }: CellEdit): string {
  const pairs = edits.map(({ find, replace }) => {
    const after = replace === '' ? '' : `${replace}\n`
    return `<<<<<<< SEARCH\n${find}\n=======\n${after}>>>>>>> REPLACE`
  })
  return [`\`\`\`edit ${cell}`, ...pairs, '```'].join('\n')
}
