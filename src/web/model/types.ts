// The view model of the page: turns, and what was said, run and made in each.
import type { Diagnostic, EndStatus, EventOf } from '../../../sessions/event.ts'
import type { SessionShape } from '../../http/schemas.ts'

export type FileInfo = EventOf<'upload'>['card']
export type CellStatus = EventOf<'result'>['status']

/** One version of a file. */
export interface FileVersion {
  /** The server's id of these bytes. */
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
  readonly files: readonly FileVersion[]
  readonly removed: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
  /** Type errors that did not block the cell but may explain why it threw. */
  readonly hints: readonly Diagnostic[]
  /** Notes on options or calls that had another effect than the code says. */
  readonly notes: readonly string[]
  /** Set if the cell did not end well. */
  readonly failure: Pick<EventOf<'result'>, 'code' | 'message' | 'line' | 'column'> | undefined
  readonly ms: number | undefined
}

/** A picture requested from the image endpoint. */
export interface DrawingItem {
  readonly type: 'drawing'
  readonly key: string
  readonly name: string
  readonly prompt: string
  readonly inputs: readonly string[]
  readonly status: EventOf<'drawn'>['status'] | 'running'
  readonly files: readonly FileVersion[]
  /** Why it failed. */
  readonly message: string | undefined
  readonly ms: number | undefined
}

/** Pictures that were shown to the model. */
export interface LookItem {
  readonly type: 'look'
  readonly key: string
  readonly names: readonly string[]
  /** Those that the turn does not show anyway, in the version that the model saw. */
  readonly files: readonly FileVersion[]
  readonly pictures: number
  readonly tokens: number
  readonly problems: readonly string[]
}

interface TextItem {
  readonly type: 'words'
  readonly key: string
  readonly text: string
  readonly isAnswer?: true
}

export type Item =
  | CellItem
  | DrawingItem
  | LookItem
  | TextItem
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
      readonly file: FileVersion | undefined
    }

/** Token counts; `cost` in US dollars, for answers whose price is known. */
export interface Usage {
  readonly input: number
  readonly output: number
  readonly cached: number
  readonly cost: number | undefined
}

/** A request and everything that came of it; without `text`, cells that the user ran again. */
export interface Turn {
  readonly key: string
  /** Sequence number of its request in the journal. */
  readonly seq: number | undefined
  readonly text: string | undefined
  readonly files: readonly FileVersion[]
  readonly items: readonly Item[]
  /** Text that is streaming and not in the journal yet. */
  readonly streaming: readonly Pick<EventOf<'delta'>, 'of' | 'text'>[]
  readonly status: EndStatus | 'running'
  readonly code: string | undefined
  readonly message: string | undefined
  readonly usage: Usage | undefined
  /** The picture that results can be compared with. */
  readonly before: FileVersion | undefined
  /** Earlier requests that this one replaces. */
  readonly takenBack: readonly Turn[]
}

export interface Conversation {
  readonly turns: readonly Turn[]
  /** The current files, the last changed last. */
  readonly current: ReadonlyMap<string, FileVersion>
  readonly versions: ReadonlyMap<string, readonly FileVersion[]>
  /** Names of the files uploaded since the last request. */
  readonly fresh: readonly string[]
  /** Incremented when a file changes. */
  readonly revision: number
  readonly session: SessionShape | undefined
  /** Requests that the next one replaces. */
  readonly takenBack: readonly Turn[]
  /** Notices before the request that they belong to, while URLs in it are being fetched. */
  readonly ahead: readonly Item[]
  /** The sum over all answers, including those that were taken back. */
  readonly usage: Usage | undefined
}
