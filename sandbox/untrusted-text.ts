// Makes text that somebody else chose (names, printed text, errors) safe for file names, zips, headers, logs and
// terminals: removes the characters that have an effect without being visible. Both sides use it; it imports nothing.

/** The flags of England, Scotland and Wales, spelled in invisible tag letters. */
const FLAG = String.raw`\u{1F3F4}\u{E0067}\u{E0062}(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073})\u{E007F}`
const PICTOGRAPH = String.raw`\p{Extended_Pictographic}`
const SELECTOR = String.raw`\u180b-\u180d\u180f\ufe00-\ufe0f\u{e0100}-\u{e01ef}`
/** Letters and marks of scripts that use joiners (Persian, Hindi); other scripts do not. */
const JOINED = String.raw`[[\p{L}\p{M}]--[\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Hani}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Zyyy}\p{sc=Zinh}\p{DI}]]`
/** After these, a joiner or a variation selector affects the rendering and is legitimate. */
const BEFORE_JOINER = String.raw`(?<=${JOINED}|${PICTOGRAPH}[\ufe0f\p{Emoji_Modifier}]?)`
const BEFORE_SELECTOR = String.raw`(?<=[[${PICTOGRAPH}\p{sc=Hani}\p{sc=Mong}\p{sc=Mymr}\p{Sm}]--[\p{DI}\p{ASCII}]])`

/** Control characters and line ends; then what is not drawn: direction marks, zero-width spaces, tags, fillers. */
const CONTROL = String.raw`[\p{Cc}\p{Zl}\p{Zp}]`
const INVISIBLE = [
  String.raw`[[\p{DI}\ufff9-\ufffb]--[\u200c\u200d${SELECTOR}]]`,
  String.raw`(?!${BEFORE_JOINER}[\u200c\u200d](?:${JOINED}|${PICTOGRAPH}))[\u200c\u200d]`,
  String.raw`(?!${BEFORE_SELECTOR}[${SELECTOR}]|(?<=[\d#*])\ufe0f\u20e3)[${SELECTOR}]`,
].join('|')

const UNSAFE = new RegExp(`(${FLAG})|${CONTROL}|${INVISIBLE}|\\p{Cs}`, 'gv')
const INVISIBLE_ONLY = new RegExp(`(${FLAG})|${INVISIBLE}`, 'gv')
const CONTROLS = new RegExp(`${CONTROL}+`, 'gv')
const PLAIN = /^[\x20-\x7e]*$/

/** Whether the text has invisible characters that have an effect, or lone surrogates. */
export function hasUnsafeCharacters(text: string): boolean {
  return !PLAIN.test(text) && removeUnsafeCharacters(text) !== text
}

/** Removes those characters, or replaces each with `by`. */
export function removeUnsafeCharacters(text: string, by = ''): string {
  if (PLAIN.test(text)) return text
  return text.replace(UNSAFE, (_, flag?: string) => flag ?? by)
}

/** Puts the text on one line, for a log, a header or a note. */
export function toSingleLine(text: string): string {
  if (PLAIN.test(text)) return text
  return withoutInvisible(text.toWellFormed().replace(CONTROLS, ' '))
}

/** Escapes the invisible characters in a JSON or JavaScript literal, so that it keeps its value and can be shown. */
export function escapeUnsafeCharacters(literal: string): string {
  if (PLAIN.test(literal)) return literal
  return literal.replace(UNSAFE, (found: string, flag?: string) => flag ?? unitsOf(found))
}

function unitsOf(text: string): string {
  return [...Array(text.length).keys()].map((at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')
}

function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE_ONLY, (_, flag?: string) => flag ?? '')
}

/** Terminal escape sequences (ECMA-48): an ESC or a C1 control, with their text where it ends soon. */
const SEQUENCES =
  // oxlint-disable-next-line no-control-regex
  /(?:\x1b\[|\x9b)([0-?]*)[ -/]*([@-~])|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])(?:[^\x07\x1b\x90-\x9f\n]{0,2000}(?:\x07|\x1b\\|\x9c))?|\x1b[ -/]*[0-~]?/g
const BREAKS = /\r\n?|[\u0085\u2028\u2029]/g
/** Control characters except line feed and tab. */
const OTHER_CONTROLS = /[[\p{Cc}]--[\n\t]]/gv

/** Makes text safe for a terminal: keeps lines and tabs, removes all that the terminal would execute or overprint. */
export function sanitizeForTerminal(text: string): string {
  return terminal(text, () => '')
}

/** As `sanitizeForTerminal`, but keeps the colours and weights that a snippet prints, and resets them at the end. */
export function sanitizeStyledForTerminal(text: string): string {
  let isStyled = false
  const shown = terminal(text, (codes) => {
    const kept = keptCodes(codes)
    if (kept.length > 0) isStyled = kept.at(-1) !== 0
    return kept.length > 0 ? `${SGR}${kept.join(';')}m` : ''
  })
  return shown.replaceAll(SGR, '\u001b[') + (isStyled ? RESET : '')
}

const RESET = '\u001b[0m'
/** Placeholder for the ESC of kept sequences: a noncharacter, which is first stripped from the input. */
const SGR = '\ufdd0'

function terminal(text: string, styles: (codes: string) => string): string {
  if (PLAIN.test(text)) return text
  const bare = text
    .replaceAll(SGR, '')
    .toWellFormed()
    .replace(SEQUENCES, (_, codes?: string, final?: string) => (final === 'm' ? styles(codes ?? '') : ''))
  return withoutInvisible(bare.replace(BREAKS, '\n').replace(OTHER_CONTROLS, ''))
}

/**
 * Weights, underlining, inversion and six colours, normal or bright, with their resets. Not dim, which our own output
 * uses; no background, black, white or concealed, which could hide text in the colour behind it.
 */
const KEPT = new Set([0, 1, 3, 4, 7, 9, 22, 23, 24, 27, 29, 39])

function keptCodes(codes: string): number[] {
  const all = codes.split(';')
  const kept: number[] = []
  for (let at = 0; at < all.length; at++) {
    const code = /^\d{0,3}$/.test(all[at] ?? '') ? Number(all[at]) : Number.NaN
    // Skips the parameters of colours given by index (5) or as RGB (2).
    if (code === 38 || code === 48 || code === 58) at += all[at + 1] === '5' ? 2 : all[at + 1] === '2' ? 4 : 0
    else if (KEPT.has(code) || (code >= 31 && code <= 36) || (code >= 91 && code <= 96)) kept.push(code)
  }
  return kept
}
