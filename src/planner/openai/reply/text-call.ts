// Parses tool calls that a server left in the text of an answer, in the formats of various models. Only calls to our
// own tools count: a model may well explain such markup to a user.
import type { Call } from './tool-calls.ts'

/** JSON: `{"name": …, "arguments": …}` (Hermes, Qwen), `parameters` (Llama), in `function` or a list, one or more. */
export function readJsonCalls(text: string, names: ReadonlySet<string>): Call[] | undefined {
  const values = jsonValues(text)
  if (values === undefined) return undefined
  if (values.length === 0) return readBrokenCall(text, names)
  const calls = values.flat().map((value) => toCall(value, names))
  return calls.every((call) => call !== undefined) ? calls : undefined
}

/** Mistral: a list of JSON calls, or one or several of `run[ARGS]{…}`, also with `[CALL_ID]`. */
export function readMistralCalls(text: string, names: ReadonlySet<string>): Call[] | undefined {
  if (/^\s*[[{]/.test(text)) return readJsonCalls(text, names)
  const calls = text.split('[TOOL_CALLS]').map((one) => {
    const [, name = '', id = '', args = ''] =
      /^\s*([\w-]+)(?:\[CALL_ID\]([\w-]*))?(?:\[ARGS\])?\s*(\{[\s\S]*)$/.exec(one) ?? []
    return names.has(name) ? { id, name, arguments: normalizeJson(args) } : undefined
  })
  return calls.every((call) => call !== undefined) ? calls : undefined
}

/** Qwen3-Coder and Llama 3.1: `<function=run><parameter=code>…</parameter></function>`, or JSON between the tags. */
export function readTaggedCalls(text: string, names: ReadonlySet<string>): Call[] | undefined {
  const calls: (Call | undefined)[] = []
  for (const [, name = '', body = ''] of text.matchAll(
    /<function=([\w-]+)>([\s\S]*?)(?:<\/function>|$(?![\s\S])|(?=<function=))/g,
  )) {
    const parameters = [...body.matchAll(PARAMETER)].map(([, key = '', value = '']) => [key, valueOf(key, value)])
    const args = parameters.length > 0 ? JSON.stringify(Object.fromEntries(parameters)) : normalizeJson(body)
    calls.push(names.has(name) ? { id: '', name, arguments: args } : undefined)
  }
  return calls.length > 0 && calls.every((call) => call !== undefined) ? calls : undefined
}

const PARAMETER = /<parameter=([\w-]+)>([\s\S]*?)(?:<\/parameter>|$(?![\s\S])|(?=<parameter=))/g

/** Parameters of our tools that are not text. */
const STRUCTURED: ReadonlySet<string> = new Set(['cell', 'edits', 'names', 'images'])

/** One line break at each end belongs to the markup. */
function valueOf(key: string, raw: string): unknown {
  const text = raw.replace(/^\r?\n/, '').replace(/\r?\n[ \t]*$/, '')
  if (!STRUCTURED.has(key)) return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

function toCall(value: unknown, names: ReadonlySet<string>): Call | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const outer = value as Record<string, unknown>
  const inner = outer['function']
  const one = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : outer
  const name = typeof inner === 'string' ? inner : one['name']
  const args = one['arguments'] ?? one['parameters'] ?? outer['arguments'] ?? outer['parameters']
  if (typeof name !== 'string' || !names.has(name) || args === undefined || args === null) return undefined
  const id = typeof outer['id'] === 'string' ? outer['id'] : ''
  return { id, name, arguments: typeof args === 'string' ? args : JSON.stringify(args) }
}

/** A call whose JSON cannot be repaired: kept with its name and raw arguments, for the error sent to the model. */
function readBrokenCall(text: string, names: ReadonlySet<string>): Call[] | undefined {
  const [, name = ''] = /^\s*(?:\[\s*)?\{[^{}]{0,60}?"name"\s*:\s*"([\w-]+)"/.exec(text) ?? []
  const [, args] = /"(?:arguments|parameters)"\s*:\s*([\s\S]*)$/.exec(text) ?? []
  return names.has(name) && args !== undefined ? [{ id: '', name, arguments: args.trim() }] : undefined
}

/** The consecutive JSON values of a text; empty if the first is broken, undefined if something else follows one. */
function jsonValues(text: string): unknown[] | undefined {
  const values: unknown[] = []
  let at = 0
  for (;;) {
    while (/[\s;,]/.test(text.charAt(at))) at++
    if (at >= text.length) return values
    const end = endOfValue(text, at)
    const value = parsed(text.slice(at, end))
    if (value === undefined) return values.length === 0 ? [] : undefined
    values.push(value)
    at = end
  }
}

/** Index after the bracket that closes the value at `at`, or the end of the text. */
function endOfValue(text: string, at: number): number {
  let depth = 0
  let inText = false
  for (let i = at; i < text.length; i++) {
    const char = text.charAt(i)
    if (inText && char === '\\') i++
    else if (char === '"') inText = !inText
    else if (inText) continue
    else if (char === '{' || char === '[') depth++
    else if ((char === '}' || char === ']') && --depth <= 0) return i + 1
  }
  return text.length
}

/** Tolerates missing final braces and raw line breaks in strings, which small models produce. */
function parsed(text: string): unknown {
  if (!/^[[{]/.test(text)) return undefined
  for (const form of [text, escaped(text), `${escaped(text)}}`, `${escaped(text)}}}`]) {
    try {
      return JSON.parse(form) as unknown
    } catch {
      // Try the next repair.
    }
  }
  return undefined
}

/** Repaired JSON if possible, else the trimmed text. */
function normalizeJson(text: string): string {
  const trimmed = text.trim()
  const value = parsed(trimmed)
  return value === undefined ? trimmed : JSON.stringify(value)
}

const CONTROLS: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** Escapes raw line breaks and tabs within strings. */
function escaped(text: string): string {
  return text.replace(/"(?:\\[\s\S]|[^"\\])*(?:"|\\?$)/g, (string) =>
    string.replace(/[\n\r\t]/g, (char) => CONTROLS[char] ?? ''),
  )
}
