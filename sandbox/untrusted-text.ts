// Text that somebody else chose (names, printed text, errors) where it meets a person's tools: in names of files, zips,
// headers, a log, a terminal. One set of characters acts without being seen, and none of it comes out of here.
// Vocabulary of both sides: it imports nothing.

/** A flag of a part of Britain, whose letters are tags that are not seen. */
const FLAG = String.raw`\u{1F3F4}\u{E0067}\u{E0062}(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073})\u{E007F}`
const PICTOGRAPH = String.raw`\p{Extended_Pictographic}`
const SELECTOR = String.raw`\u180b-\u180d\u180f\ufe00-\ufe0f\u{e0100}-\u{e01ef}`
/** Letters and marks of scripts that are written with joiners (Persian, Hindi), as those of others are not. */
const JOINED = String.raw`[[\p{L}\p{M}]--[\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Hani}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Zyyy}\p{sc=Zinh}\p{DI}]]`
/** After these a joiner or a selector says how they look. */
const BEFORE_JOINER = String.raw`(?<=${JOINED}|${PICTOGRAPH}[\ufe0f\p{Emoji_Modifier}]?)`
const BEFORE_SELECTOR = String.raw`(?<=[[${PICTOGRAPH}\p{sc=Hani}\p{sc=Mong}\p{sc=Mymr}\p{Sm}]--[\p{DI}\p{ASCII}]])`

/** Controls, ends of lines, half characters, and what is not drawn: marks of direction, spaces of no width, tags, fillers. */
const CONTROL = String.raw`[\p{Cc}\p{Zl}\p{Zp}]`
const INVISIBLE = [
  String.raw`[[\p{DI}\ufff9-\ufffb]--[\u200c\u200d${SELECTOR}]]`,
  String.raw`(?!${BEFORE_JOINER}[\u200c\u200d](?:${JOINED}|${PICTOGRAPH}))[\u200c\u200d]`,
  String.raw`(?!${BEFORE_SELECTOR}[${SELECTOR}]|(?<=[\d#*])\ufe0f\u20e3)[${SELECTOR}]`,
].join('|')

const UNSEEN = new RegExp(`(${FLAG})|${CONTROL}|${INVISIBLE}|\\p{Cs}`, 'gv')
const INVISIBLE_ONLY = new RegExp(`(${FLAG})|${INVISIBLE}`, 'gv')
const CONTROLS = new RegExp(`${CONTROL}+`, 'gv')
const PLAIN = /^[\x20-\x7e]*$/

/** Whether something in it is not seen and yet acts, or is half a character. */
export function hasUnseen(text: string): boolean {
  return !PLAIN.test(text) && withoutUnseen(text) !== text
}

/** The text without that, or with `by` in place of each such character. */
export function withoutUnseen(text: string, by = ''): string {
  if (PLAIN.test(text)) return text
  return text.replace(UNSEEN, (_, flag?: string) => flag ?? by)
}

/** On one line: for a log, a header, a note. */
export function oneLine(text: string): string {
  if (PLAIN.test(text)) return text
  return withoutInvisible(text.toWellFormed().replace(CONTROLS, ' '))
}

/** A literal of JSON or JavaScript that says the same and can be shown: what is not seen is escaped. */
export function escapeUnseen(literal: string): string {
  if (PLAIN.test(literal)) return literal
  return literal.replace(UNSEEN, (found: string, flag?: string) => flag ?? unitsOf(found))
}

function unitsOf(text: string): string {
  return [...Array(text.length).keys()].map((at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')
}

function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE_ONLY, (_, flag?: string) => flag ?? '')
}

/** Sequences that a terminal obeys (ECMA-48), whole: with an ESC or a C1 control, with their text where it ends soon. */
const SEQUENCES =
  // oxlint-disable-next-line no-control-regex
  /(?:\x1b\[|\x9b)([0-?]*)[ -/]*([@-~])|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])(?:[^\x07\x1b\x90-\x9f\n]{0,2000}(?:\x07|\x1b\\|\x9c))?|\x1b[ -/]*[0-~]?/g
const BREAKS = /\r\n?|[\u0085\u2028\u2029]/g
/** Controls but for line feeds and tabs. */
const OTHER_CONTROLS = /[[\p{Cc}]--[\n\t]]/gv

/** For a terminal: lines and tabs stay, nothing in it is obeyed, and nothing is drawn over. */
export function terminalText(text: string): string {
  return terminal(text, () => '')
}

/** As `terminalText`, with the colours and weights that a snippet prints; they end with the text. */
export function terminalPrint(text: string): string {
  let isStyled = false
  const shown = terminal(text, (codes) => {
    const kept = keptCodes(codes)
    if (kept.length > 0) isStyled = kept.at(-1) !== 0
    return kept.length > 0 ? `${SGR}${kept.join(';')}m` : ''
  })
  return shown.replaceAll(SGR, '\u001b[') + (isStyled ? RESET : '')
}

const RESET = '\u001b[0m'
/** Stands for the ESC of what is kept while the rest goes. It is no character, and none such is let in. */
const SGR = '\ufdd0'

function terminal(text: string, styles: (codes: string) => string): string {
  if (PLAIN.test(text)) return text
  const bare = text
    .replaceAll(SGR, '')
    .toWellFormed()
    .replace(SEQUENCES, (_, codes?: string, final?: string) => (final === 'm' ? styles(codes ?? '') : ''))
  return withoutInvisible(bare.replace(BREAKS, '\n').replace(OTHER_CONTROLS, ''))
}

/** Weights, underlining, inversion and six colours, bright or not, and their ends. Not dim, which is ours; no ground, black,
 * white or concealed, by which letters could be the colour of what they stand on. */
const KEPT = new Set([0, 1, 3, 4, 7, 9, 22, 23, 24, 27, 29, 39])

function keptCodes(codes: string): number[] {
  const all = codes.split(';')
  const kept: number[] = []
  for (let at = 0; at < all.length; at++) {
    const code = /^\d{0,3}$/.test(all[at] ?? '') ? Number(all[at]) : Number.NaN
    // Colours by number or by their three parts.
    if (code === 38 || code === 48 || code === 58) at += all[at + 1] === '5' ? 2 : all[at + 1] === '2' ? 4 : 0
    else if (KEPT.has(code) || (code >= 31 && code <= 36) || (code >= 91 && code <= 96)) kept.push(code)
  }
  return kept
}
