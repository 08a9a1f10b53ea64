// Converts events of the Responses API to chunks of Chat Completions, so that one reader collects the answers of both.
import * as z from 'zod/mini'

const text = z.nullish(z.string())
const place = z.nullish(z.number())
const part = z.object({ type: text, text, refusal: text })
const item = z.object({
  type: text,
  call_id: text,
  id: text,
  name: text,
  arguments: z.nullish(z.union([z.string(), z.record(z.string(), z.unknown())])),
  content: z.nullish(z.array(part)),
})
const tokens = z.nullish(z.number())
const response = z.object({
  status: text,
  output: z.nullish(z.array(item)),
  error: z.nullish(z.unknown()),
  incomplete_details: z.nullish(z.object({ reason: text })),
  usage: z.nullish(
    z.object({
      input_tokens: tokens,
      output_tokens: tokens,
      input_tokens_details: z.nullish(z.object({ cached_tokens: tokens })),
    }),
  ),
})
type Answer = z.infer<typeof response>
const event = z.object({
  type: z.string(),
  output_index: place,
  content_index: place,
  delta: text,
  text,
  refusal: text,
  arguments: text,
  item: z.nullish(item),
  response: z.nullish(response),
})
type ReplyEvent = z.infer<typeof event>
type Item = z.infer<typeof item>
type Text = z.infer<typeof text>

interface Chunk {
  readonly choices: readonly { readonly delta?: Delta; readonly finish_reason?: string }[]
  readonly usage?: object
}
interface Delta {
  readonly content?: string
  readonly refusal?: string
  readonly tool_calls?: readonly object[]
}

/** Takes the events of one answer in order, or the whole answer of a server that does not stream. Throws its error. */
export function createChunkReader(): (value: unknown) => unknown {
  const places = createPlaces()
  const end = (answer: Answer): Chunk[] => {
    if (answer.error) throw Object.assign(new Error('refused'), { error: answer.error })
    return [...(answer.output ?? []).flatMap((given, index) => places.whole(index, given)), closing(answer)]
  }
  const take = (one: ReplyEvent): Chunk[] => {
    const index = one.output_index ?? 0
    const part = one.content_index ?? 0
    switch (one.type) {
      case 'response.output_text.delta':
        return places.say(index, part, 'content', one.delta)
      case 'response.refusal.delta':
        return places.say(index, part, 'refusal', one.delta)
      case 'response.output_text.done':
        return places.rest(index, part, 'content', one.text)
      case 'response.refusal.done':
        return places.rest(index, part, 'refusal', one.refusal)
      case 'response.output_item.added':
        return one.item?.type === 'function_call' ? places.call(index, one.item) : []
      case 'response.function_call_arguments.delta':
        return places.arguments(index, one.delta)
      case 'response.function_call_arguments.done':
        return places.whole(index, { type: 'function_call', arguments: one.arguments })
      case 'response.output_item.done':
        return one.item ? places.whole(index, one.item) : []
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        return one.response ? end(one.response) : []
      default:
        return []
    }
  }
  return (value) => {
    const read = z.safeParse(event, value)
    if (read.success) return mergeChunks(take(read.data))
    const answer = z.safeParse(response, value)
    return answer.success && answer.data.output ? mergeChunks(end(answer.data)) : value
  }
}

/** Tracks what each output position has sent: text that only its final event carries is kept, nothing is sent twice. */
function createPlaces() {
  const seen = new Set<string>()
  let spoke: number | undefined
  const say = (index: number, part: number, of: 'content' | 'refusal', piece: Text): Chunk[] => {
    if (!piece) return []
    seen.add(`${index}/${part}`)
    const gap = spoke === undefined || spoke === index ? '' : '\n\n'
    spoke = index
    return [chunk({ [of]: gap + piece })]
  }
  const rest = (...[index, part, of, piece]: Parameters<typeof say>): Chunk[] =>
    seen.has(`${index}/${part}`) ? [] : say(index, part, of, piece)
  const call = (index: number, { call_id: id, name, arguments: args }: Item): Chunk[] => {
    seen.add(`${index}`)
    if (args) seen.add(`${index}/arguments`)
    return [chunk({ tool_calls: [{ index, id, function: { name, arguments: args ?? '' } }] })]
  }
  const more = (index: number, args: Item['arguments']): Chunk[] => {
    if (!args) return []
    seen.add(`${index}/arguments`)
    return [chunk({ tool_calls: [{ index, function: { arguments: args } }] })]
  }
  const whole = (index: number, given: Item): Chunk[] => {
    if (given.type === 'function_call') {
      if (!seen.has(`${index}`)) return call(index, given)
      return seen.has(`${index}/arguments`) ? [] : more(index, given.arguments)
    }
    if (given.type !== 'message') return []
    return (given.content ?? []).flatMap((one, part) => {
      return rest(index, part, one.refusal ? 'refusal' : 'content', one.text ?? one.refusal)
    })
  }
  return { say, rest, call, arguments: more, whole }
}

function closing({ status, incomplete_details: incomplete, usage }: Answer): Chunk {
  const reason = incomplete?.reason
  const finish = reason === 'content_filter' ? reason : reason || status === 'incomplete' ? 'length' : 'stop'
  return {
    choices: [{ delta: {}, finish_reason: finish }],
    ...(usage
      ? {
          usage: {
            prompt_tokens: usage.input_tokens,
            completion_tokens: usage.output_tokens,
            prompt_tokens_details: usage.input_tokens_details,
          },
        }
      : {}),
  }
}

function chunk(delta: Delta): Chunk {
  return { choices: [{ delta }] }
}

/** Joins several chunks into one: an event may yield several pieces, but a chunk has one delta. */
function mergeChunks(chunks: readonly Chunk[]): Chunk {
  const [only] = chunks
  if (chunks.length <= 1) return only ?? { choices: [] }
  const deltas = chunks.flatMap(({ choices }) => choices.flatMap(({ delta }) => delta ?? []))
  const finish = chunks.flatMap(({ choices }) => choices.map((one) => one.finish_reason)).findLast(Boolean)
  const usage = chunks.findLast((one) => one.usage)?.usage
  const delta = {
    content: deltas.map((one) => one.content ?? '').join(''),
    refusal: deltas.map((one) => one.refusal ?? '').join(''),
    tool_calls: deltas.flatMap((one) => one.tool_calls ?? []),
  }
  return { choices: [{ delta, ...(finish ? { finish_reason: finish } : {}) }], ...(usage ? { usage } : {}) }
}
