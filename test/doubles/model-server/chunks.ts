// Chat Completions chunks as endpoints send them, with text and arguments split where a test wants.

export interface CallScript {
  readonly id?: string
  readonly name?: string
  /** The arguments' text; `code` is wrapped in JSON. */
  readonly arguments?: string
  readonly code?: string
  readonly index?: number
}

/** The pieces of `text`, `size` characters each; characters beyond U+FFFF are split too. */
export function pieces(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, i) => text.slice(i * size, (i + 1) * size))
}

/** A chunk with one choice. */
export function chunk(delta: object, finish: string | null = null): object {
  return { ...FRAME, choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }] }
}

export function textChunks(text: string, size = 7): object[] {
  return [chunk({ role: 'assistant', content: '' }), ...pieces(text, size).map((content) => chunk({ content }))]
}

/** Text and tool calls, each call's arguments in pieces of `size` characters, then the finish reason. */
export function callChunks(
  calls: readonly CallScript[],
  { text = '', size = 5, finish = 'tool_calls' } = {},
): object[] {
  const head = text ? textChunks(text) : [chunk({ role: 'assistant', content: null })]
  const body = calls.flatMap((call, i) => {
    const index = call.index ?? i
    const json = call.arguments ?? JSON.stringify({ code: call.code })
    const start = { index, id: call.id, type: 'function', function: { name: call.name ?? 'run', arguments: '' } }
    const rest = pieces(json, size).map((piece) => chunk({ tool_calls: [{ index, function: { arguments: piece } }] }))
    return [chunk({ tool_calls: [start] }), ...rest]
  })
  return [...head, ...body, chunk({}, finish)]
}

/** A whole text answer. */
export function textAnswer(text: string, finish = 'stop'): object[] {
  return [...textChunks(text), chunk({}, finish)]
}

/** The last chunk under include_usage: no choices. */
export function usageChunk(input: number, output: number, cached = 0): object {
  const usage = { prompt_tokens: input, completion_tokens: output, total_tokens: input + output }
  return { ...FRAME, choices: [], usage: { ...usage, prompt_tokens_details: { cached_tokens: cached } } }
}

const FRAME = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_760_000_000, model: 'test-model' }
