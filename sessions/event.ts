// The one union of events: what the doors show, the journal stores and the planner reads.
// Versioned: a line of an older version still opens (see `version`).
import * as z from 'zod/mini'
import { card, cellStatus } from '../sandbox/protocol.ts'

/** Raised when a stored event changes its meaning. */
export const EVENT_VERSION = 1

const count = z.int().check(z.minimum(0))

/** One problem the type checker (or the import check) found; line and column count from 1. */
export const diagnostic = z.object({
  line: count,
  column: count,
  /** TS2551, EASEL_IMPORT … */
  code: z.string(),
  message: z.string(),
})
export type Diagnostic = z.infer<typeof diagnostic>

/** A file that a person brought. */
const upload = z.object({ type: z.literal('upload'), name: z.string(), card })
/** What a person asked, and which files came with it. */
const ask = z.object({ type: z.literal('ask'), text: z.string(), files: z.array(z.string()) })
/** A snippet about to be checked and run. `callId` and `arguments` are the model's own, kept for its history. */
const cell = z.object({
  type: z.literal('cell'),
  cell: count,
  code: z.string(),
  purpose: z.optional(z.string()),
  seed: count,
  clock: z.number(),
  callId: z.optional(z.string()),
})
/** The checker refused the snippet; nothing ran. */
const rejected = z.object({ type: z.literal('rejected'), cell: count, diagnostics: z.array(diagnostic) })
/** Console output; `value` is the last expression's value. */
const print = z.object({
  type: z.literal('print'),
  cell: count,
  stream: z.enum(['stdout', 'stderr', 'value']),
  text: z.string(),
})
const progress = z.object({
  type: z.literal('progress'),
  cell: count,
  done: z.number(),
  total: z.number(),
  label: z.string(),
})
/** A file that a cell made or changed. `name` is the path below /mnt/data, `path` where a door wrote it. */
const file = z.object({
  type: z.literal('file'),
  cell: count,
  name: z.string(),
  path: z.optional(z.string()),
  mime: z.string(),
  bytes: count,
  width: z.optional(count),
  height: z.optional(count),
  frames: z.optional(count),
  card,
})
const removed = z.object({ type: z.literal('removed'), cell: count, name: z.string() })
/** How a cell ended. `names`: the top-level names it left behind. */
const result = z.object({
  type: z.literal('result'),
  cell: count,
  status: cellStatus,
  code: z.optional(z.string()),
  message: z.optional(z.string()),
  line: z.optional(count),
  column: z.optional(count),
  ms: z.number(),
  names: z.array(z.string()),
})
/** A model's tool call that could not be read as a snippet; it is told why. */
const unreadable = z.object({
  type: z.literal('unreadable'),
  callId: z.string(),
  arguments: z.string(),
  problem: z.string(),
})
/** Streaming pieces, shown and not stored: `text` of the answer, `code` of the snippet. */
const delta = z.object({ type: z.literal('delta'), of: z.enum(['text', 'code']), text: z.string() })
/** The planner's words before a cell (a plan), or between cells. */
const plan = z.object({ type: z.literal('plan'), text: z.string() })
/** The whole answer, once a turn. */
const message = z.object({ type: z.literal('message'), text: z.string() })
/** Something the person should know: the planner in use, a renamed file, a restarted sandbox. */
const notice = z.object({ type: z.literal('notice'), text: z.string() })
const usage = z.object({ type: z.literal('usage'), input: count, output: count, cached: z.optional(count) })
/** The end of a turn. */
const end = z.object({
  type: z.literal('end'),
  status: z.enum([...cellStatus.options, 'failed']),
  code: z.optional(z.string()),
  message: z.optional(z.string()),
})

export const event = z.discriminatedUnion('type', [
  upload,
  ask,
  cell,
  rejected,
  print,
  progress,
  file,
  removed,
  result,
  unreadable,
  delta,
  plan,
  message,
  notice,
  usage,
  end,
])
export type Event = z.infer<typeof event>
export type EventOf<T extends Event['type']> = Extract<Event, { type: T }>
export type EndStatus = EventOf<'end'>['status']
