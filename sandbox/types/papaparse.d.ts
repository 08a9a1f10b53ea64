// papaparse's own types with two additions for snippets: a default import, and rows whose fields can be read without a
// type argument.
import type { ParseConfig, ParseResult } from '@types/papaparse'

export * from '@types/papaparse'

/** Parses text of delimited values. */
export function parse<T = any>(
  text: string,
  config?: ParseConfig<T> & { download?: false; worker?: false },
): ParseResult<T>

declare const Papa: typeof import('./papaparse.d.ts')
export default Papa
