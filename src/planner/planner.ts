// The planner's room, seen from outside: it reads the journal and says the next step. It runs nothing.
import type { Edit, Event } from '../../sessions/event.ts'

/** One snippet to run. `callId` pairs it with the model's tool call; `from`: the earlier cell that was edited into `code`. */
export interface PlannedCell {
  readonly code: string
  readonly from?: { readonly cell: number; readonly edits: Edit[] }
  readonly purpose?: string
  readonly callId?: string
}

/** A tool call whose arguments could not be read; it goes back to the model as a failed try. */
export interface UnreadableCall {
  readonly callId: string
  readonly arguments: string
  readonly problem: string
}

export type Step =
  | {
      readonly type: 'run'
      readonly text: string
      readonly cells: readonly PlannedCell[]
      readonly unreadable: readonly UnreadableCall[]
    }
  | { readonly type: 'answer'; readonly text: string }
  /** Not understood, or the endpoint failed: the turn ends `failed` with this code and sentence. */
  | { readonly type: 'failed'; readonly code: string; readonly message: string }

export type PlannerEvent =
  | { readonly type: 'delta'; readonly of: 'text' | 'code'; readonly text: string }
  | { readonly type: 'usage'; readonly input: number; readonly output: number; readonly cached?: number }
  | { readonly type: 'notice'; readonly text: string }

export interface Planner {
  /** One line for people: which planner answers. */
  readonly description: string
  /** The next step after everything in the journal. Throws only when `signal` aborts. */
  next(journal: readonly Event[], signal: AbortSignal): AsyncGenerator<PlannerEvent, Step>
}
