// The schemas of the API: bodies and responses. The OpenAPI document is made from them; the page imports their types.
import * as z from 'zod/mini'
import { MAX_CELL_CODE } from '../../sandbox/limits.ts'
import { tableWindow, type TableView, type TableWindow } from '../../sandbox/table-protocol.ts'
import { detail, type Event } from '../../sessions/event.ts'

const count = z.int().check(z.minimum(0))
const time = z.iso.datetime()

/** A session as its owner sees it; times are ISO 8601. */
export const sessionShape = z.object({
  id: z.string(),
  title: z.optional(z.string()),
  createdAt: time,
  activeAt: time,
  /** When its sandbox ends without further activity. */
  idleAt: time,
  /** When all of it is deleted without further activity. */
  expiresAt: time,
  state: z.enum(['living', 'idle', 'expired']),
  busy: z.boolean(),
  files: count,
  bytes: count,
})
export type SessionShape = z.infer<typeof sessionShape>
/** Tokens that models used, including replaced requests; `cost` in US dollars, if known. */
const usageShape = z.object({ input: count, output: count, cached: count, cost: z.optional(z.number()) })
export const oneSessionShape = z.extend(sessionShape, { usage: usageShape })
export type OneSessionShape = z.infer<typeof oneSessionShape>
export const sessionsShape = z.object({ sessions: z.array(sessionShape) })

const versionShape = z.object({ id: z.string(), version: count, bytes: count, cell: z.optional(count) })
const fileShape = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['upload', 'output']),
  mime: z.string(),
  bytes: count,
  width: z.optional(count),
  height: z.optional(count),
  frames: z.optional(count),
  version: count,
  versions: z.array(versionShape),
  cell: z.optional(count),
  /** Why it cannot be used, or only in part, and what to do; `cause` is a stable code. */
  problem: z.optional(z.string()),
  cause: z.optional(z.string()),
})
export type FileShape = z.infer<typeof fileShape>
export const filesShape = z.object({ files: z.array(fileShape) })
/** The files of a form that were added, and why the others were not; `name` is the client's name of the file. */
export const uploadedShape = z.extend(filesShape, {
  problems: z.optional(z.array(z.object({ name: z.string(), status: count, code: z.string(), detail: z.string() }))),
})
export type RefusedFileShape = NonNullable<z.infer<typeof uploadedShape>['problems']>[number]

/** Rows of a table, and the view that is asked for. */
export const tableShape = tableWindow
export type TableShape = TableWindow
export type TableViewShape = TableView

export const problemShape = z.object({
  type: z.string(),
  title: z.string(),
  status: count,
  detail: z.string(),
  code: z.string(),
})

export const infoShape = z.object({
  version: z.string(),
  planner: z.object({
    kind: z.enum(['phrasebook', 'model']),
    description: z.string(),
    model: z.optional(z.string()),
    /** Image detail unless a message says otherwise; absent if the model gets no pictures. */
    detail: z.optional(detail),
  }),
  /** Limits of the sandbox, and budgets: turnTokens, sessionTokens, and in US dollars turnCost, sessionCost. */
  limits: z.record(z.string(), z.number()),
  /** Whether files whose URLs are in a message are fetched. */
  fetches: z.boolean(),
  idleMs: count,
  retentionMs: count,
})
export type InfoShape = z.infer<typeof infoShape>

/** An event of a stream: file events carry the id of their file, and `session` the whole session. */
export type StreamEvent =
  | (Exclude<Event, { type: 'session' }> & { readonly fileId?: string })
  | (SessionShape & { readonly type: 'session' })

/** One message of a stream; without `seq` it is not in the journal. */
export interface StreamMessage {
  readonly seq?: number
  readonly event: StreamEvent
}

const title = z.string().check(z.trim(), z.maxLength(200))
export const newSessionShape = z.object({ title: z.optional(title) })
export const titleShape = z.object({ title })

const MAX_TEXT = 50_000
const name = z.string().check(z.maxLength(1024))

export const messageShape = z.object({
  text: z.string().check(z.maxLength(MAX_TEXT), z.regex(/\S/, 'empty')),
  files: z.optional(z.array(name).check(z.maxLength(1000))),
  /** Number of the `ask` event that this request replaces. */
  replaces: z.optional(count),
  /** Image detail for the request's pictures; default: the server's setting. */
  detail: z.optional(detail),
})

export const rerunShape = z.object({
  code: z.optional(z.string().check(z.maxLength(MAX_CELL_CODE), z.regex(/\S/, 'empty'))),
  edits: z.optional(
    z.array(
      z.object({
        find: z.string().check(z.maxLength(MAX_CELL_CODE)),
        replace: z.string().check(z.maxLength(MAX_CELL_CODE)),
      }),
    ),
  ),
})

export const undoShape = z.object({ name: z.optional(name) })
const backShape = z.object({ name: z.string(), version: count })
export const undoneShape = z.object({ undone: z.array(backShape), files: z.array(fileShape) })
export const cancelledShape = z.object({ cancelled: z.boolean() })
export const removedShape = z.object({ removed: z.boolean() })
export const healthShape = z.object({ status: z.literal('ok') })
