// Reads the tables of Markdown files (GitHub Flavored Markdown, section 4.10).
import { gridBuilder } from './grid-builder.ts'
import type { PageTable } from './html.ts'

/** The tables of a Markdown text: a row of names, a row of dashes, then rows until a line without a bar. */
export function readMarkdownTables(text: string): PageTable[] {
  const lines = text.split(/\r\n?|\n/)
  const tables: PageTable[] = []
  let heading = ''
  let fence: string | undefined
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence !== undefined) {
      if (mark?.startsWith(fence)) fence = undefined
      continue
    }
    if (mark !== undefined) {
      fence = mark
      continue
    }
    heading = /^ {0,3}#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1] ?? heading
    const width = line.includes('|') && isDelimiterRow(lines[i + 1] ?? '') ? cellsOf(line).length : 0
    if (width === 0 || cellsOf(lines[i + 1]!).length !== width) continue
    const builder = gridBuilder()
    const put = (row: number, cells: readonly string[]): void => {
      for (const [column, cell] of cells.slice(0, width).entries()) builder.put(row, column, plainText(cell))
    }
    put(0, cellsOf(line))
    let row = 1
    for (i += 2; i < lines.length && isRow(lines[i]!); i++) put(row++, cellsOf(lines[i]!))
    i--
    tables.push({ name: heading, builder })
  }
  return tables
}

/** Whether a text holds a Markdown table. */
export function hasMarkdownTable(text: string): boolean {
  return /^.*\|.*\r?\n {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/m.test(text.slice(0, 200_000))
}

function isDelimiterRow(line: string): boolean {
  return /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/.test(line) && line.includes('-')
}

function isRow(line: string): boolean {
  return line.trim() !== '' && line.includes('|')
}

/** The cells of a line; a bar after a backslash does not part them, even in code. */
function cellsOf(line: string): string[] {
  const inner = line.trim().replace(/^\|/, '')
  const cells: string[] = []
  let start = 0
  for (let i = 0; i < inner.length; i++) {
    if (inner[i] === '\\') i++
    else if (inner[i] === '|') {
      cells.push(inner.slice(start, i).trim())
      start = i + 1
    }
  }
  if (start < inner.length) cells.push(inner.slice(start).trim())
  return cells
}

/** A cell as it is shown: code, emphasis and links without their marks, `<br>` as a space. */
function plainText(cell: string): string {
  return cell
    .split(/((?<![\\`])(?<ticks>`+)(?!`).+?(?<!`)\k<ticks>(?!`))/)
    .map((part, i) => {
      // Split gives text, code, and the ticks of the code.
      if (i % 3 === 2) return ''
      return i % 3 === 1 ? part.replace(/^`+ ?| ?`+$/g, '').replaceAll('\\|', '|') : withoutMarks(part)
    })
    .join('')
    .trim()
}

function withoutMarks(text: string): string {
  const escaped: string[] = []
  const hidden = text.replace(/\\([!-/:-@[-`{-~])/g, (_, char: string) => `\ue000${escaped.push(char) - 1}\ue001`)
  return hidden
    .replace(/<br\s*\/?>/gi, ' ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, '$2')
    .replace(/(?<![\w*])([*_])(?=\S)(.+?)(?<=\S)\1(?![\w*])/g, '$2')
    .replace(/~~(.+?)~~/g, '$1')
    .replace(/\ue000(\d+)\ue001/g, (_, index: string) => escaped[Number(index)]!)
}
