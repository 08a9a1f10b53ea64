// Every way an endpoint fails, as a stable code and a sentence that says what happened and what to do.
import { clip } from './messages-text.ts'
import { readRetryAfter } from './openai-retry.ts'

export type EndpointCode =
  | 'endpoint_auth'
  | 'endpoint_model'
  | 'endpoint_rate_limit'
  | 'endpoint_quota'
  | 'endpoint_context'
  | 'endpoint_filter'
  | 'endpoint_unreachable'
  | 'endpoint_timeout'
  | 'endpoint_cut'
  | 'endpoint_error'

/** What a request may leave out once the endpoint has refused it. */
export type Lesson = 'no usage' | 'no tools' | 'no effort' | 'effort none'

export interface Failure {
  readonly code: EndpointCode
  readonly message: string
  /** How many tries are worth making in all; 1 is no retry. */
  readonly tries: number
  /** Milliseconds the endpoint asked to wait. */
  readonly waitMs?: number
  /** Asking again without something may help. */
  readonly lesson?: Lesson
}

export interface Endpoint {
  /** The address as people may see it. */
  readonly shown: string
  readonly model: string
}

/** An answer that is no success: status, headers, the beginning of its body. */
export interface Refusal {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

const RETRIES = 4
/** Characters of an error that are looked at. */
const TEXT_READ = 4000
const KEY = 'Check OPENAI_API_KEY'

/** An HTTP status that is no success. */
export function readRefusal(refusal: Refusal, { shown, model }: Endpoint): Failure {
  const { status } = refusal
  const { text, kind, html } = words(refusal.body)
  const said = text ? ` It said: "${clip(text, 300)}"` : ''
  const fail = (code: EndpointCode, sentence: string, more: Partial<Failure> = {}): Failure => {
    return { code, message: `${sentence}${said}`, tries: 1, ...more }
  }
  const lesson = status === 401 || status === 403 || status === 429 ? undefined : readLesson(text)
  if (lesson) return fail('endpoint_error', `The endpoint ${shown} refused the request (${status}).`, { lesson })
  if (status === 401) return fail('endpoint_auth', `The endpoint ${shown} refused the API key (401). ${KEY}.`)
  if (
    status === 402 ||
    /insufficient_quota|billing_hard_limit/.test(kind) ||
    (status === 429 && /quota.*(?:billing|plan)/i.test(text))
  )
    return fail(
      'endpoint_quota',
      `The account's quota at ${shown} is used up (${status}). Add credit or use another key.`,
    )
  if (isUnknownModel(status, text, kind, html))
    return fail(
      'endpoint_model',
      `The endpoint ${shown} has no model "${model}" (${status}). Choose one with --model or EASEL_MODEL.`,
    )
  if (status === 403)
    return fail(
      'endpoint_auth',
      `The endpoint ${shown} does not let this key use the model "${model}" (403). ${KEY}, or choose another model.`,
    )
  if (status === 404 || status === 405)
    return fail(
      'endpoint_error',
      `There are no Chat Completions at ${shown} (${status}). Check OPENAI_BASE_URL; it often ends in /v1.`,
    )
  if (status === 429) {
    const waitMs = readRetryAfter(refusal.headers, Date.now())
    return fail('endpoint_rate_limit', `The endpoint ${shown} is over its rate limit (429).`, {
      tries: RETRIES,
      waitMs,
    })
  }
  if (
    status === 413 ||
    /context_length|context length|maximum context|too many tokens|prompt is too long/i.test(kind + text)
  )
    return fail(
      'endpoint_context',
      `The conversation is longer than the model "${model}" reads (${status}). Start a new session.`,
    )
  if (status >= 500 || status === 408 || status === 409) {
    const waitMs = readRetryAfter(refusal.headers, Date.now())
    return fail('endpoint_error', `The endpoint ${shown} has trouble of its own (${status}).`, {
      tries: RETRIES,
      waitMs,
    })
  }
  return fail('endpoint_error', `The endpoint ${shown} refused the request (${status}).`)
}

/** An error that arrived inside the stream, after a good status. */
export function readStreamError(error: unknown, endpoint: Endpoint): Failure {
  const { text, kind } = words(JSON.stringify({ error }))
  const known = /rate_limit|429/.test(kind) ? 429 : /auth|401/.test(kind) ? 401 : /quota/.test(kind) ? 402 : 500
  const body = JSON.stringify({ error: { message: text, code: kind } })
  return {
    ...readRefusal({ status: known, headers: new Headers(), body }, endpoint),
    ...(known === 500 ? { tries: 2 } : {}),
  }
}

/** No answer came at all: the error that `fetch` threw. */
export function readConnectionError(error: unknown, { shown }: Endpoint): Failure {
  const codes = causes(error).map((cause) => `${(cause as { code?: string | number }).code ?? ''}`)
  const has = (pattern: RegExp) => codes.some((code) => pattern.test(code))
  const fail = (why: string, tries = 1): Failure => {
    return { code: 'endpoint_unreachable', message: `The endpoint ${shown} cannot be reached: ${why}`, tries }
  }
  if (has(/ECONNREFUSED/))
    return fail('the connection was refused. Is the server running, and is OPENAI_BASE_URL right?')
  if (has(/ENOTFOUND/)) return fail('its name is not known (DNS). Check OPENAI_BASE_URL and the network.')
  if (has(/EAI_AGAIN/)) return fail('its name could not be looked up (DNS). Check the network.', 2)
  if (has(/CERT|SSL|TLS|SELF_SIGNED/)) return fail(`its certificate was not accepted (${codes.find(Boolean)}).`)
  if (has(/TIMEOUT|ETIMEDOUT/)) return fail('the connection was not made in time. Check the network.', 2)
  if (has(/ECONNRESET|EPIPE|UND_ERR_SOCKET/)) return fail('the connection broke before an answer came. Try again.', 3)
  const last = causes(error).at(-1)
  return fail(`${clip(last instanceof Error ? last.message : String(last), 200)}.`)
}

/** What the body of an error says: OpenAI's form, vLLM's, FastAPI's, or plain text; nothing of an HTML page. */
function words(body: string): { text: string; kind: string; html: boolean } {
  if (/^\s*<(?:!doctype|html|head|body|\?xml)/i.test(body)) return { text: '', kind: '', html: true }
  try {
    const parsed: unknown = JSON.parse(body)
    const found = field(parsed, 'error') ?? parsed
    const text = [field(found, 'message'), field(parsed, 'message'), field(parsed, 'detail'), found].find(
      (one) => one != null,
    )
    const kind = [field(found, 'code'), field(found, 'type'), field(found, 'param')].filter(Boolean).join(' ')
    return { text: (typeof text === 'string' ? text : JSON.stringify(text)).slice(0, TEXT_READ), kind, html: false }
  } catch {
    return { text: body.trim().slice(0, TEXT_READ), kind: '', html: false }
  }
}

/** Newer reasoning models take function tools over Chat Completions only with `reasoning_effort: 'none'`, and say so. */
function readLesson(text: string): Lesson | undefined {
  if (/stream_options|include_usage/.test(text)) return 'no usage'
  if (/reasoning_effort/.test(text)) return /tools/i.test(text) ? 'effort none' : 'no effort'
  if (/\btools?\b|tool[_-]|function[_ ]call/i.test(text) && REFUSED.test(text)) return 'no tools'
  return undefined
}

/** A complaint about one call's form ("error parsing tool call") must not count as a model without tools. */
const REFUSED =
  /n[o']t (?:support|permitted|allowed|available|enabled|advertise)|unsupported|forbidden|requires\b|unrecognized|unknown (?:field|param)|no endpoints/i

function isUnknownModel(status: number, text: string, kind: string, html: boolean): boolean {
  if (/model_not_found/.test(kind)) return true
  const says =
    /model\b.*(?:not found|not exist|unknown|not (?:a )?valid|not supported)|(?:unknown|invalid|no such) model/is.test(
      text,
    )
  return says ? status < 500 : status === 404 && !html && /\bmodel/i.test(text)
}

function causes(error: unknown): unknown[] {
  const found: unknown[] = []
  for (let one = error; one != null && found.length < 6; one = field(one, 'cause')) {
    found.push(one)
    if (one instanceof AggregateError) found.push(...one.errors.slice(0, 3))
  }
  return found
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
