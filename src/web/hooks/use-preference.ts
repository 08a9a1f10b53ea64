// A preference of the person that all parts of the page share, and that outlives the page.
import { useSyncExternalStore } from 'react'
import { keep, recall } from './local-storage.ts'

const listeners = new Set<() => void>()

/** Its value and how to change it; `standard` until somebody chooses. */
export function usePreference<T extends string>(key: string, standard: T): readonly [T, (value: T) => void] {
  const value = useSyncExternalStore(listen, () => (recall(key) as T | undefined) ?? standard)
  const set = (next: T): void => {
    keep(key, next)
    for (const listener of listeners) listener()
  }
  return [value, set]
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  // Another tab may choose.
  globalThis.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    globalThis.removeEventListener('storage', listener)
  }
}
