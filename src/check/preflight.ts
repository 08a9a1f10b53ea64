// Refuses snippets before the type checker sees them: too long, nested too deep, not readable for certain, or with
// imports that do not exist.
import type { Diagnostic } from '../../sessions/event.ts'
import { importProblems } from './imports/allowed-imports.ts'
import { findHiddenImport, type Ambiguity } from './imports/ambiguous-readings.ts'
import { readTokens, UNCLEAR_SLASH } from '../snippet/tokens.ts'

/** Characters of a snippet. */
const MAX_CHARACTERS = 200_000
const MAX_DIAGNOSTICS = 10

/** The problems of a snippet that need no types to find. */
export function preflight(code: string): Diagnostic[] {
  if (code.length > MAX_CHARACTERS) {
    const message = `The snippet has ${code.length} characters; the limit is ${MAX_CHARACTERS}. Put data in a file and read it.`
    return [{ line: 1, column: 1, code: 'EASEL_TOO_LONG', message }]
  }
  const half = LONE_SURROGATE.exec(code)
  if (half) return [{ ...place(code, half.index), code: 'EASEL_SYNTAX', message: HALF_A_CHARACTER }]
  const reading = readTokens(code)
  if ('problem' in reading) {
    const { at, code: name, message } = reading.problem
    return [{ ...place(code, at), code: name, message }]
  }
  const problems = importProblems(reading.tokens, reading.comments).slice(0, MAX_DIAGNOSTICS)
  if (problems.length > 0) {
    return problems.map(({ at, message }) => ({ ...place(code, at), code: 'EASEL_IMPORT', message }))
  }
  const doubt = findHiddenImport(code, reading.tokens)
  return doubt ? [{ ...place(code, doubt.at), code: 'EASEL_SYNTAX', message: UNCLEAR[doubt.of] }] : []
}

/** A lone surrogate would crash the type checker. */
const LONE_SURROGATE = /\p{Surrogate}/u
const HALF_A_CHARACTER = 'There is half a character (a lone surrogate) here; write it as an escape, such as \\ud83d.'

const UNCLEAR: Readonly<Record<Ambiguity['of'], string>> = {
  slash: UNCLEAR_SLASH,
  template:
    'It is not clear whether this } ends the code inside a template string, and what may be an import follows. ' +
    "Join strings instead: 'text ' + value + ' text'.",
}

/** One-based line and column, as editors and the language server count them. */
function place(code: string, at: number): { line: number; column: number } {
  const lines = code.slice(0, at).split(/\r\n|\r|\n/)
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}
