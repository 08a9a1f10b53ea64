// Assembles the tool calls of a streamed answer and yields each one's code as it arrives. Servers differ: a call's
// index, id or name may be missing or repeated, and arguments may come whole or as an object.
import { createCodeReader, type CodeReader } from './code-field.ts'
import type { Secret, SecretStream } from '../transport/secret.ts'

/** A tool call as received; `arguments` is unchecked text. */
export interface Call {
  readonly id: string
  readonly name: string
  readonly arguments: string
}

/** A fragment of a call, as received. */
interface CallPiece {
  readonly index?: number | null | undefined
  readonly id?: string | null | undefined
  readonly function?:
    | {
        readonly name?: string | null | undefined
        readonly arguments?: string | Record<string, unknown> | null | undefined
      }
    | null
    | undefined
}

export interface CallGatherer {
  /** The new piece of decoded code; an empty line separates calls. */
  take(piece: CallPiece): string
  end(): { code: string; calls: Call[] }
}

interface OpenCall {
  id: string
  name: string
  arguments: string
  readonly index: number | undefined
  readonly read: CodeReader
  readonly shown: SecretStream
}

export function createCallGatherer(secret: Secret): CallGatherer {
  const calls: OpenCall[] = []
  let shown: OpenCall | undefined
  return {
    take(piece) {
      const { name, arguments: given } = piece.function ?? {}
      let call = findCall(calls, piece)
      if (!call) {
        const index = piece.index ?? undefined
        call = { id: '', name: '', arguments: '', index, read: createCodeReader(), shown: secret.stream() }
        calls.push(call)
      }
      if (piece.id) call.id ||= piece.id
      if (name && call.name !== name) call.name += name
      const more = given == null ? '' : typeof given === 'string' ? given : JSON.stringify(given)
      call.arguments += more
      const text = call.shown.push(call.read(more))
      const begins = text !== '' && shown !== call && shown !== undefined
      if (text !== '') shown = call
      return begins ? `\n\n${text}` : text
    },
    end() {
      const code = calls.map((call) => call.shown.end()).join('')
      return { code, calls: calls.map(({ id, name, arguments: text }) => ({ id, name, arguments: secret.hide(text) })) }
    },
  }
}

/** The call that a piece continues; undefined for a new one. A new id counts only together with a name. Some servers
 * give every call the index 0: without ids, a name starts a new call once the previous one is complete. */
function findCall(calls: readonly OpenCall[], { index, id, function: given }: CallPiece): OpenCall | undefined {
  const last = calls.at(-1)
  const same = index == null ? last : calls.findLast((call) => call.index === index)
  const another = id && same?.id && same.id !== id && given?.name
  const restarts = !id && given?.name && (index == null ? last?.arguments : same && isWhole(same.arguments))
  return another || restarts ? undefined : same
}

function isWhole(text: string): boolean {
  if (!/\}\s*$/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
