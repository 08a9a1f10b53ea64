// Accepts files dropped anywhere on the conversation, and files dragged from the panel into the message.
import { UploadIcon } from '@primer/octicons-react'
import { useRef, useState, type DragEvent, type ReactNode } from 'react'
import { useWords } from '../../i18n/language.tsx'
import { FILE_DRAG_TYPE } from '../files/file-row.tsx'

interface Props {
  readonly isInert: boolean
  readonly onFiles: (files: readonly File[]) => void
  readonly onPick: (name: string) => void
  readonly children: ReactNode
}

export function DropZone({ isInert, onFiles, onPick, children }: Props) {
  const words = useWords()
  const [isOver, setOver] = useState(false)
  // `dragenter` and `dragleave` also fire for every child, so they are counted.
  const depth = useRef(0)
  const isOurs = ({ dataTransfer: { types } }: DragEvent): boolean =>
    types.includes('Files') || types.includes(FILE_DRAG_TYPE)
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
    const name = event.dataTransfer.getData(FILE_DRAG_TYPE)
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
