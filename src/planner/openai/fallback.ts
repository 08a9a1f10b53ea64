// A list of models: when one fails, the next is asked and stays in use for a while.
import type { Event } from '../../../sessions/event.ts'
import type { ModelClient } from './model.ts'
import type { RequestExtras } from './request.ts'
import type { PlannerEvent, Step } from '../planner.ts'

export interface ModelList {
  /** The model that would get the next request. */
  current(): ModelClient
  /** The step of the first model that gives one. Throws only when `signal` aborts. */
  ask(journal: readonly Event[], signal: AbortSignal, gifts: RequestExtras): AsyncGenerator<PlannerEvent, Step>
}

/** How long a fallback model is used before the first one is tried again. */
const STAY_MS = 60_000

/** Failures that another model may not have, each with a short reason. */
const REASONS: Readonly<Record<string, string>> = {
  endpoint_model: 'the endpoint does not know it',
  endpoint_rate_limit: 'over its rate limit',
  endpoint_quota: 'its quota is used up',
  endpoint_unreachable: 'it cannot be reached',
  endpoint_timeout: 'it did not answer in time',
  endpoint_cut: 'its answer was cut twice',
  endpoint_error: 'an error of the endpoint',
  endpoint_context: 'the conversation exceeds its context',
}

/** `models` in order of preference, at least one; `now` in ms. */
export function createModelList(models: readonly [ModelClient, ...ModelClient[]], now: () => number): ModelList {
  let place = 0
  let until = 0
  const settle = (): number => {
    if (place > 0 && now() >= until) place = 0
    return place
  }
  const at = (index: number): ModelClient => models[index % models.length] ?? models[0]
  return {
    current: () => at(settle()),
    async *ask(journal, signal, gifts) {
      const first = settle()
      for (let tried = 0; ; tried++) {
        const step = yield* at(first + tried).ask(journal, signal, gifts)
        const reason = step.type === 'failed' ? REASONS[step.code] : undefined
        if (reason === undefined) {
          if (tried > 0) {
            place = (first + tried) % models.length
            until = now() + STAY_MS
          }
          return step
        }
        if (tried === models.length - 1) return tried === 0 ? step : allFailed(models, step)
        const { model } = at(first + tried)
        yield { type: 'notice', text: `The model ${model} failed (${reason}). Asking ${at(first + tried + 1).model}.` }
      }
    },
  }
}

function allFailed(models: readonly ModelClient[], step: Step): Step {
  if (step.type !== 'failed') return step
  const names = models.map(({ model }) => model).join(', ')
  return { ...step, message: `None of the models ${names} gave an answer. The last error: ${step.message}` }
}
