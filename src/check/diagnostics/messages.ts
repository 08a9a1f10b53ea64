// Turns compiler diagnostics into messages for the snippet's author: errors only, reason chains joined into one line,
// no host paths and no advice that needs another compiler configuration.
import path from 'node:path'
import type { Diagnostic } from '../../../sessions/event.ts'
import { unknownNameHint } from './unknown-name-hints.ts'
import { PRODUCT_FOLDER, TYPES_FOLDER } from '../type-checker/executable.ts'
import type { RawDiagnostic } from '../type-checker/language-server.ts'
import { isSyntax } from './severity.ts'

const MAX_DIAGNOSTICS = 10
const MAX_CHARACTERS = 600

/** The first ten errors of a cell in source order; only syntax errors if any, as the others follow from them. */
export function formatDiagnostics(raw: readonly RawDiagnostic[]): Diagnostic[] {
  const syntax = raw.filter(isSyntax)
  const chosen = (syntax.length > 0 ? syntax : raw).map(formatDiagnostic)
  const distinct = [...new Map(chosen.map((one) => [`${one.line}:${one.column}:${one.code}`, one])).values()]
  const sorted = distinct.toSorted((a, b) => a.line - b.line || a.column - b.column)
  const left = sorted.length - MAX_DIAGNOSTICS
  return sorted.slice(0, MAX_DIAGNOSTICS).map((one, i) => {
    const last = i === MAX_DIAGNOSTICS - 1 && left > 0
    return last ? { ...one, message: `${one.message} (And ${left} more ${left === 1 ? 'error' : 'errors'}.)` } : one
  })
}

function formatDiagnostic({ range, code, message }: RawDiagnostic): Diagnostic {
  const { line, character } = range.start
  const text =
    unknownNameHint(message) ??
    noDefault(message) ??
    constant(message) ??
    notStripped(message) ??
    joinReasons(withoutPaths(message))
  return { line: line + 1, column: character + 1, code: `TS${code ?? ''}`, message: text }
}

/** A constant of an earlier cell is visible to this one as an import. */
function constant(message: string): string | undefined {
  const [, name] = /^Cannot assign to '([^']+)' because it is an import\.$/.exec(message) ?? []
  return name && `Cannot assign to '${name}': it is imported or was declared const; declare it again with let.`
}

/** A package of which people import a default that it does not have. */
function noDefault(message: string): string | undefined {
  const [, file = ''] = /^Module '"(.*)"' has no default export\.$/.exec(message) ?? []
  const [, name] =
    /\/node_modules\/(?:@types\/)?(d3-array|simple-statistics|arquero|date-fns\/locale|date-fns)\b/.exec(file) ?? []
  return (
    name && `'${name}' has no default export. Write: import * as name from '${name}', or import { … } from '${name}'.`
  )
}

/** Node only strips types, so syntax that would have to be compiled does not run. */
function notStripped(message: string): string | undefined {
  return message.includes("'erasableSyntaxOnly'")
    ? 'Types are only stripped here, so enum, namespace, parameter properties and import = do not run; write a const object or plain fields.'
    : undefined
}

/** Joins a chain of reasons into one line; of a long one the ends, which name the option and the suggestion. */
function joinReasons(message: string): string {
  const lines = message.split('\n').map((line) => line.trim())
  const useful = lines.filter((line) => !/^(?:The last overload|Overload \d+ of \d)/.test(line))
  const sentences = useful.map((line) => (/[.?:]$/.test(line) ? line : `${line}.`))
  const whole = sentences.join(' ')
  if (whole.length <= MAX_CHARACTERS) return whole
  const short = sentences.length > 2 ? `${cut(sentences[0] ?? '')} … ${cut(sentences.at(-1) ?? '')}` : whole
  return short.length <= MAX_CHARACTERS ? short : `${short.slice(0, MAX_CHARACTERS - 1)}…`
}

function cut(sentence: string): string {
  const most = MAX_CHARACTERS / 2 - 2
  return sentence.length <= most ? sentence : `${sentence.slice(0, most - 1)}…`
}

/** Reduces file paths in messages, such as `import("/…/node_modules/sharp/dist/index")`, to the module's name. */
function withoutPaths(message: string): string {
  return message
    .replaceAll(/(?<![^\s"'`()<>])[^\s"'`()<>]*\/node_modules\/(?:@types\/)?/g, '')
    .replaceAll(`${TYPES_FOLDER}/`, '')
    .replaceAll(`${PRODUCT_FOLDER}/`, '')
    .replaceAll(`${path.dirname(PRODUCT_FOLDER)}/`, '')
}
