// Handles the Escape key unless a dialog or a field has handled it.
import { useEffect } from 'react'

export function useEscape(act: (() => void) | undefined): void {
  useEffect(() => {
    if (!act) return
    const press = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
      if (document.querySelector('dialog[open]')) return
      event.preventDefault()
      act()
    }
    globalThis.addEventListener('keydown', press)
    return () => globalThis.removeEventListener('keydown', press)
  }, [act])
}
