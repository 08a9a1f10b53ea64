// What is being clicked stays where it is: what would move it waits until the pointer is up again.
import { useEffect, useState, useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let isDown = false

function set(next: boolean): void {
  if (isDown === next) return
  isDown = next
  for (const listener of listeners) listener()
}

globalThis.addEventListener('pointerdown', () => set(true), { capture: true })
for (const name of ['pointerup', 'pointercancel', 'dragend']) {
  // The click comes after it.
  globalThis.addEventListener(name, () => setTimeout(() => set(false)), { capture: true })
}
// Of the window itself: the pointer may come up elsewhere.
globalThis.addEventListener('blur', () => set(false))

/** The value, but as it was as long as a pointer is down. */
export function useSteady<T>(value: T): T {
  const isPressed = useSyncExternalStore(listen, () => isDown)
  const [steady, setSteady] = useState(value)
  useEffect(() => {
    if (!isPressed) setSteady(value)
  }, [isPressed, value])
  return steady
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
