// The code of a step's first cell, for tests of planners.
import type { Step } from '../../src/planner/planner.ts'

/** Throws when the step runs no cell first. */
export function codeOf(step: Step): string {
  const [action] = step.type === 'run' ? step.actions : []
  if (!action || !('code' in action)) throw new Error(JSON.stringify(step))
  return action.code
}
