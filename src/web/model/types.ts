// What the page shows: turns, and in each what was said, run and made.
import type { Diagnostic, EndStatus, EventOf } from '../../../sessions/event.ts'
import type { Session } from '../api/shapes.ts'

export type FileInfo = EventOf<'upload'>['card']
export type CellStatus = EventOf<'result'>['status']

/** One version of a file. */
export interface MadeFile {
  /** What the server calls these bytes. */
  readonly id: string
  readonly key: string
  readonly name: string
  readonly version: number
  readonly card: FileInfo
  /** The host that it was fetched from. */
  readonly host?: string | undefined
}

export interface CellItem {
  readonly type: 'cell'
  readonly key: string
  readonly cell: number
  readonly code: string
  readonly purpose: string | undefined
  readonly from: EventOf<'cell'>['from']
  readonly status: CellStatus | 'running'
  readonly output: readonly Pick<EventOf<'print'>, 'stream' | 'text'>[]
  readonly progress: Pick<EventOf<'progress'>, 'done' | 'total' | 'label'> | undefined
  readonly files: readonly MadeFile[]
  readonly removed: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
  /** Type errors that did not keep it from running, where it threw. */
  readonly hints: readonly Diagnostic[]
  /** What went another way than it says. */
  readonly notes: readonly string[]
  /** How it ended, if not well. */
  readonly failure: Pick<EventOf<'result'>, 'code' | 'message' | 'line' | 'column'> | undefined
  readonly ms: number | undefined
}

/** A picture that the endpoint was asked for. */
export interface DrawingItem {
  readonly type: 'drawing'
  readonly key: string
  readonly name: string
  readonly prompt: string
  readonly inputs: readonly string[]
  readonly status: EventOf<'drawn'>['status'] | 'running'
  readonly files: readonly MadeFile[]
  /** Why it was not made. */
  readonly message: string | undefined
  readonly ms: number | undefined
}

/** Pictures that the model was shown. */
export interface LookItem {
  readonly type: 'look'
  readonly key: string
  readonly names: readonly string[]
  /** Those of them that the turn does not show anyway, as they were. */
  readonly files: readonly MadeFile[]
  readonly pictures: number
  readonly tokens: number
  readonly problems: readonly string[]
}

interface Words {
  readonly type: 'words'
  readonly key: string
  readonly text: string
  readonly isAnswer?: true
}

export type Item =
  | CellItem
  | DrawingItem
  | LookItem
  | Words
  | { readonly type: 'notice'; readonly key: string; readonly text: string }
  | { readonly type: 'compacted'; readonly key: string }
  | { readonly type: 'help'; readonly key: string; readonly topic: string }
  | { readonly type: 'unreadable'; readonly key: string; readonly problem: string }
  | ({ readonly type: 'restored'; readonly key: string } & Omit<EventOf<'restored'>, 'type'>)
  | {
      readonly type: 'gone'
      readonly key: string
      readonly files: readonly string[]
      readonly variables: readonly string[]
    }
  | { readonly type: 'removed'; readonly key: string; readonly name: string }
  | {
      readonly type: 'undone'
      readonly key: string
      readonly name: string
      readonly version: number
      readonly file: MadeFile | undefined
    }

/** Tokens of a model; `cost` in US dollars, of answers whose price is known. */
export interface Usage {
  readonly input: number
  readonly output: number
  readonly cached: number
  readonly cost: number | undefined
}

/** A request and all that came of it; or, without a text, cells that the person ran again. */
export interface Turn {
  readonly key: string
  /** Number of its request in the journal. */
  readonly seq: number | undefined
  readonly text: string | undefined
  readonly files: readonly MadeFile[]
  readonly items: readonly Item[]
  /** What is being written and not kept yet. */
  readonly streaming: readonly Pick<EventOf<'delta'>, 'of' | 'text'>[]
  readonly status: EndStatus | 'running'
  readonly code: string | undefined
  readonly message: string | undefined
  readonly usage: Usage | undefined
  /** The picture that results are compared with. */
  readonly before: MadeFile | undefined
  /** The requests that this one stands for. */
  readonly takenBack: readonly Turn[]
}

export interface Conversation {
  readonly turns: readonly Turn[]
  /** Files as they are now, the last changed last. */
  readonly current: ReadonlyMap<string, MadeFile>
  readonly versions: ReadonlyMap<string, readonly MadeFile[]>
  /** Names of what was brought since the last request. */
  readonly fresh: readonly string[]
  /** Counts changes of the files. */
  readonly revision: number
  readonly session: Session | undefined
  /** Requests that the next one stands for. */
  readonly takenBack: readonly Turn[]
  /** Told before the request that it belongs to: addresses in it are being fetched. */
  readonly ahead: readonly Item[]
  /** Of all answers, those that were taken back too. */
  readonly usage: Usage | undefined
}
