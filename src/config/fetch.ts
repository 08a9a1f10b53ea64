// Whether files are fetched from the web: set by the flag, then the environment, then the config file.
import { UsageError } from '../usage-error.ts'

/** Its keys in the config file. */
export const FETCH_NAMES = ['noFetch']

const YES = ['1', 'true', 'yes', 'on']
const NO = ['0', 'false', 'no', 'off']

export interface FetchSources {
  readonly flag: boolean | undefined
  readonly env: NodeJS.ProcessEnv
  readonly file: Readonly<Record<string, string | number>>
}

/** Whether fetching is off. Throws a UsageError that names the invalid setting. */
export function readNoFetch({ flag, env, file }: FetchSources): boolean {
  if (flag) return true
  const variable = env['EASEL_NO_FETCH']?.trim()
  const [from, raw] = variable
    ? ['EASEL_NO_FETCH', variable]
    : ['noFetch in the config file', String(file['noFetch'] ?? '').trim()]
  const word = raw.toLowerCase()
  if (word !== '' && !YES.includes(word) && !NO.includes(word))
    throw new UsageError(`${from} cannot be "${raw}"; it is 1 or 0.`)
  return YES.includes(word)
}
