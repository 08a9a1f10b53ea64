// Every way an endpoint fails, as a stable code and a sentence that says what happened and what to do.
import { clip } from '../../messages/text.ts'
import { readUnsupportedFeature, type UnsupportedFeature, type SentFeatures } from '../unsupported-features.ts'
import { readRetryAfter } from './retry.ts'

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

export interface Failure {
  readonly code: EndpointCode
  readonly message: string
  /** Total attempts worth making; 1 means no retry. */
  readonly tries: number
  /** Milliseconds that the endpoint asked to wait. */
  readonly waitMs?: number
  /** A retry without this may help. */
  readonly capability?: UnsupportedFeature
  /** A local server is still loading the model; the same notice is not repeated. */
  readonly loading?: boolean
}

export interface Endpoint {
  /** The URL as shown to users. */
  readonly shown: string
  readonly model: string
  readonly api: Api
}

/** The API to use: Chat Completions or Responses. */
export type Api = 'chat' | 'responses'

/** An HTTP error response: status, headers, the beginning of its body. */
export interface Refusal {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

const RETRIES = 4
/** With waits that double up to 8 s: about two minutes. */
const LOADING_TRIES = 20
/** Characters of an error that are examined. */
const TEXT_READ = 4000
const KEY = 'Check OPENAI_API_KEY'

/** Reads an HTTP error response; `sent`: the features of the request that an endpoint may refuse. */
export function readRefusal(refusal: Refusal, endpoint: Endpoint, sent: SentFeatures): Failure {
  const { status } = refusal
  const said = parseErrorBody(refusal.body)
  const capability = [401, 403, 429].includes(status) ? undefined : readUnsupportedFeature(said.text, sent)
  const read = capability
    ? { capability }
    : (readPermission(status, said, endpoint) ?? readTrouble(refusal, said, endpoint))
  const { code = 'endpoint_error', message = `The endpoint ${endpoint.shown} refused the request (${status}).` } = read
  const quoted = said.text ? ` It said: "${clip(said.text, 300)}"` : ''
  return { tries: 1, ...read, code, message: `${message}${quoted}` }
}

/** Errors of the key, the account, the model or the URL. */
function readPermission(
  status: number,
  { text, kind, html }: ErrorBody,
  endpoint: Endpoint,
): Partial<Failure> | undefined {
  const { shown, model, api } = endpoint
  const fail = (code: EndpointCode, message: string): Partial<Failure> => ({ code, message })
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
  if (api === 'chat' && /only (?:supported )?in v1\/responses|use .{0,20}v1\/responses.{0,20} instead/i.test(text))
    return fail(
      'endpoint_model',
      `The model "${model}" supports only the Responses API at ${shown}. Use --api responses.`,
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
  if (status !== 404 && status !== 405) return undefined
  const [name, other] =
    api === 'chat' ? ['are no Chat Completions', ''] : ['is no Responses API', 'Use --api chat, or check the address. ']
  const hint =
    other === '' ? 'Check OPENAI_BASE_URL; it often ends in /v1.' : `${other}OPENAI_BASE_URL often ends in /v1.`
  return fail('endpoint_error', `There ${name} at ${shown} (${status}). ${hint}`)
}

/** Temporary errors, and a conversation that is too long. */
function readTrouble({ status, headers }: Refusal, { text, kind }: ErrorBody, endpoint: Endpoint): Partial<Failure> {
  const { shown, model } = endpoint
  const waitMs = readRetryAfter(headers, Date.now())
  const wait = waitMs === undefined ? {} : { waitMs }
  if (status === 429) {
    const message = `The endpoint ${shown} is over its rate limit (429).`
    return { code: 'endpoint_rate_limit', message, tries: RETRIES, ...wait }
  }
  if (status === 413 || TOO_LONG.test(`${kind} ${text}`)) {
    const message = `The conversation is too long for the model "${model}" (${status}). Start a new session.`
    return { code: 'endpoint_context', message }
  }
  if (status === 503 && /\bloading\b/i.test(text)) {
    const message = `The endpoint ${shown} is still loading the model "${model}" (503).`
    return { message, tries: LOADING_TRIES, loading: true, ...wait }
  }
  if (status >= 500 || status === 408 || status === 409)
    return { message: `The endpoint ${shown} has an internal error (${status}).`, tries: RETRIES, ...wait }
  return {}
}

/** OpenAI, vLLM, Ollama, LM Studio ("context length"), llama.cpp ("the available context size"), MLX. */
const TOO_LONG =
  /context_length|exceed_context|context length|maximum context|too many tokens|prompt is too long|exceeds?.{0,30}\bcontext|context size has been exceeded/i

/** Reads an error that arrived inside the stream, after a successful status. */
export function readStreamError(error: unknown, endpoint: Endpoint, sent: SentFeatures): Failure {
  const { text, kind } = parseErrorBody(JSON.stringify({ error }))
  const known = /rate_limit|429/.test(kind) ? 429 : /auth|401/.test(kind) ? 401 : /quota/.test(kind) ? 402 : 500
  const body = JSON.stringify({ error: { message: text, code: kind } })
  const failure = readRefusal({ status: known, headers: new Headers(), body }, endpoint, sent)
  return known === 500 && failure.code === 'endpoint_error' ? { ...failure, tries: 2 } : failure
}

/** Reads the error that `fetch` threw: no answer came at all. */
export function readConnectionError(error: unknown, { shown }: Pick<Endpoint, 'shown'>): Failure {
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

/** The text and kind of an error body. */
interface ErrorBody {
  readonly text: string
  readonly kind: string
  readonly html: boolean
}

/** Parses the formats of OpenAI, vLLM and FastAPI, each also in a list, and plain text; nothing of an HTML page. */
function parseErrorBody(body: string): ErrorBody {
  if (/^\s*<(?:!doctype|html|head|body|\?xml)/i.test(body)) return { text: '', kind: '', html: true }
  try {
    const whole: unknown = JSON.parse(body)
    const parsed: unknown = Array.isArray(whole) ? whole[0] : whole
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
