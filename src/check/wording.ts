// The compiler's diagnostics in words for whoever wrote the snippet: errors only, one sentence chain each, no host paths,
// no advice that needs another compiler configuration.
import path from 'node:path'
import type { Diagnostic } from '../../sessions/event.ts'
import { absence } from './absences.ts'
import { PRODUCT_FOLDER, TYPES_FOLDER } from './executable.ts'
import type { RawDiagnostic } from './language-server.ts'

const MOST_DIAGNOSTICS = 10
const MOST_CHARACTERS = 600

/** The errors of a cell, first first, at most ten. Syntax errors stand alone: what follows from them is noise. */
export function wordDiagnostics(raw: readonly RawDiagnostic[]): Diagnostic[] {
  const errors = raw.filter((one) => (one.severity ?? 1) === 1 && !isPedantic(one))
  const syntax = errors.filter(isSyntax)
  const chosen = (syntax.length > 0 ? syntax : errors).map(worded)
  const distinct = [...new Map(chosen.map((one) => [`${one.line}:${one.column}:${one.code}`, one])).values()]
  const sorted = distinct.toSorted((a, b) => a.line - b.line || a.column - b.column)
  const left = sorted.length - MOST_DIAGNOSTICS
  return sorted.slice(0, MOST_DIAGNOSTICS).map((one, i) => {
    const last = i === MOST_DIAGNOSTICS - 1 && left > 0
    return last ? { ...one, message: `${one.message} (And ${left} more ${left === 1 ? 'error' : 'errors'}.)` } : one
  })
}

function worded({ range, code, message }: RawDiagnostic): Diagnostic {
  const { line, character } = range.start
  const text = absence(message) ?? constant(message) ?? bounded(withoutPaths(message))
  return { line: line + 1, column: character + 1, code: `TS${code ?? ''}`, message: text }
}

/** A constant of an earlier cell reaches this one as an import. */
function constant(message: string): string | undefined {
  const [, name] = /^Cannot assign to '([^']+)' because it is an import\.$/.exec(message) ?? []
  return name && `Cannot assign to '${name}': it is imported or was declared const; declare it again with let.`
}

/** Code that works in Node and that only strict projects refuse. */
function isPedantic({ code, message }: RawDiagnostic): boolean {
  const number = Number(code)
  // 7000 to 7999: an implicit any. The option that reports them also makes `let x` and `[]` take types from their use.
  if (number >= 7000 && number < 8000) return true
  // A field of a thing of type unknown, and a new field on `{}`.
  if (number === 18046 || number === 2571) return true
  return number === 2339 && /on type '(?:\{\}|unknown)'/.test(message)
}

function isSyntax({ code }: RawDiagnostic): boolean {
  return Number(code) >= 1000 && Number(code) < 2000 && !SEMANTIC.has(Number(code))
}

/** Numbers below 2000 that are about types or the project all the same: satisfies, type-only imports, erasable syntax. */
const SEMANTIC = new Set([1294, 1340, 1360, 1361, 1362, 1371, 1484, 1485, 1286, 1287])

/** A chain of reasons as one line; of a long one the first and the last, which name the option and the suggestion. */
function bounded(message: string): string {
  const lines = message.split('\n').map((line) => line.trim())
  const useful = lines.filter((line) => !/^(?:The last overload|Overload \d+ of \d)/.test(line))
  const sentences = useful.map((line) => (/[.?:]$/.test(line) ? line : `${line}.`))
  const whole = sentences.join(' ')
  if (whole.length <= MOST_CHARACTERS) return whole
  const short = sentences.length > 2 ? `${cut(sentences[0] ?? '')} … ${cut(sentences.at(-1) ?? '')}` : whole
  return short.length <= MOST_CHARACTERS ? short : `${short.slice(0, MOST_CHARACTERS - 1)}…`
}

function cut(sentence: string): string {
  const most = MOST_CHARACTERS / 2 - 2
  return sentence.length <= most ? sentence : `${sentence.slice(0, most - 1)}…`
}

/** Names of files inside messages, such as `import("/…/node_modules/sharp/dist/index")`, become the module's name. */
function withoutPaths(message: string): string {
  return message
    .replaceAll(/[^\s"'`()<>]*\/node_modules\/(?:@types\/)?/g, '')
    .replaceAll(`${TYPES_FOLDER}/`, '')
    .replaceAll(`${PRODUCT_FOLDER}/`, '')
    .replaceAll(`${path.dirname(PRODUCT_FOLDER)}/`, '')
}
