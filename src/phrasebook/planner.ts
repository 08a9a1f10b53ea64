// The planner without a model: a phrasebook that either understands a whole sentence or does nothing.
import type { Event } from '../../sessions/event.ts'
import type { Planner, PlannerEvent, Step } from '../planner/planner.ts'
import { answerOf, failureOf } from './answers/answer.ts'
import { snippetOf } from './code/snippet.ts'
import { languageOf } from './parsing/language.ts'
import { planOf } from './answers/plan-text.ts'
import { lastTurn, type Turn } from './conversation/turns.ts'
import { understand } from './understand.ts'

/** The phrasebook as a planner. It has no memory: every answer follows from the journal. */
export function createPhrasebookPlanner(): Planner {
  return {
    description:
      'Built-in phrasebook (no model connected): it understands requests about pictures, GIFs and tables, in English and Chinese',
    // oxlint-disable-next-line require-yield -- it has its answer at once, so there is nothing to stream
    async *next(journal: readonly Event[], signal: AbortSignal): AsyncGenerator<PlannerEvent, Step> {
      signal.throwIfAborted()
      return stepAfter(await lastTurn(journal, understand))
    },
  }
}

function stepAfter(turn: Turn | undefined): Step {
  if (!turn) return { type: 'failed', code: 'not_understood', message: 'Nothing was asked.' }
  const { ask, situation, events } = turn
  const request = understand(ask.text, situation)
  if ('code' in request) return { type: 'failed', ...request }
  const ended = events.findLast((event) => event.type === 'result' || event.type === 'rejected')
  if (!ended) {
    const text = planOf(request)
    return { type: 'run', text, actions: [{ code: snippetOf(request.jobs), purpose: text }], unreadable: [] }
  }
  const ok = ended.type === 'result' && ended.status === 'ok'
  return { type: 'answer', text: ok ? answerOf(request, events) : failureOf(languageOf(ask.text), events) }
}
