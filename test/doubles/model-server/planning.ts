// Runs a planner to its step and collects what it emitted on the way.
import type { Event } from '../../../sessions/event.ts'
import { createOpenAiPlanner, type OpenAiOptions } from '../../../src/planner/openai/planner.ts'
import type { PictureSource, Planner, PlannerEvent, Step } from '../../../src/planner/planner.ts'
import type { WireAnswer, WireServer } from './server.ts'

export interface Planned {
  readonly step: Step
  readonly events: readonly PlannerEvent[]
  readonly text: string
  readonly code: string
  readonly notices: readonly string[]
}

export async function plan(
  planner: Planner,
  journal: readonly Event[],
  signal = new AbortController().signal,
  pictures?: PictureSource,
): Promise<Planned> {
  const events: PlannerEvent[] = []
  const steps = planner.next(journal, signal, pictures)
  for (;;) {
    const next = await steps.next()
    if (!next.done) {
      events.push(next.value)
      continue
    }
    const joined = (of: 'text' | 'code') =>
      events.map((one) => (one.type === 'delta' && one.of === of ? one.text : '')).join('')
    const notices = events.flatMap((one) => (one.type === 'notice' ? [one.text] : []))
    return { step: next.value, events, text: joined('text'), code: joined('code'), notices }
  }
}

/** Scripts the answers and plans with a key, which must not appear anywhere. */
export function planAgainst(server: WireServer, ...answers: WireAnswer[]): Promise<Planned> {
  return planWithin(30_000, server, ...answers)
}

/** Like `planAgainst`, with `timeoutMs` as the idle timeout. */
export async function planWithin(timeoutMs: number, server: WireServer, ...answers: WireAnswer[]): Promise<Planned> {
  server.reply(...answers)
  const planned = await plan(plannerOn(server, { apiKey: KEY, timeoutMs }), asking('x'))
  if (JSON.stringify(planned).includes(KEY)) throw new Error('the API key shows')
  return planned
}

/** An error's body in OpenAI's form. */
export function apiError(message: string, more: object = {}): object {
  return { error: { message, type: 'invalid_request_error', ...more } }
}

export const KEY = 'sk-test-1234567890abcdef'

/** A planner on the server, with short waits. */
export function plannerOn(server: WireServer, options: OpenAiOptions = {}): Planner {
  const { url: baseUrl, api } = server
  return createOpenAiPlanner({ baseUrl, api, model: 'test-model', backOffMs: 5, timeoutMs: 30_000, ...options })
}

/** A journal of one request. */
export function asking(text: string): Event[] {
  return [{ type: 'ask', text, files: [] }]
}
