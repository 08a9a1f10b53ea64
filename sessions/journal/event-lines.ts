// Events as the lines of a stored journal and back: each line carries the version it was written in, and older ones are
// upgraded to the current one, one version at a time.
import { StoreError } from '../errors.ts'
import { event, EVENT_VERSION, type Event } from '../event.ts'

export interface JournalLine {
  readonly version: number
  readonly type: string
  /** JSON. */
  readonly body: string
}

/** Turns an event of version n, as parsed JSON, into one of version n + 1. */
export type Upgrade = (old: Record<string, unknown>) => Record<string, unknown>

/** Keyed by the version they start from. Version 1 is the first, so there is none yet. */
const UPGRADES: Readonly<Record<number, Upgrade>> = {}

/** A line of the current version; throws TypeError for an event that could not be read back. */
export function writeLine(written: Event): JournalLine {
  const checked = event.safeParse(written)
  if (!checked.success) {
    const [issue] = checked.error.issues
    throw new TypeError(`An event "${written.type}" cannot be stored: ${issue?.path.join('.')}: ${issue?.message}`)
  }
  return { version: EVENT_VERSION, type: written.type, body: JSON.stringify(written) }
}

/** The event of a line; throws StoreError for one of a newer Easel or an invalid one. */
export function readLine({ version, type, body }: JournalLine, upgrades = UPGRADES, current = EVENT_VERSION): Event {
  if (version > current) {
    const message = `The session holds an event of version ${version}; this Easel knows versions up to ${current}. Update Easel to open it.`
    throw new StoreError('EASEL_STORE_NEWER', message)
  }
  let raw = parseBody(body)
  for (let from = version; raw && from < current; from++) raw = upgrades[from]?.(raw)
  const opened = event.safeParse(raw)
  if (opened.success) return opened.data
  throw new StoreError(
    'EASEL_STORE_CORRUPT',
    `The session holds an event "${type}" of version ${version} that cannot be read.`,
  )
}

function parseBody(body: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(body) as Record<string, unknown>
  } catch {
    return undefined
  }
}
