// A user preference that all components share and that survives a reload.
import { useSyncExternalStore } from 'react'
import { storePreference, readPreference } from './local-storage.ts'

const listeners = new Set<() => void>()

/** The value and its setter; `standard` until the user chooses. */
export function usePreference<T extends string>(key: string, standard: T): readonly [T, (value: T) => void] {
  const value = useSyncExternalStore(listen, () => (readPreference(key) as T | undefined) ?? standard)
  const set = (next: T): void => {
    storePreference(key, next)
    for (const listener of listeners) listener()
  }
  return [value, set]
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  // Another tab may change it.
  globalThis.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    globalThis.removeEventListener('storage', listener)
  }
}
