// The interface of planners: a planner reads the journal and decides the next step. It runs nothing itself.
import type { Detail, Edit, Event, EventOf } from '../../sessions/event.ts'

/** The model wants to see files of the session. */
export interface PlannedLook {
  readonly look: readonly string[]
  readonly detail: Detail
  readonly callId?: string
}

/** The model looks up how something is called. */
export interface PlannedHelp {
  readonly help: string
  readonly callId?: string
}

/** The model wants a picture from the endpoint's Images API. */
export interface PlannedDrawing {
  readonly drawing: Omit<EventOf<'drawing'>, 'type' | 'callId'>
  readonly callId?: string
}

/** A snippet to run. `callId` pairs it with the model's tool call; `from`: the earlier cell and its edits. */
export interface PlannedCell {
  readonly code: string
  readonly from?: { readonly cell: number; readonly edits: Edit[] }
  readonly purpose?: string
  readonly callId?: string
}

/** A tool call whose arguments could not be parsed; it is returned to the model as a failed attempt. */
export interface UnreadableCall {
  readonly callId: string
  readonly arguments: string
  readonly problem: string
}

export type Action = PlannedCell | PlannedLook | PlannedHelp | PlannedDrawing

export type Step =
  | {
      readonly type: 'run'
      readonly text: string
      /** In the model's order. */
      readonly actions: readonly Action[]
      readonly unreadable: readonly UnreadableCall[]
    }
  | { readonly type: 'answer'; readonly text: string }
  /** The request was not understood or the endpoint failed: the turn ends `failed` with this code and message. */
  | { readonly type: 'failed'; readonly code: string; readonly message: string }

export type PlannerEvent =
  | { readonly type: 'delta'; readonly of: 'text' | 'code'; readonly text: string }
  | Omit<EventOf<'usage'>, 'cost'>
  | EventOf<'compacted'>
  | { readonly type: 'notice'; readonly text: string }

/** A picture to generate, with the bytes of its input pictures. */
export interface DrawingRequest extends Omit<EventOf<'drawing'>, 'type' | 'callId'> {
  readonly pictures: readonly { readonly name: string; readonly mime: string; readonly bytes: Uint8Array }[]
  readonly maskBytes?: Uint8Array
}

export type DrawingResult =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly usage?: Omit<EventOf<'usage'>, 'cost'> }
  | { readonly ok: false; readonly code: string; readonly message: string }

/** Reads the bytes of a `look`'s picture by its hash. */
export type PictureSource = (hash: string) => Promise<Uint8Array>

export interface Planner {
  /** One line for users: which planner answers. */
  readonly description: string
  /** The next step after the whole journal. Throws only when `signal` aborts. */
  next(journal: readonly Event[], signal: AbortSignal, pictures?: PictureSource): AsyncGenerator<PlannerEvent, Step>
  /** The model that would see pictures now; undefined: do not send pictures. */
  readonly sight?: { readonly model: string; readonly detail: Detail } | undefined
  /** Generates a picture with the Images API; undefined if there is none. Throws only when `signal` aborts. */
  readonly draw?: ((request: DrawingRequest, signal: AbortSignal) => Promise<DrawingResult>) | undefined
}
