// The planner that asks a language model over Chat Completions: any endpoint that speaks them.
// It remembers nothing of the conversation (the journal does), only what the endpoint has refused to take.
import type OpenAI from 'openai'
import type { Event } from '../../sessions/event.ts'
import { buildMessages } from './messages.ts'
import type { EndpointCode, Lesson } from './openai-failure.ts'
import { createReplyReader, type Reply } from './openai-reply.ts'
import { backOff, pause, sayTime } from './openai-retry.ts'
import { createSecret } from './openai-secret.ts'
import { toStep } from './openai-step.ts'
import { streamReply, type Connection } from './openai-stream.ts'
import type { Planner, PlannerEvent, Step } from './planner.ts'
import type { Protocol } from './prompt.ts'
import { TOOLS } from './tools.ts'

/** The mid-size model of the newest family in the installed package's ChatModel list. */
export const DEFAULT_MODEL = 'gpt-6.1-terra' satisfies OpenAI.ChatModel
const DEFAULT_URL = 'https://api.openai.com/v1'
/** Sent where no key is needed; the package refuses to go without. */
const PLACEHOLDER_KEY = 'none'

export interface OpenAiOptions {
  /** Undefined where the endpoint needs none. */
  readonly apiKey?: string | undefined
  /** Default: OpenAI's own. */
  readonly baseUrl?: string | undefined
  /** Default: DEFAULT_MODEL. */
  readonly model?: string | undefined
  /** Milliseconds without a byte after which the endpoint counts as lost. Default 120,000. */
  readonly timeoutMs?: number | undefined
  /** The first wait before asking again, doubled each time; default 1,000 ms. */
  readonly backOffMs?: number | undefined
  /** The longest wait that is accepted from Retry-After; default 60,000 ms. */
  readonly maxWaitMs?: number | undefined
}

/** A planner on a Chat Completions endpoint. Nothing of the `openai` package loads before the first `next`. */
export function createOpenAiPlanner(options: OpenAiOptions): Planner {
  const apiKey = options.apiKey?.trim()
  const secret = createSecret(apiKey)
  const connection: Connection = {
    url: (options.baseUrl || DEFAULT_URL).replace(/\/+$/, ''),
    shown: showUrl(options.baseUrl || DEFAULT_URL),
    model: options.model || DEFAULT_MODEL,
    apiKey: apiKey || PLACEHOLDER_KEY,
    timeoutMs: options.timeoutMs ?? 120_000,
  }
  const learnt = new Set<Lesson>(needsNoEffort(connection) ? ['effort none'] : [])
  return {
    description: secret.clean(`The model ${connection.model} at ${connection.shown} answers.`),
    async *next(journal, signal) {
      for (let attempt = 1; ;) {
        signal.throwIfAborted()
        const protocol: Protocol = learnt.has('no tools') ? 'fenced' : 'tools'
        const reader = createReplyReader(protocol, secret)
        const failure = yield* streamReply(connection, buildRequest(connection.model, journal, learnt), reader, signal)
        const { events, reply } = reader.end()
        if (!failure && !isEmpty(reply)) {
          yield* events
          return yield* toStep(reply, journal)
        }
        const fault = failure ?? emptyAnswer(connection)
        if (fault.lesson && learn(learnt, fault.lesson)) {
          if (protocol === 'tools' && learnt.has('no tools'))
            yield notice(`The model ${connection.model} takes no tools: it is asked for code blocks instead.`)
          continue
        }
        const waitMs = fault.waitMs ?? backOff(attempt, options.backOffMs ?? 1000)
        const message = secret.clean(fault.message)
        const patient = waitMs <= (options.maxWaitMs ?? 60_000)
        if (attempt >= fault.tries || !patient)
          return failed(fault.code, message, attempt, patient ? undefined : waitMs)
        yield notice(`${message} Waiting ${sayTime(waitMs)}, then try ${attempt + 1} of ${fault.tries}.`)
        await pause(waitMs, signal)
        attempt++
      }
    },
  }
}

function buildRequest(model: string, journal: readonly Event[], learnt: ReadonlySet<Lesson>) {
  const fenced = learnt.has('no tools')
  const request: OpenAI.ChatCompletionCreateParamsStreaming = {
    model,
    messages: buildMessages(journal, fenced ? 'fenced' : 'tools'),
    stream: true,
    ...(fenced ? {} : { tools: TOOLS }),
    ...(learnt.has('no usage') ? {} : { stream_options: { include_usage: true } }),
    ...(!fenced && learnt.has('effort none') && !learnt.has('no effort') ? { reasoning_effort: 'none' as const } : {}),
  }
  return request
}

/** True when the endpoint's refusal taught something new; a model that takes tools neither way is asked without. */
function learn(learnt: Set<Lesson>, lesson: Lesson): boolean {
  const next = learnt.has(lesson) && lesson === 'effort none' ? 'no tools' : lesson
  if (learnt.has(next)) return false
  learnt.add(next)
  return true
}

/** OpenAI's newest models refuse function tools over Chat Completions unless told not to reason; others learn it by asking. */
function needsNoEffort({ url, model }: Connection): boolean {
  return url === DEFAULT_URL && /^gpt-(?:5\.[6-9]|[6-9])/.test(model)
}

function isEmpty(reply: Reply): boolean {
  return reply.text === '' && reply.calls.length === 0 && reply.blocks.length === 0 && reply.finish !== 'content_filter'
}

function emptyAnswer({ shown, model }: Connection) {
  const message = `The model "${model}" at ${shown} gave an empty answer. Ask again, or choose another model.`
  return { code: 'endpoint_error' as const, message, tries: 2, lesson: undefined, waitMs: undefined }
}

function failed(code: EndpointCode, message: string, attempts: number, tooLong: number | undefined): Step {
  const wait = tooLong === undefined ? '' : ` It asks to wait ${sayTime(tooLong)}, which is too long; try again then.`
  const tried = attempts > 1 ? ` Tried ${attempts} times.` : ''
  return { type: 'failed', code, message: `${message}${wait}${tried}` }
}

function notice(text: string): PlannerEvent {
  return { type: 'notice', text }
}

/** The address without user, password and query: people see it, and keys hide there. */
function showUrl(url: string): string {
  try {
    const { origin, pathname } = new URL(url)
    return `${origin}${pathname}`.replace(/\/+$/, '')
  } catch {
    return JSON.stringify(url)
  }
}
