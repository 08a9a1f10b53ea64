// A dialog over the page: the browser keeps the focus inside, closes it on Escape and gives the focus back.
import { useEffect, useRef, type ReactNode } from 'react'

interface Props {
  readonly label: string
  readonly className?: string
  readonly onClose: () => void
  readonly children: ReactNode
}

export function Modal({ label, className = '', onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    if (element && !element.open) element.showModal()
    return () => {
      element?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      className={`modal ${className}`}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onMouseDown={(event) => {
        // The backdrop belongs to the dialog itself.
        if (event.target === dialog.current) onClose()
      }}
    >
      {children}
    </dialog>
  )
}
