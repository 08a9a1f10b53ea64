// What the server says, as this page reads it. The server checks what it sends; the page only names it.
import type { Detail, Event } from '../../../sessions/event.ts'

/** A session of this browser; times are ISO 8601. */
export interface Session {
  readonly id: string
  readonly title?: string
  readonly createdAt: string
  readonly activeAt: string
  /** When its sandbox ends, if nothing happens before. */
  readonly idleAt: string
  /** When all of it is deleted, if nothing happens before. */
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

/** A file as it is now, with its versions. */
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
    /** How closely it looks at pictures, where it sees any. */
    readonly detail?: Detail
  }
  readonly limits: Readonly<Record<string, number>>
  /** Files whose addresses stand in a message are fetched. */
  readonly fetches: boolean
  readonly idleMs: number
  readonly retentionMs: number
}

/** An event of the stream: those that bring bytes say their id, the one of the session says all of it. */
export type WebEvent = (Exclude<Event, { type: 'session' }> & { readonly fileId?: string }) | SessionEvent
type SessionEvent = Session & { readonly type: 'session' }

/** One message of the stream; without `seq` it is no part of the journal. */
export interface Told {
  readonly seq?: number
  readonly event: WebEvent
}
