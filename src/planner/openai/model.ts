// One model of an endpoint: asks it, waits and asks again where that may help, and keeps what it has refused to take.
import type { Event } from '../../../sessions/event.ts'
import type { CapabilityCache } from './capability-cache.ts'
import { isPicture } from '../messages/picture.ts'
import type { EndpointCode, Failure } from './transport/failure.ts'
import type { Capability } from './capabilities.ts'
import { createReplyReader, type Reply } from './reply/reply.ts'
import { buildRequest, learn, protocolOf, type Gifts } from './request.ts'
import { backOff, pause, sayTime } from './transport/retry.ts'
import type { Secret } from './transport/secret.ts'
import { toStep } from './reply/step.ts'
import { streamReply, type Connection } from './transport/stream.ts'
import type { PlannerEvent, Step } from '../planner.ts'

export interface AskedModel {
  readonly model: string
  /** What it has refused so far. */
  readonly learnt: ReadonlySet<Capability>
  /** The step after the journal, or why there is none. Throws only when `signal` aborts. */
  ask(journal: readonly Event[], signal: AbortSignal, gifts: Gifts): AsyncGenerator<PlannerEvent, Step>
}

export interface Patience {
  /** The first wait before asking again, doubled each time, in ms. */
  readonly backOffMs: number
  /** The longest wait that is accepted from Retry-After, in ms. */
  readonly maxWaitMs: number
}

/** `known`: what needs no refusal to be learnt; `book`: what was learnt before. */
export function createModel(
  connection: Connection,
  secret: Secret,
  patience: Patience,
  known: readonly Capability[] = [],
  book?: CapabilityCache,
): AskedModel {
  const learnt = new Set<Capability>([...known, ...(book?.of(connection) ?? [])])
  const { model } = connection
  return {
    model,
    learnt,
    async *ask(journal, signal, gifts) {
      let said = ''
      const before = learnt.size
      if (learnt.has('no pictures') && bringsPictures(journal)) yield told(model, 'no pictures')
      for (let attempt = 1; ;) {
        signal.throwIfAborted()
        const reader = createReplyReader(protocolOf(learnt), secret, model)
        const failure = yield* streamReply(connection, buildRequest(model, journal, learnt, gifts), reader, signal)
        const { events, reply } = reader.end()
        if (!failure && !isEmpty(reply)) {
          // Not before the request without it was taken.
          if (learnt.size > before) book?.keep(connection, learnt)
          yield* events
          return yield* toStep(reply, journal)
        }
        const fault = failure ?? emptyAnswer(connection, reply)
        const capability = fault.capability && learn(learnt, fault.capability)
        if (capability) {
          if (TOLD[capability]) yield told(model, capability)
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

/** Lessons that a person should know of. */
const TOLD: Partial<Record<Capability, string>> = {
  'no tools': 'takes no tools: it is asked for code blocks instead',
  'no pictures': 'takes no pictures: it is told about them in words',
  'one picture': 'takes one picture at a time: it is shown the newest',
}

function told(model: string, capability: Capability): PlannerEvent {
  return notice(`The model ${model} ${TOLD[capability]}.`)
}

/** Whether a request has just come with pictures, so that the person is to know that they are not seen. */
function bringsPictures(journal: readonly Event[]): boolean {
  const at = journal.findLastIndex(({ type }) => type === 'ask')
  const ask = journal[at]
  if (ask?.type !== 'ask' || journal.slice(at + 1).some(({ type }) => !BESIDE.has(type))) return false
  return journal.some((event) => {
    return event.type === 'upload' && isPicture(event) && ask.files.includes(event.name)
  })
}

/** What comes between a request and its first step. */
const BESIDE: ReadonlySet<Event['type']> = new Set(['look', 'notice', 'compacted'])

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
  const wait = tooLong === undefined ? '' : ` It asks to wait ${sayTime(tooLong)}, which is too long; try again then.`
  const tried = attempts > 1 ? ` Tried ${attempts} times.` : ''
  return { type: 'failed', code, message: `${message}${wait}${tried}` }
}

/** What the program does itself is no advice for a person. */
function withoutAdvice(message: string): string {
  return message.replace(/ (?:Try|Ask) again(?:, or choose [\w ]+)?\.$/, '')
}

function notice(text: string): PlannerEvent {
  return { type: 'notice', text }
}
