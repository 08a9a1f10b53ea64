// Generates snippets by grammar, then damages them: dense in slashes, types, templates and brackets, with imports
// hidden in their text. The same seed makes the same snippets.

export interface Chance {
  /** A whole number from 0 to below `n`. */
  below(n: number): number
  pick<T>(list: readonly T[]): T
}

/** Numbers that a seed decides (mulberry32). */
export function createChance(seed: number): Chance {
  let state = seed >>> 0
  const below = (n: number): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * n)
  }
  return { below, pick: (list) => list[below(list.length)]! }
}

const NAMES = 'a b c x this type of as await yield async import from module declare get static if'.split(' ')
const IMPORTS = [
  'import("os")',
  'import "os"',
  'import a from "os"',
  "export * from 'os'",
  'export * "os"',
  'let q: import("os").A',
  'type Q = typeof import("os")',
  'import q = require("os")',
  '\\u0069mport("os")',
  'import(`os`)',
]
/** Text that may become code if a quote or slash before it is read differently. */
const HIDERS = [
  "'",
  '"',
  '`',
  '/',
  '//',
  '/*',
  '*/',
  '${',
  '}',
  '[/]',
  '\\',
  ';',
  ' ',
  '\n',
  ')',
  '(',
  '{',
  ']',
  '=======\n',
]
const SIGNS = '/ / / . ?. ! ? : ; , = => == + - * ++ -- < > | & && ?? ... @ # ~ ( ) [ ] { } ` \' " /* */ //'.split(' ')
const WORDS = (
  'void typeof keyof as satisfies is asserts extends infer readonly unique new delete return case default in of await ' +
  'yield async function class interface enum namespace module declare abstract static get set if else while for do switch ' +
  'try catch break continue throw let const var type export import from this super accessor using out override'
).split(' ')

/** A snippet, whole or damaged. */
export function generateSnippet(chance: Chance): string {
  const { below, pick } = chance
  let pieces: string[] = [pick(['', '', '', 'const k = 1\n', '`${a}`\n', '/x/\n'])]
  for (let i = below(3); i >= 0; i--) pieces.push(...cut(statement(chance, 3)), pick([';', '\n', ' ', '; ', '']))
  for (let i = pick([0, 0, 1, 1, 2, 3, 5]); i > 0; i--) pieces = damage(chance, pieces)
  return pieces.join('')
}

/** The pieces that damage moves: words, numbers, blanks and single characters. */
function cut(text: string): string[] {
  return text.match(/[\w$]+|\s+|[^\w\s$]/gu) ?? []
}

function damage(chance: Chance, pieces: readonly string[]): string[] {
  const { below, pick } = chance
  const at = below(pieces.length)
  const length = 1 + below(pick([1, 1, 3, 8]))
  const change = below(6)
  if (change === 0) return pieces.toSpliced(at, length)
  if (change === 1) return pieces.toSpliced(at, 0, ...pieces.slice(at, at + length))
  if (change === 2) return pieces.toSpliced(at, 0, pick(SIGNS))
  if (change === 3) return pieces.toSpliced(at, 0, ` ${pick(WORDS)} `)
  if (change === 4) return pieces.toSpliced(at, 0, hidden(chance))
  const from = below(pieces.length)
  return pieces.toSpliced(at, 0, ...pieces.slice(from, from + length))
}

/** An import between characters that might hide or reveal it. */
function hidden({ below, pick }: Chance): string {
  const hider = (): string => Array.from({ length: below(4) }, () => pick(HIDERS)).join('')
  return `${hider()}${pick(IMPORTS)}${hider()}`
}

function text(chance: Chance): string {
  const { below, pick } = chance
  const some = below(3) === 0 ? pick(['', 'x', '[/]', '\\/', '(', ')', '{', '}', "'", '"', '`']) : hidden(chance)
  const inner = some.replaceAll('\n', ' ')
  const quote = pick(["'", '"'])
  return pick([
    () => `${quote}${inner.replaceAll(quote, '').replaceAll('\\', '')}${quote}`,
    () => `\`${some.replaceAll(/[`\\$]/g, '')}\``,
    () => `\`${some.replaceAll(/[`\\$]/g, '')}\${${expression(chance, 1)}}${some.replaceAll(/[`\\$]/g, '')}\``,
    () => `/${inner.replaceAll('/', '') || 'x'}/`,
    () => `/${inner.replaceAll(/[/*]/g, '') || 'x'}/g`,
    () => `/*${some.replaceAll('*/', '')}*/`,
    () => `//${inner}\n`,
  ])()
}

function expression(chance: Chance, depth: number): string {
  const { below, pick } = chance
  const some = (): string => expression(chance, depth - 1)
  const kind = (): string => typeText(chance, depth - 1)
  if (depth <= 0) return below(2) === 0 ? pick(NAMES) : text(chance)
  return pick([
    () => text(chance),
    () => text(chance),
    () => `${some()} ${pick('/ / / /= < > + = && ?? , in instanceof ** ='.split(' '))} ${some()}`,
    () => `${some()} ${pick(['as', 'satisfies'])} ${kind()} ${pick(['/', '/', '? ', '', '=', '<'])} ${some()}`,
    () => `<${kind()}>${some()}`,
    () => `(${some()})`,
    () => `[${some()}, ${some()}]`,
    () => `{ ${pick(NAMES)}: ${some()} }`,
    () => `${some()}${pick(['.', '?.', '. ', '!', '!.', '++', '--', '\n'])}${pick(NAMES)}`,
    () => `${some()}(${some()})`,
    () => `${some()}[${some()}]`,
    () => `${some()}<${kind()}>${pick(['', '()', '`x`'])}`,
    () => `${some()} ? ${some()} : ${some()}`,
    () => `${pick(['typeof', 'void', 'delete', 'await', 'yield', 'new', '!', '-', '++', 'throw', '...'])} ${some()}`,
    () => `(a: ${kind()}): ${kind()} => ${some()}`,
    () => `${pick(['', 'async '])}function ${pick(['', '*'])}(a: ${kind()}) { ${statement(chance, depth - 1)} }`,
    () => `() => { ${statement(chance, depth - 1)} }`,
    () => `class { ${members(chance, depth - 1)} }`,
  ])()
}

function typeText(chance: Chance, depth: number): string {
  const { below, pick } = chance
  const some = (): string => typeText(chance, depth - 1)
  if (depth <= 0)
    return below(3) === 0
      ? text(chance)
      : pick(['void', 'any', 'A', 'this', 'null', '1', 'unique symbol', '*', '?', ''])
  return pick([
    () => `${some()}[]`,
    () => `A<${some()}, ${some()}>`,
    () => `[${some()}, ...${some()}]`,
    () => `{ ${members(chance, depth - 1)} }`,
    () => `(a: ${some()}) => ${some()}`,
    () => `${some()} ${pick(['|', '&'])} ${some()}`,
    () => `${some()} extends ${some()} ? ${some()} : ${some()}`,
    () =>
      `${pick(['keyof', 'typeof', 'readonly', 'infer', 'asserts', 'abstract new () =>', 'new () =>', 'a is'])} ${some()}`,
    () => `\`\${${some()}}\``,
    () => `${some()}${pick(['?', '!', '.a', '[0]'])}`,
    () => `(${some()})`,
    () => some(),
  ])()
}

function members(chance: Chance, depth: number): string {
  const { pick } = chance
  const name = pick([...NAMES, '[a]', '#a', "'a'", '1', '*a', 'get a', 'static', 'readonly a', '@a b'])
  return pick([
    () => `${name}: ${typeText(chance, depth)}`,
    () => `${name} = ${expression(chance, depth)}`,
    () => `${name}(a: ${typeText(chance, depth)}) { ${statement(chance, depth)} }`,
    () => `${name}\n${pick(NAMES)}`,
    () => `${name} ${expression(chance, depth)}`,
  ])()
}

function statement(chance: Chance, depth: number): string {
  const { below, pick } = chance
  if (depth <= 0) return pick(NAMES)
  const some = (): string => statement(chance, depth - 1)
  const value = (): string => expression(chance, depth)
  const kind = (): string => typeText(chance, depth)
  return pick([
    () => value(),
    () => `${value()}${pick([' ', '\n', ';', ' / '])}${value()}`,
    () => `${pick(['let', 'const', 'declare let', 'using'])} a${pick(['', '!', '?'])}: ${kind()} = ${value()}`,
    () => `let a: ${kind()}${pick([' ', '\n', ''])}${value()}`,
    () => `${pick(['if', 'while', 'with', 'switch', 'for', 'catch'])} (${value()}) ${below(2) ? some() : value()}`,
    () => `type A<T = ${kind()}> = ${kind()} ${pick(['', '\n'])}${below(2) ? value() : ''}`,
    () =>
      `${pick(['interface A', 'enum A', 'class A', 'declare module A', 'namespace A', 'export {', '{'])} { ${members(chance, depth - 1)} ${below(2) ? value() : ''} }`,
    () => `class A extends ${value()} { ${members(chance, depth - 1)}; ${members(chance, depth - 1)} }`,
    () =>
      `${pick(['return', 'throw', 'case', 'export default', 'export =', 'break', 'x:', '@', 'do', 'else', 'new'])} ${value()}`,
    () => `function a(b: ${kind()}): ${kind()} { ${some()} } ${below(2) ? value() : ''}`,
    () => `${value()}${pick(['.', '?.', '.\n', '. '])}${pick(IMPORTS)}`,
    () => `${pick(['', 'a', '\u{1e5d0}'])}\u{1e5d0}${pick(IMPORTS)}`,
    () => `for (${value()} of ${value()}) ${some()}`,
    () => `{ ${some()} ${value()} } ${value()}`,
  ])()
}
