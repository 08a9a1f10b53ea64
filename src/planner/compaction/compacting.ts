// A planner whose conversation never outgrows its model: before a request is too long, and when the endpoint says that it
// is, the older part is told in short. Which that is becomes an event of the journal; nothing else of it changes.
import type { Event } from '../../../sessions/event.ts'
import { compactionAfterRefusal, dueCompaction, type Compacted } from './compaction.ts'
import type { Planner, PlannerEvent, Step } from '../planner.ts'

const AGAIN = 2

/** Asks `planner`; `context`: tokens that its model reads, where that is known. */
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
        if (step.type !== 'failed' || step.code !== 'endpoint_context' || again === AGAIN) return step
        const smaller = compactionAfterRefusal(told, context, 'tools')
        if (!smaller) return step
        yield* compact(smaller)
      }
    },
  }
}
