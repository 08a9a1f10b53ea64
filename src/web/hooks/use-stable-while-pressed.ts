// Holds a value while the pointer is down, so that a layout change cannot move a button away from a click.
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
  // The click event follows `pointerup`.
  globalThis.addEventListener(name, () => setTimeout(() => set(false)), { capture: true })
}
// When the window loses the focus, the pointer may be released elsewhere.
globalThis.addEventListener('blur', () => set(false))

/** The value; while a pointer is down, the value from before. */
export function useStableWhilePressed<T>(value: T): T {
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
