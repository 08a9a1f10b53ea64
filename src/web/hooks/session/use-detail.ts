// How closely the model is to look at pictures: what the person chose, else what the server was told.
import type { Detail } from '../../../../sessions/event.ts'
import { recall } from '../local-storage.ts'
import { usePreference } from '../use-preference.ts'

export const DETAILS: readonly Detail[] = ['auto', 'low', 'high']
const KEY = 'detail'

/** What goes with a message; undefined until somebody chose. */
export function chosenDetail(): Detail | undefined {
  const kept = recall(KEY)
  return DETAILS.find((one) => one === kept)
}

/** The choice that is shown, and how to change it. */
export function useDetail(standard: Detail): readonly [Detail, (detail: Detail) => void] {
  const [detail, set] = usePreference<Detail>(KEY, standard)
  return [DETAILS.includes(detail) ? detail : standard, set]
}
