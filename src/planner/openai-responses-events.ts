// Events of the Responses API -> chunks of Chat Completions, so that one reader gathers the answers of both.
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

const NOTHING = { choices: [] }

/** Takes the events of one answer in order, or the one answer of a server that does not stream. Throws what failed. */
export function createChunkReader(): (value: unknown) => unknown {
  /** What has come so far, by place: a piece that only the end of a place brings is not lost, none comes twice. */
  const seen = new Set<string>()
  let spoke: string | undefined
  const say = (key: string, piece: string | null | undefined, of: 'content' | 'refusal'): object => {
    if (!piece) return NOTHING
    seen.add(key)
    const [message] = key.split('/')
    const gap = spoke === undefined || spoke === message ? '' : '\n\n'
    spoke = message
    return chunk({ [of]: gap + piece })
  }
  const call = (index: number, given: Item): object => {
    seen.add(`${index}`)
    const { call_id: id, name, arguments: args } = given
    if (args && args !== '') seen.add(`${index}/args`)
    return chunk({ tool_calls: [{ index, id, function: { name, arguments: args ?? '' } }] })
  }
  const whole = (index: number, given: Item): object[] => {
    if (given.type === 'function_call') {
      if (!seen.has(`${index}`)) return [call(index, given)]
      if (seen.has(`${index}/args`) || !given.arguments) return []
      seen.add(`${index}/args`)
      return [chunk({ tool_calls: [{ index, function: { arguments: given.arguments } }] })]
    }
    if (given.type !== 'message') return []
    return (given.content ?? []).flatMap((one, i) => {
      if (seen.has(`${index}/${i}`)) return []
      return [say(`${index}/${i}`, one.text ?? one.refusal, one.refusal ? 'refusal' : 'content')]
    })
  }
  const take = (one: ReplyEvent): object[] => {
    const index = one.output_index ?? 0
    const key = `${index}/${one.content_index ?? 0}`
    switch (one.type) {
      case 'response.output_text.delta':
        return [say(key, one.delta, 'content')]
      case 'response.refusal.delta':
        return [say(key, one.delta, 'refusal')]
      case 'response.output_text.done':
        return seen.has(key) ? [] : [say(key, one.text, 'content')]
      case 'response.refusal.done':
        return seen.has(key) ? [] : [say(key, one.refusal, 'refusal')]
      case 'response.output_item.added':
        return one.item?.type === 'function_call' ? [call(index, one.item)] : []
      case 'response.function_call_arguments.delta':
        if (one.delta) seen.add(`${index}/args`)
        return [chunk({ tool_calls: [{ index, function: { arguments: one.delta } }] })]
      case 'response.function_call_arguments.done':
        return whole(index, { type: 'function_call', arguments: one.arguments })
      case 'response.output_item.done':
        return one.item ? whole(index, one.item) : []
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        return one.response ? end(one.response) : []
      default:
        return []
    }
  }
  const end = (answer: Answer): object[] => {
    if (answer.error) throw Object.assign(new Error('refused'), { error: answer.error })
    return [...(answer.output ?? []).flatMap((given, index) => whole(index, given)), closing(answer)]
  }
  return (value) => {
    const read = z.safeParse(event, value)
    if (read.success) return merged(take(read.data))
    const answer = z.safeParse(response, value)
    return answer.success && answer.data.output ? merged(end(answer.data)) : value
  }
}

function closing({ status, incomplete_details: incomplete, usage }: Answer): object {
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

function chunk(delta: object): object {
  return { choices: [{ delta }] }
}

interface Chunk {
  readonly choices: readonly { readonly delta?: Delta; readonly finish_reason?: string }[]
  readonly usage?: object
}
interface Delta {
  readonly content?: string
  readonly refusal?: string
  readonly tool_calls?: readonly object[]
}

/** One event may bring several pieces; a chunk has one delta. */
function merged(chunks: readonly object[]): object {
  if (chunks.length <= 1) return chunks[0] ?? NOTHING
  const all = chunks as readonly Chunk[]
  const deltas = all.flatMap(({ choices }) => choices.flatMap(({ delta }) => delta ?? []))
  const finish = all.flatMap(({ choices }) => choices.map((one) => one.finish_reason)).findLast(Boolean)
  const usage = all.findLast((one) => one.usage)?.usage
  const delta = {
    content: deltas.map((one) => one.content ?? '').join(''),
    refusal: deltas.map((one) => one.refusal ?? '').join(''),
    tool_calls: deltas.flatMap((one) => one.tool_calls ?? []),
  }
  return { choices: [{ delta, finish_reason: finish }], ...(usage ? { usage } : {}) }
}
