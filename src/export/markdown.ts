// Text of others in Markdown: it can neither bring in HTML nor load a picture from somewhere, nor run on into what follows.
import { oneGap } from './quoting.ts'

/** One line, shown as it is. */
export function plain(text: string): string {
  return oneGap(text)
    .replaceAll('&', '&amp;')
    .replace(/[\\`*_[\]<>#|~!]/g, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^[-+=]/, '\\$&')
}

/** Lines, shown as they are, as a quotation. */
export function quotation(text: string): string {
  return text
    .trim()
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line) => `> ${plain(line)}`.trimEnd())
    .join('\n>\n')
    .replace(/(?:\n>)+(?=\n>\n)/g, '')
}

/** A block of code that no text in it can end; cut after `most` characters. `more` characters followed that are not given. */
export function fenced(text: string, language = '', most = Number.POSITIVE_INFINITY, more = 0): string {
  const shown = text.length > most ? `${text.slice(0, most)}\n… ${text.length - most + more} more characters` : text
  const longest = shown.matchAll(/`+/g).reduce((most, [run]) => Math.max(most, run.length), 2)
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${shown.trimEnd()}\n${fence}`
}

/** Markdown of a model: kept, lines as lines, but without HTML and pictures, and with its blocks closed. */
export function tamed(markdown: string): string {
  let fence = ''
  const given = markdown.trim().split(/\r\n|[\r\n]/)
  const lines = given.map((line, at) => {
    const [, mark = ''] = /^(`{3,}(?!`)|~{3,}(?!~))[^`]*$/.exec(line) ?? []
    if (fence === '' && mark === '') return harmless(line) + (isText(line) && isText(given[at + 1]) ? '\\' : '')
    if (fence === '') fence = mark
    else if (/^ {0,3}(?:`+|~+)\s*$/.test(line) && line.trim().startsWith(fence)) fence = ''
    return line
  })
  return [...lines, ...(fence === '' ? [] : [fence])].join('\n')
}

/** A line of a paragraph, in which a line break would be lost. */
function isText(line = ''): boolean {
  return /^ {0,3}[^\s#>|`~*+=\d-]/.test(line) && !line.endsWith('\\')
}

/** Headings would break up the transcript's own; a block that opens further in could end where another seems to open. */
function harmless(line: string): string {
  return line
    .replace(/`{3,}|~{3,}/g, (run) => run.replace(/./g, '\\$&'))
    .replaceAll('<', '&lt;')
    .replaceAll('![', '!\\[')
    .replace(/^(\s*)(#{1,6}\s)/, '$1\\$2')
    .replace(/^(\s*)(=+|-+)\s*$/, '$1\\$2')
}

/** The target of a link to a path of the project. */
export function target(path: string): string {
  return path
    .toWellFormed()
    .split('/')
    .map((part) => encodeURIComponent(part).replace(/[()!'*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`))
    .join('/')
}
