// When rows are made as they are looked at; replaces helpers/table/min-lazy-rows.ts in the sandbox.
import { stringifyRowsInParts } from './stringify-rows.ts'

/** With fewer rows nothing is won. */
export const MIN_LAZY_ROWS = 2000

// Before there are any.
stringifyRowsInParts()
