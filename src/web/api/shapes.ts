// Types of the server's responses. The server validates what it sends; the page only declares the types.
import type { Detail, Event } from '../../../sessions/event.ts'

/** A session of this browser; times are ISO 8601. */
export interface Session {
  readonly id: string
  readonly title?: string
  readonly createdAt: string
  readonly activeAt: string
  /** When its sandbox is stopped unless there is activity before. */
  readonly idleAt: string
  /** When the whole session is deleted unless there is activity before. */
  readonly expiresAt: string
  readonly state: 'living' | 'idle' | 'expired'
  readonly busy: boolean
  readonly files: number
  readonly bytes: number
}

interface Version {
  readonly id: string
  readonly version: number
  readonly bytes: number
  readonly cell?: number
}

/** The current state of a file, with its versions. */
export interface StoredFile {
  readonly id: string
  readonly name: string
  readonly kind: 'upload' | 'output'
  readonly mime: string
  readonly bytes: number
  readonly width?: number
  readonly height?: number
  readonly frames?: number
  readonly version: number
  readonly versions: readonly Version[]
  readonly cell?: number
}

export interface Info {
  readonly version: string
  readonly planner: {
    readonly kind: 'phrasebook' | 'model'
    readonly description: string
    readonly model?: string
    /** The standard image detail, if the model takes images. */
    readonly detail?: Detail
  }
  readonly limits: Readonly<Record<string, number>>
  /** URLs in a message are fetched as files. */
  readonly fetches: boolean
  readonly idleMs: number
  readonly retentionMs: number
}

/** An event of the stream: file events carry a file id, and `session` carries the whole session. */
export type WebEvent = (Exclude<Event, { type: 'session' }> & { readonly fileId?: string }) | SessionEvent
type SessionEvent = Session & { readonly type: 'session' }

/** One message of the stream; without `seq` it is not in the journal. */
export interface StreamMessage {
  readonly seq?: number
  readonly event: WebEvent
}
