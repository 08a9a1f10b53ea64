// The one union of events: what the interfaces show, the journal stores and the planner reads.
// Versioned: a line of an older version still opens (see `version`).
import * as z from 'zod/mini'
import { card, cellStatus } from '../sandbox/protocol.ts'

/** Incremented when a stored event changes its meaning. */
export const EVENT_VERSION = 1

const count = z.int().check(z.minimum(0))
/** SHA-256 of a file's bytes in lower-case hex: its key in the store. */
const contentHash = z.string().check(z.regex(/^[0-9a-f]{64}$/))

/** One problem the type checker (or the import check) found; line and column count from 1. */
const diagnostic = z.object({
  line: count,
  column: count,
  /** TS2551, EASEL_IMPORT … */
  code: z.string(),
  message: z.string(),
})
export type Diagnostic = z.infer<typeof diagnostic>

/** A file that the user added; `url`: where it was fetched from for them. */
const upload = z.object({
  type: z.literal('upload'),
  name: z.string(),
  card,
  hash: z.optional(contentHash),
  url: z.optional(z.string()),
})
/** How closely a model is to look at a picture: OpenAI's terms. */
export const detail = z.enum(['low', 'high', 'auto'])
export type Detail = z.infer<typeof detail>
/**
 * A picture as it is shown to a model: upright, small enough, stored with the session under `hash`. Several `names`: a
 * labelled sheet of these files; `frames`: a numbered sheet of that many animation frames. `tokens`: an estimate.
 */
const shownPicture = z.object({
  names: z.array(z.string()),
  detail,
  mime: z.string(),
  bytes: count,
  width: count,
  height: count,
  hash: contentHash,
  tokens: count,
  frames: z.optional(count),
})
export type ShownPicture = z.infer<typeof shownPicture>
/**
 * Pictures sent to the model: with the request that follows, or, with a `callId`, because the model requested them: the
 * names and the detail that it `asked` for.
 * `problems`: a sentence for each that cannot be shown.
 */
const look = z.object({
  type: z.literal('look'),
  callId: z.optional(z.string()),
  asked: z.optional(z.object({ names: z.array(z.string()), detail })),
  pictures: z.array(shownPicture),
  problems: z.array(z.string()),
})
/** The model looked up a topic of our help. */
const help = z.object({ type: z.literal('help'), callId: z.optional(z.string()), topic: z.string(), text: z.string() })
/** The endpoint's Images API is asked for a picture; `name`: the resulting file; `inputs`: files it starts from. */
const drawing = z.object({
  type: z.literal('drawing'),
  callId: z.optional(z.string()),
  prompt: z.string(),
  name: z.string(),
  inputs: z.array(z.string()),
  mask: z.optional(z.string()),
  size: z.optional(z.string()),
  quality: z.optional(z.string()),
  background: z.optional(z.string()),
})
/** How the last `drawing` ended; its result is a `file` of cell 0 between the two. */
const drawn = z.object({
  type: z.literal('drawn'),
  status: z.enum(['ok', 'failed', 'cancelled']),
  code: z.optional(z.string()),
  message: z.optional(z.string()),
  ms: z.number(),
})
/** The user's request, and the files that came with it. */
const ask = z.object({ type: z.literal('ask'), text: z.string(), files: z.array(z.string()) })
/** One change to an earlier cell: `find` occurs in it exactly once. */
const edit = z.object({ find: z.string(), replace: z.string() })
export type Edit = z.infer<typeof edit>
/** A snippet about to be checked and run. `callId` is the model's own; `from`: the earlier cell that it edits. */
const cell = z.object({
  type: z.literal('cell'),
  cell: count,
  code: z.string(),
  purpose: z.optional(z.string()),
  seed: count,
  clock: z.number(),
  callId: z.optional(z.string()),
  from: z.optional(z.object({ cell: count, edits: z.array(edit) })),
})
/** The checker refused the snippet; nothing ran. */
const rejected = z.object({ type: z.literal('rejected'), cell: count, diagnostics: z.array(diagnostic) })
const stream = z.enum(['stdout', 'stderr', 'value'])
/** Console output; `value` is the last expression's value. */
const print = z.object({ type: z.literal('print'), cell: count, stream, text: z.string() })
/** Something that did not go as the cell says, but is no error: an option that was ignored. */
const note = z.object({ type: z.literal('note'), cell: count, text: z.string() })
/** Type errors that did not keep the cell from running; only recorded for one that threw, as they may be why. */
const hints = z.object({ type: z.literal('hints'), cell: count, diagnostics: z.array(diagnostic) })
const progress = z.object({
  type: z.literal('progress'),
  cell: count,
  done: z.number(),
  total: z.number(),
  label: z.string(),
})
/** A file made or changed by a cell; of cell 0: by a `drawing`. `name` is below /mnt/data, `path` where it is saved. */
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
  hash: z.optional(contentHash),
})
/** A file was removed; `cell` 0: by the user. */
const removed = z.object({ type: z.literal('removed'), cell: count, name: z.string() })
/** The user reverted a file to `version` of its list (1 is the first); 0: it did not exist before. */
const undo = z.object({ type: z.literal('undo'), name: z.string(), version: count })
/** How a cell ended. `names`: the top-level names it left behind; none if it did not end ok. */
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
/** A model's tool call that could not be parsed as a snippet; the model is told why. */
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
/** Something the user should know: the planner in use, a renamed file, a restarted sandbox. */
const notice = z.object({ type: z.literal('notice'), text: z.string() })
/** Which session this is, for the interfaces; `expiresAt` (ISO 8601): when it is deleted if there is no activity. */
const session = z.object({ type: z.literal('session'), id: z.string(), expiresAt: z.string() })
/** The sandbox was rebuilt from the journal. `missing`: a sentence for each cell or file that is not as it was. */
const restored = z.object({
  type: z.literal('restored'),
  cells: count,
  files: count,
  ms: z.number(),
  missing: z.array(z.string()),
})
/** The requested session has expired: user and model are told what was lost with it. */
const gone = z.object({
  type: z.literal('gone'),
  id: z.string(),
  files: z.array(z.string()),
  variables: z.array(z.string()),
})
/**
 * The user took a request back, to ask it again or differently: event number `seq`, its `ask`, and all events since no
 * longer count (see `effective-events.ts`). `files`: the versions that they were reverted to, 0 for none.
 */
const replaced = z.object({
  type: z.literal('replaced'),
  seq: count,
  files: z.array(z.object({ name: z.string(), version: count })),
})
/** Tokens of one answer; `cost` in US dollars if the price of `model` is known. */
const usage = z.object({
  type: z.literal('usage'),
  input: count,
  output: count,
  cached: z.optional(count),
  model: z.optional(z.string()),
  cost: z.optional(z.number()),
})
/**
 * From here on the model gets what precedes event number `seq` as a digest only, of at most `tokens`. `seq` counts
 * effective events (`effective-events.ts`); an undone request never shifts it: it is later, or this event is undone too.
 */
const compacted = z.object({ type: z.literal('compacted'), seq: count, tokens: z.optional(count) })
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
  note,
  hints,
  progress,
  file,
  removed,
  undo,
  result,
  unreadable,
  delta,
  plan,
  message,
  notice,
  session,
  restored,
  gone,
  replaced,
  usage,
  look,
  help,
  drawing,
  drawn,
  compacted,
  end,
])
export type Event = z.infer<typeof event>
export type EventOf<T extends Event['type']> = Extract<Event, { type: T }>
export type EndStatus = EventOf<'end'>['status']

/** Events that are shown as they happen and not stored in a journal. */
const TRANSIENT: ReadonlySet<Event['type']> = new Set(['delta', 'progress', 'session'])

/** Whether a journal stores the event. */
export function isJournaled(event: Event): boolean {
  return !TRANSIENT.has(event.type)
}
