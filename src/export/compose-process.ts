// Entry point of the short-lived process that parses cells: a request as JSON on stdin, the module as JSON on stdout.
import { stdin, stdout } from 'node:process'
import { text } from 'node:stream/consumers'
import { UnreadableCell, writeProgram, type ProgramInput } from './program.ts'

const input = JSON.parse(await text(stdin)) as ProgramInput
stdout.write(JSON.stringify(answer(input)))

function answer(asked: ProgramInput): unknown {
  try {
    return { ok: true, ...writeProgram(asked) }
  } catch (error) {
    if (error instanceof UnreadableCell) return { ok: false, message: error.message }
    throw error
  }
}
