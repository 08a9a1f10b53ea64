// A planner that keeps the conversation within its model's context: it replaces the older part with a digest before a
// request would be too long, or after the endpoint refused one as too long. Each compaction is an event in the journal.
import type { Event } from '../../../sessions/event.ts'
import { compactionAfterRefusal, dueCompaction, type Compacted } from './compaction.ts'
import type { Planner, PlannerEvent, Step } from '../planner.ts'

const MAX_RETRIES = 2

/** Wraps `planner`; `context`: input tokens of its model, where known. */
export function createCompactingPlanner(planner: Planner, context: number | undefined): Planner {
  return {
    get description() {
      return planner.description
    },
    get sight() {
      return planner.sight
    },
    get draw() {
      return planner.draw
    },
    async *next(journal, signal, pictures) {
      let told: readonly Event[] = [...journal]
      const compact = function* (event: Compacted): Generator<PlannerEvent> {
        yield event
        told = [...told, event]
      }
      const due = context === undefined ? undefined : dueCompaction(told, context, 'tools')
      if (due) yield* compact(due)
      for (let again = 0; ; again++) {
        const step: Step = yield* planner.next(told, signal, pictures)
        if (step.type !== 'failed' || step.code !== 'endpoint_context' || again === MAX_RETRIES) return step
        const smaller = compactionAfterRefusal(told, context, 'tools')
        if (!smaller) return step
        yield* compact(smaller)
      }
    },
  }
}
