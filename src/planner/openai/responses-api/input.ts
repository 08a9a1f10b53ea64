// Converts a Chat Completions request to a Responses request. A pure function: a common prefix stays a common prefix.
import type OpenAI from 'openai'
import type { ChatRequest } from '../request.ts'

type Input = OpenAI.Responses.ResponseInputItem
type Message = OpenAI.ChatCompletionMessageParam

/** `store: false`: the journal holds the conversation. */
export function toResponses(request: ChatRequest): OpenAI.Responses.ResponseCreateParams {
  const { model, messages, tools = [], stream, reasoning_effort: effort } = request
  const instructions = messages.flatMap((message) => (message.role === 'system' ? [plain(message.content)] : []))
  const functions = tools.flatMap((tool) => (tool.type === 'function' ? [flat(tool)] : []))
  return {
    model,
    ...(instructions.length > 0 ? { instructions: instructions.join('\n\n') } : {}),
    input: messages.flatMap(itemsOf),
    store: false,
    stream: stream === true,
    ...(functions.length > 0 ? { tools: functions } : {}),
    ...(effort ? { reasoning: { effort } } : {}),
  }
}

function itemsOf(message: Message): Input[] {
  switch (message.role) {
    case 'user':
      return [{ role: 'user', content: userContent(message.content) }]
    case 'assistant': {
      const said = plain(message.content)
      const calls = (message.tool_calls ?? []).flatMap((call): Input[] => {
        if (call.type !== 'function') return []
        return [
          { type: 'function_call', call_id: call.id, name: call.function.name, arguments: call.function.arguments },
        ]
      })
      return said === '' && calls.length > 0 ? calls : [{ role: 'assistant', content: said }, ...calls]
    }
    case 'tool':
      return [{ type: 'function_call_output', call_id: message.tool_call_id, output: plain(message.content) }]
    default:
      return []
  }
}

function userContent(content: OpenAI.ChatCompletionUserMessageParam['content']) {
  if (typeof content === 'string') return content
  return content.flatMap((part): (OpenAI.Responses.ResponseInputText | OpenAI.Responses.ResponseInputImage)[] => {
    if (part.type === 'text') return [{ type: 'input_text', text: part.text }]
    if (part.type !== 'image_url') return []
    return [{ type: 'input_image', image_url: part.image_url.url, detail: part.image_url.detail ?? 'auto' }]
  })
}

/** The text of a message as one string. */
function plain(content: Message['content']): string {
  if (content == null || typeof content === 'string') return content ?? ''
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('')
}

/** Not `strict`, as over Chat Completions: `strict` would make every property required. */
function flat({ function: tool }: OpenAI.ChatCompletionFunctionTool): OpenAI.Responses.FunctionTool {
  const { name, description, parameters } = tool
  return {
    type: 'function',
    name,
    ...(description ? { description } : {}),
    parameters: parameters ?? null,
    strict: false,
  }
}
