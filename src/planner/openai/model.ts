// One model at an endpoint: sends requests, retries where that may help, and remembers which features it refused.
import type { Event } from '../../../sessions/event.ts'
import type { UnsupportedFeatureCache } from './unsupported-feature-cache.ts'
import { isPicture } from '../messages/picture.ts'
import type { EndpointCode, Failure } from './transport/failure.ts'
import type { UnsupportedFeature } from './unsupported-features.ts'
import { createReplyReader, type Reply } from './reply/reply.ts'
import { buildRequest, addCapability, protocolOf, type RequestExtras } from './request.ts'
import { backOff, pause, sayTime } from './transport/retry.ts'
import type { Secret } from './transport/secret.ts'
import { toStep } from './reply/step.ts'
import { streamReply, type Connection } from './transport/stream.ts'
import type { PlannerEvent, Step } from '../planner.ts'

export interface ModelClient {
  readonly model: string
  /** Features it has refused so far. */
  readonly learnt: ReadonlySet<UnsupportedFeature>
  /** The step that follows the journal, or why there is none. Throws only when `signal` aborts. */
  ask(journal: readonly Event[], signal: AbortSignal, gifts: RequestExtras): AsyncGenerator<PlannerEvent, Step>
}

export interface RetryPolicy {
  /** The first wait before a retry, doubled each time, in ms. */
  readonly backOffMs: number
  /** The longest wait accepted from Retry-After, in ms. */
  readonly maxWaitMs: number
}

/** `known`: refusals that are known in advance; `book`: the cache of earlier refusals. */
export function createModel(
  connection: Connection,
  secret: Secret,
  patience: RetryPolicy,
  known: readonly UnsupportedFeature[] = [],
  book?: UnsupportedFeatureCache,
): ModelClient {
  const learnt = new Set<UnsupportedFeature>([...known, ...(book?.of(connection) ?? [])])
  const { model } = connection
  return {
    model,
    learnt,
    async *ask(journal, signal, gifts) {
      let said = ''
      const before = learnt.size
      if (learnt.has('no pictures') && bringsPictures(journal)) yield capabilityNotice(model, 'no pictures')
      for (let attempt = 1; ;) {
        signal.throwIfAborted()
        const reader = createReplyReader(protocolOf(learnt), secret, model)
        const failure = yield* streamReply(connection, buildRequest(model, journal, learnt, gifts), reader, signal)
        const { events, reply } = reader.end()
        if (!failure && !isEmpty(reply)) {
          // Only after the request without the feature was accepted.
          if (learnt.size > before) book?.keep(connection, learnt)
          yield* events
          return yield* toStep(reply, journal)
        }
        const fault = failure ?? emptyAnswer(connection, reply)
        const capability = fault.capability && addCapability(learnt, fault.capability)
        if (capability) {
          if (NOTICES[capability]) yield capabilityNotice(model, capability)
          continue
        }
        const waitMs = fault.waitMs ?? backOff(attempt, patience.backOffMs)
        const message = secret.clean(fault.message)
        const patient = waitMs <= patience.maxWaitMs
        if (attempt >= fault.tries || !patient)
          return failed(fault.code, message, attempt, patient ? undefined : waitMs)
        if (message !== said)
          yield notice(
            `${withoutAdvice(message)} Waiting ${sayTime(waitMs)}, then try ${attempt + 1} of ${fault.tries}.`,
          )
        said = fault.loading ? message : ''
        await pause(waitMs, signal)
        attempt++
      }
    },
  }
}

/** Refusals that the user should know about. */
const NOTICES: Partial<Record<UnsupportedFeature, string>> = {
  'no tools': 'does not support tools; it is asked for code blocks instead',
  'no pictures': 'does not accept pictures; it is told about them in words',
  'one picture': 'accepts one picture at a time; it is shown the newest',
}

function capabilityNotice(model: string, capability: UnsupportedFeature): PlannerEvent {
  return notice(`The model ${model} ${NOTICES[capability]}.`)
}

/** Whether a new request came with pictures, so that the user must be told that the model does not see them. */
function bringsPictures(journal: readonly Event[]): boolean {
  const at = journal.findLastIndex(({ type }) => type === 'ask')
  const ask = journal[at]
  if (ask?.type !== 'ask' || journal.slice(at + 1).some(({ type }) => !EVENTS_BEFORE_STEP.has(type))) return false
  return journal.some((event) => {
    return event.type === 'upload' && isPicture(event) && ask.files.includes(event.name)
  })
}

/** Events between a request and its first step. */
const EVENTS_BEFORE_STEP: ReadonlySet<Event['type']> = new Set(['look', 'notice', 'compacted'])

function isEmpty(reply: Reply): boolean {
  return reply.text === '' && reply.calls.length === 0 && reply.blocks.length === 0 && reply.finish !== 'content_filter'
}

function emptyAnswer({ shown, model }: Connection, { finish }: Reply): Failure {
  const message =
    finish === 'length'
      ? `The model "${model}" at ${shown} reached its output limit before it answered. Ask for less, or choose another model.`
      : `The model "${model}" at ${shown} gave an empty answer. Ask again, or choose another model.`
  return { code: 'endpoint_error', message, tries: 2 }
}

function failed(code: EndpointCode, message: string, attempts: number, tooLong: number | undefined): Step {
  const wait =
    tooLong === undefined ? '' : ` It asks to wait ${sayTime(tooLong)}, which is too long; try again after that.`
  const tried = attempts > 1 ? ` Tried ${attempts} times.` : ''
  return { type: 'failed', code, message: `${message}${wait}${tried}` }
}

/** Drops advice to retry, because the program retries by itself. */
function withoutAdvice(message: string): string {
  return message.replace(/ (?:Try|Ask) again(?:, or choose [\w ]+)?\.$/, '')
}

function notice(text: string): PlannerEvent {
  return { type: 'notice', text }
}
