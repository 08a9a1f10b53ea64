// Runs a planner to its step and keeps what it said on the way.
import type { Event } from '../../sessions/event.ts'
import { createOpenAiPlanner, type OpenAiOptions } from '../../src/planner/openai.ts'
import type { Planner, PlannerEvent, Step } from '../../src/planner/planner.ts'
import type { WireServer } from './server.ts'

export interface Planned {
  readonly step: Step
  readonly events: readonly PlannerEvent[]
  readonly text: string
  readonly code: string
  readonly notices: readonly string[]
}

export async function plan(planner: Planner, journal: readonly Event[], signal = new AbortController().signal): Promise<Planned> {
  const events: PlannerEvent[] = []
  const steps = planner.next(journal, signal)
  for (;;) {
    const next = await steps.next()
    if (!next.done) {
      events.push(next.value)
      continue
    }
    const joined = (of: 'text' | 'code') => events.map((one) => (one.type === 'delta' && one.of === of ? one.text : '')).join('')
    const notices = events.flatMap((one) => (one.type === 'notice' ? [one.text] : []))
    return { step: next.value, events, text: joined('text'), code: joined('code'), notices }
  }
}

/** A planner on the server, with short waits. */
export function plannerOn(server: WireServer, options: OpenAiOptions = {}): Planner {
  return createOpenAiPlanner({ baseUrl: server.url, model: 'test-model', backOffMs: 5, timeoutMs: 2000, ...options })
}

/** A journal of one request. */
export function asking(text: string): Event[] {
  return [{ type: 'ask', text, files: [] }]
}
