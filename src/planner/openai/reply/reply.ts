// Collects a streamed answer: text and tool calls, with the pieces to show while it arrives.
import * as z from 'zod/mini'
import type { PlannerEvent } from '../../planner.ts'
import { createCallGatherer, type Call } from './tool-calls.ts'
import { createCodeReader } from './code-field.ts'
import { createFenceReader, type Block, type FencePiece } from './fence.ts'
import { createMarkupReader, type MarkupReader } from './markup.ts'
import type { Secret } from '../transport/secret.ts'
import type { Protocol } from '../../prompt.ts'
import { EDIT_TOOL, GENERATE_IMAGE_TOOL, HELP_TOOL, EDIT_IMAGE_TOOL, RUN_TOOL, VIEW_IMAGES_TOOL } from '../../tools.ts'

const part = z.object({ type: z.optional(z.string()), text: z.optional(z.string()) })
const content = z.nullish(z.union([z.string(), z.array(part)]))
const callDelta = z.object({
  index: z.nullish(z.number()),
  id: z.nullish(z.string()),
  function: z.nullish(
    z.object({
      name: z.nullish(z.string()),
      arguments: z.nullish(z.union([z.string(), z.record(z.string(), z.unknown())])),
    }),
  ),
})
const delta = z.object({ content, refusal: z.nullish(z.string()), tool_calls: z.nullish(z.array(callDelta)) })
const tokens = z.nullish(z.number())
/** A chunk of a stream, or the whole answer of a server that does not stream. */
const replyChunk = z.object({
  choices: z.nullish(
    z.array(z.object({ delta: z.nullish(delta), message: z.nullish(delta), finish_reason: z.nullish(z.string()) })),
  ),
  usage: z.nullish(
    z.object({
      prompt_tokens: tokens,
      completion_tokens: tokens,
      prompt_tokens_details: z.nullish(z.object({ cached_tokens: tokens })),
    }),
  ),
})
type Usage = z.infer<typeof replyChunk>['usage']

export interface Reply {
  readonly text: string
  readonly calls: readonly Call[]
  /** Fenced blocks, from a model without tools. */
  readonly blocks: readonly Block[]
  /** stop, tool_calls, length, content_filter …; undefined if the server sent none. */
  readonly finish: string | undefined
  /** The last block was not closed. */
  readonly open: boolean
}

export interface ReplyReader {
  /** The events of the chunk; undefined if it is not a chunk of an answer. */
  take(chunk: unknown): PlannerEvent[] | undefined
  readonly finished: boolean
  end(): { events: PlannerEvent[]; reply: Reply }
}

const TOOLS: ReadonlySet<string> = new Set([
  RUN_TOOL,
  EDIT_TOOL,
  HELP_TOOL,
  VIEW_IMAGES_TOOL,
  GENERATE_IMAGE_TOOL,
  EDIT_IMAGE_TOOL,
])

/** `model`: the model whose tokens the usage counts. */
export function createReplyReader(protocol: Protocol, secret: Secret, model: string): ReplyReader {
  const calls = createCallGatherer(secret)
  const markup = createMarkupReader(protocol === 'tools' ? TOOLS : new Set())
  const newFences = () => (protocol === 'fenced' ? createFenceReader() : undefined)
  let fences = newFences()
  const words = secret.stream()
  let text = ''
  let finish: string | undefined
  let usage: Usage

  const show = (of: 'text' | 'code', piece: string): PlannerEvent[] =>
    piece ? [{ type: 'delta', of, text: piece }] : []
  const showPieces = (pieces: FencePiece[]) => pieces.flatMap((piece) => show(piece.of, piece.text))
  const addText = ({ text: piece, anew }: ReturnType<MarkupReader['push']>): PlannerEvent[] => {
    if (anew) {
      text = ''
      fences = newFences()
    }
    if (piece === '') return []
    text += piece
    return fences ? showPieces(fences.push(piece)) : show('text', piece)
  }
  return {
    get finished() {
      return finish !== undefined
    },
    take(chunk) {
      const read = z.safeParse(replyChunk, chunk)
      if (!read.success || (read.data.choices === undefined && !read.data.usage)) return undefined
      const choice = read.data.choices?.[0]
      usage = read.data.usage ?? usage
      const said = choice?.delta ?? choice?.message
      if (choice?.finish_reason) finish = choice.finish_reason
      const piece = plain(said?.content) + (said?.refusal ?? '')
      return [
        ...(piece ? addText(markup.push(words.push(piece))) : []),
        ...(said?.tool_calls ?? []).flatMap((call) => show('code', calls.take(call))),
      ]
    },
    end() {
      const last = addText(markup.push(words.end()))
      const left = markup.end()
      const events = [...last, ...addText(left)]
      const found = fences?.end()
      if (found) events.push(...showPieces(found.pieces))
      const gathered = calls.end()
      // A server that parsed the calls may leave their markup in the text as well.
      const fromText = gathered.calls.length > 0 ? [] : left.calls
      const code = fromText.map((call) => createCodeReader()(call.arguments)).join('')
      events.push(...show('code', gathered.code + code), ...usageEvents(usage, model))
      const reply = {
        text: (found?.text ?? text).trim(),
        calls: [...gathered.calls, ...fromText],
        blocks: found?.blocks ?? [],
        finish,
        open: found?.open ?? false,
      }
      return { events, reply }
    },
  }
}

function plain(value: z.infer<typeof content>): string {
  if (value == null || typeof value === 'string') return value ?? ''
  return value.map((one) => (one.type === undefined || one.type === 'text' ? (one.text ?? '') : '')).join('')
}

/** Once an answer, because some servers send running totals with each chunk. */
function usageEvents(usage: Usage, model: string): PlannerEvent[] {
  if (!usage) return []
  const whole = (value: number | null | undefined) => Math.max(0, Math.round(value ?? 0))
  const cached = usage.prompt_tokens_details?.cached_tokens
  const input = whole(usage.prompt_tokens)
  const output = whole(usage.completion_tokens)
  return [{ type: 'usage', input, output, ...(cached == null ? {} : { cached: whole(cached) }), model }]
}
