// Sums of the tokens that models used, and of their cost where prices are known.
import type { EventOf } from '../../../sessions/event.ts'
import type { Usage } from './types.ts'

/** Adds the usage of one answer. */
export function withUsage(before: Usage | undefined, answer: EventOf<'usage'>): Usage {
  const { input, output, cached = 0, cost } = answer
  const sum = before ?? { input: 0, output: 0, cached: 0, cost: undefined }
  return {
    input: sum.input + input,
    output: sum.output + output,
    cached: sum.cached + cached,
    cost: cost === undefined ? sum.cost : (sum.cost ?? 0) + cost,
  }
}
