// Takes files that are dropped anywhere on the conversation, and files of the panel that are dragged back into the message.
import { UploadIcon } from '@primer/octicons-react'
import { useRef, useState, type DragEvent, type ReactNode } from 'react'
import { useWords } from '../../i18n/language.tsx'
import { DRAGGED } from '../files/file-row.tsx'

interface Props {
  readonly isInert: boolean
  readonly onFiles: (files: readonly File[]) => void
  readonly onPick: (name: string) => void
  readonly children: ReactNode
}

export function DropZone({ isInert, onFiles, onPick, children }: Props) {
  const words = useWords()
  const [isOver, setOver] = useState(false)
  // Each part below says its own "enter" and "leave".
  const depth = useRef(0)
  const isOurs = ({ dataTransfer: { types } }: DragEvent): boolean => types.includes('Files') || types.includes(DRAGGED)
  const enter = (event: DragEvent, by: number): void => {
    if (!isOurs(event)) return
    event.preventDefault()
    depth.current = Math.max(0, depth.current + by)
    setOver(depth.current > 0)
  }
  const drop = (event: DragEvent): void => {
    depth.current = 0
    setOver(false)
    if (!isOurs(event)) return
    event.preventDefault()
    const name = event.dataTransfer.getData(DRAGGED)
    if (name) return onPick(name)
    const files = [...event.dataTransfer.files]
    if (files.length > 0) onFiles(files)
  }
  return (
    <main
      className="main"
      inert={isInert}
      onDragEnter={(event) => enter(event, 1)}
      onDragLeave={(event) => enter(event, -1)}
      onDragOver={(event) => isOurs(event) && event.preventDefault()}
      onDrop={drop}
    >
      {children}
      {isOver && (
        <div className="drop-sign" aria-hidden="true">
          <UploadIcon size={24} />
          {words.dropHere}
        </div>
      )}
    </main>
  )
}
