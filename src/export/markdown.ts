// Untrusted text in Markdown: it cannot inject HTML, load an external picture or run on into what follows.
import { collapseSpaces } from './quoting.ts'

/** One line, shown literally. */
export function escapeMarkdown(text: string): string {
  return collapseSpaces(text)
    .replaceAll('&', '&amp;')
    .replace(/[\\`*_[\]<>#|~!]/g, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^[-+=]/, '\\$&')
}

/** Lines, shown literally, as a block quote. */
export function toBlockQuote(text: string): string {
  return text
    .trim()
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line) => `> ${escapeMarkdown(line)}`.trimEnd())
    .join('\n>\n')
    .replace(/(?:\n>)+(?=\n>\n)/g, '')
}

/** A code block that its text cannot end, cut after `most` characters. `more`: further characters left out. */
export function toCodeBlock(text: string, language = '', most = Number.POSITIVE_INFINITY, more = 0): string {
  const shown = text.length > most ? `${text.slice(0, most)}\n… ${text.length - most + more} more characters` : text
  const longest = shown.matchAll(/`+/g).reduce((most, [run]) => Math.max(most, run.length), 2)
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${shown.trimEnd()}\n${fence}`
}

/** Markdown of a model with formatting and line breaks, without HTML and pictures, and with closed code blocks. */
export function sanitizeMarkdown(markdown: string): string {
  let fence = ''
  const given = markdown.trim().split(/\r\n|[\r\n]/)
  const lines = given.map((line, at) => {
    const [, mark = ''] = /^(`{3,}(?!`)|~{3,}(?!~))[^`]*$/.exec(line) ?? []
    if (fence === '' && mark === '') return sanitizeLine(line) + (isText(line) && isText(given[at + 1]) ? '\\' : '')
    if (fence === '') fence = mark
    else if (/^ {0,3}(?:`+|~+)\s*$/.test(line) && line.trim().startsWith(fence)) fence = ''
    return line
  })
  return [...lines, ...(fence === '' ? [] : [fence])].join('\n')
}

/** Whether the line is paragraph text, where a line break would be lost. */
function isText(line = ''): boolean {
  return /^ {0,3}[^\s#>|`~*+=\d-]/.test(line) && !line.endsWith('\\')
}

/** Escapes headings, which would break up the transcript's own, and fences that could end another code block. */
function sanitizeLine(line: string): string {
  return line
    .replace(/`{3,}|~{3,}/g, (run) => run.replace(/./g, '\\$&'))
    .replaceAll('<', '&lt;')
    .replaceAll('![', '!\\[')
    .replace(/^(\s*)(#{1,6}\s)/, '$1\\$2')
    .replace(/^(\s*)(=+|-+)\s*$/, '$1\\$2')
}

/** A link target for a path of the project. */
export function linkTarget(path: string): string {
  return path
    .toWellFormed()
    .split('/')
    .map((part) => encodeURIComponent(part).replace(/[()!'*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`))
    .join('/')
}
