// A modal dialog. The browser keeps the focus inside and closes it on Escape; the focus then returns to where it was.
import { useEffect, useRef, type ReactNode } from 'react'
import { createPortal } from 'react-dom'

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
  // A portal, so that the component that opens it passes on no styles and receives none of its key and click events.
  return createPortal(
    <dialog
      ref={dialog}
      className={`modal ${className}`}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onMouseDown={(event) => {
        // A click on the backdrop has the dialog element as its target.
        if (event.target === dialog.current) onClose()
      }}
    >
      {children}
    </dialog>,
    document.body,
  )
}
