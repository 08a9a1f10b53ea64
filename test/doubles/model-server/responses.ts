// Converts Chat Completions chunks to the equivalent Responses API events, so that one script serves both.
interface Piece {
  readonly index?: number
  readonly id?: string
  readonly function?: { readonly name?: string; readonly arguments?: string }
}
interface Chunk {
  readonly choices?: readonly {
    readonly delta?: { readonly content?: unknown; readonly refusal?: string; readonly tool_calls?: readonly Piece[] }
    readonly finish_reason?: string | null
  }[]
  readonly usage?: {
    readonly prompt_tokens: number
    readonly completion_tokens: number
    readonly prompt_tokens_details?: object
  }
  readonly error?: object
}
interface Item {
  type: 'message' | 'function_call'
  text: string
  id: string
  callId: string | undefined
  name: string | undefined
}

/** The events of each chunk; `completed` comes with the usage, or with the finish reason if no usage follows. */
export function responsesEvents(chunks: readonly object[]): object[][] {
  const items: Item[] = []
  let sequence = 0
  let opened = false
  let finish: string | undefined
  const event = (type: string, more: object): object => ({ type, sequence_number: sequence++, ...more })
  const place = () => ({ output_index: items.length - 1, item_id: items.at(-1)?.id })

  const close = (): object[] => {
    const item = items.at(-1)
    if (!item || !opened) return []
    opened = false
    const done = event('response.output_item.done', { output_index: items.length - 1, item: shown(item) })
    if (item.type === 'function_call')
      return [event('response.function_call_arguments.done', { ...place(), arguments: item.text }), done]
    return [event('response.output_text.done', { ...place(), content_index: 0, text: item.text }), done]
  }
  const open = (type: Item['type'], piece: Piece = {}): object[] => {
    const before = close()
    items.push({ type, text: '', id: `item_${items.length}`, callId: piece.id, name: piece.function?.name })
    opened = true
    const item = shown(items.at(-1) as Item)
    return [...before, event('response.output_item.added', { output_index: items.length - 1, item })]
  }
  const add = (type: string, delta: string): object => {
    const item = items.at(-1)
    if (item) item.text += delta
    return event(type, { ...place(), content_index: 0, delta })
  }
  const words = (text: string, type: string): object[] => {
    if (text === '') return []
    const before = opened && items.at(-1)?.type === 'message' ? [] : open('message')
    return [...before, add(type, text)]
  }
  const call = (piece: Piece): object[] => {
    const delta = piece.function?.arguments ?? ''
    const before = piece.function?.name ? open('function_call', piece) : []
    return [...before, ...(delta ? [add('response.function_call_arguments.delta', delta)] : [])]
  }
  const end = (usage: Chunk['usage']): object[] => {
    const reason = finish === 'length' ? 'max_output_tokens' : finish === 'content_filter' ? finish : undefined
    const type = reason ? 'response.incomplete' : 'response.completed'
    return [...close(), event(type, { response: response(items, reason, usage) })]
  }
  return (chunks as readonly Chunk[]).map((chunk, i) => {
    if (chunk.error) return [event('error', { code: null, param: null, ...chunk.error, type: 'error' })]
    const { delta, finish_reason: reason } = chunk.choices?.[0] ?? {}
    finish ??= reason ?? undefined
    const isLast = reason && !(chunks as readonly Chunk[]).slice(i).some(({ usage }) => usage)
    return [
      ...(i === 0 ? [event('response.created', { response: response([], undefined, undefined) })] : []),
      ...words(typeof delta?.content === 'string' ? delta.content : '', 'response.output_text.delta'),
      ...words(delta?.refusal ?? '', 'response.refusal.delta'),
      ...(delta?.tool_calls ?? []).flatMap(call),
      ...(isLast || chunk.usage ? end(chunk.usage) : []),
    ]
  })
}

function shown({ type, id, callId, name, text }: Item): object {
  if (type === 'function_call') return { type, id, call_id: callId, name, arguments: text, status: 'completed' }
  return { type, id, role: 'assistant', content: text ? [{ type: 'output_text', text, annotations: [] }] : [] }
}

function response(items: readonly Item[], reason: string | undefined, usage: Chunk['usage']): object {
  return {
    id: 'resp_1',
    object: 'response',
    status: reason ? 'incomplete' : items.length > 0 ? 'completed' : 'in_progress',
    error: null,
    incomplete_details: reason ? { reason } : null,
    output: items.map(shown),
    usage: usage && {
      input_tokens: usage.prompt_tokens,
      output_tokens: usage.completion_tokens,
      input_tokens_details: usage.prompt_tokens_details,
    },
  }
}
