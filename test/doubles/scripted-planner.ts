// A planner for tests that replays given steps.
import type { Event } from '../../sessions/event.ts'
import type { Planner, PlannerEvent, Step } from '../../src/planner/planner.ts'

/** A step, or the code of one cell; `events` are yielded before it. */
export type ScriptedStep = Step | string | { readonly events: readonly PlannerEvent[]; readonly step: Step | string }
/** Chooses by the journal; `turn` counts the calls of `next` from 0. */
export type Script = (journal: readonly Event[], turn: number) => ScriptedStep | Promise<ScriptedStep>

/** Returns the steps one after another (or the function's result). After the last it answers "Done.". */
export function createScriptedPlanner(script: readonly ScriptedStep[] | Script): Planner {
  const choose: Script =
    typeof script === 'function' ? script : (_, turn) => script[turn] ?? { type: 'answer', text: 'Done.' }
  let turn = 0
  return {
    description: 'A script answers.',
    async *next(journal, signal) {
      signal.throwIfAborted()
      const chosen = await choose(journal, turn++)
      signal.throwIfAborted()
      if (typeof chosen === 'string' || 'type' in chosen) return toStep(chosen)
      for (const event of chosen.events) {
        yield event
        signal.throwIfAborted()
      }
      return toStep(chosen.step)
    },
  }
}

function toStep(step: Step | string): Step {
  return typeof step === 'string' ? { type: 'run', text: '', actions: [{ code: step }], unreadable: [] } : step
}
