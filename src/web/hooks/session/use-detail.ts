// The detail at which the model sees pictures: the user's choice, or else the server's setting.
import type { Detail } from '../../../../sessions/event.ts'
import { readPreference } from '../local-storage.ts'
import { usePreference } from '../use-preference.ts'

export const DETAILS: readonly Detail[] = ['auto', 'low', 'high']
const KEY = 'detail'

/** The detail to send with a message; undefined until the user has chosen one. */
export function chosenDetail(): Detail | undefined {
  const kept = readPreference(KEY)
  return DETAILS.find((one) => one === kept)
}

/** The detail shown as selected, and its setter. */
export function useDetail(standard: Detail): readonly [Detail, (detail: Detail) => void] {
  const [detail, set] = usePreference<Detail>(KEY, standard)
  return [DETAILS.includes(detail) ? detail : standard, set]
}
