// The one union of events: what the doors show, the journal stores and the planner reads.
// Versioned: a line of an older version still opens (see `version`).
import * as z from 'zod/mini'
import { card, cellStatus } from '../sandbox/protocol.ts'

/** Raised when a stored event changes its meaning. */
export const EVENT_VERSION = 1

const count = z.int().check(z.minimum(0))
/** SHA-256 of a file's bytes in lower-case hex: how the store keeps them. */
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

/** A file that a person brought; `url`: where it was fetched for them. */
const upload = z.object({
  type: z.literal('upload'),
  name: z.string(),
  card,
  hash: z.optional(contentHash),
  url: z.optional(z.string()),
})
/** How closely a model is to look: OpenAI's words. */
export const detail = z.enum(['low', 'high', 'auto'])
export type Detail = z.infer<typeof detail>
/**
 * A picture as a model is shown it: upright, small enough, kept with the session under `hash`. Several `names`: a labelled
 * sheet of these files; `frames`: a numbered sheet of so many frames of an animation. `tokens`: an estimate.
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
 * Pictures go to the model with the request that follows it, or, with a `callId`, since the model asked to see them: the
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
/** The model looked something up in our help. */
const help = z.object({ type: z.literal('help'), callId: z.optional(z.string()), topic: z.string(), text: z.string() })
/** The endpoint's Images API is asked for a picture; `name`: the file that it becomes; `inputs`: files that it starts from. */
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
/** How the last `drawing` ended; what it made is a `file` of cell 0 between them. */
const drawn = z.object({
  type: z.literal('drawn'),
  status: z.enum(['ok', 'failed', 'cancelled']),
  code: z.optional(z.string()),
  message: z.optional(z.string()),
  ms: z.number(),
})
/** What a person asked, and which files came with it. */
const ask = z.object({ type: z.literal('ask'), text: z.string(), files: z.array(z.string()) })
/** One change to an earlier cell: `find` stands in it exactly once. */
const edit = z.object({ find: z.string(), replace: z.string() })
export type Edit = z.infer<typeof edit>
/** A snippet about to be checked and run. `callId` is the model's own; `from`: how it was made of an earlier cell. */
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
/** Something that went another way than the cell says, and not wrong: an option that was ignored. */
const note = z.object({ type: z.literal('note'), cell: count, text: z.string() })
/** Type errors that did not keep the cell from running; told only of one that threw, as they may be why. */
const hints = z.object({ type: z.literal('hints'), cell: count, diagnostics: z.array(diagnostic) })
const progress = z.object({
  type: z.literal('progress'),
  cell: count,
  done: z.number(),
  total: z.number(),
  label: z.string(),
})
/** A file that a cell made or changed; of cell 0: that a `drawing` made. `name` is the path below /mnt/data, `path` where a door wrote it. */
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
const removed = z.object({ type: z.literal('removed'), cell: count, name: z.string() })
/** The person took a file back to `version` of its list (1 is the first); 0: it was not there before. */
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
/** Which session this is, for the doors; `expiresAt` is ISO 8601: when all of it is deleted unless something happens before. */
const session = z.object({ type: z.literal('session'), id: z.string(), expiresAt: z.string() })
/** The sandbox was built again from the journal. `missing`: a sentence for each cell or file that is not as it was. */
const restored = z.object({
  type: z.literal('restored'),
  cells: count,
  files: count,
  ms: z.number(),
  missing: z.array(z.string()),
})
/** The session that was asked for has expired: person and model are told what went with it. */
const gone = z.object({
  type: z.literal('gone'),
  id: z.string(),
  files: z.array(z.string()),
  variables: z.array(z.string()),
})
/**
 * The person took a request back, to ask it again or otherwise: event number `seq`, its `ask`, and all that came of it and
 * after it no longer counts (see `standing.ts`). `files`: the versions that they went back to, 0 for not there.
 */
const replaced = z.object({
  type: z.literal('replaced'),
  seq: count,
  files: z.array(z.object({ name: z.string(), version: count })),
})
/** Tokens of one answer; `cost` in US dollars where the price of `model` is known. */
const usage = z.object({
  type: z.literal('usage'),
  input: count,
  output: count,
  cached: z.optional(count),
  model: z.optional(z.string()),
  cost: z.optional(z.number()),
})
/**
 * From here on the model is told of what stands before event number `seq` as a digest only, of at most so many `tokens`.
 * `seq` counts the events that stand (`standing.ts`): a request that is taken back later lies behind them, or takes this too.
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

/** Events that are shown while they happen and not kept in a journal. */
const PASSING: ReadonlySet<Event['type']> = new Set(['delta', 'progress', 'session'])

/** Whether a journal keeps the event. */
export function isKept(event: Event): boolean {
  return !PASSING.has(event.type)
}
