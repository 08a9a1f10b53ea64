// A picture in full size: zoom, comparison with its input, and navigation to the next.
import { ChevronLeftIcon, ChevronRightIcon, ColumnsIcon, DownloadIcon, XIcon } from '@primer/octicons-react'
import { useState, type KeyboardEvent } from 'react'
import { downloadUrl } from '../../api/client.ts'
import type { GalleryPicture } from '../../model/gallery.ts'
import { useWords } from '../../i18n/language.tsx'
import { Comparison } from './comparison.tsx'
import { IconButton, IconLink } from '../common/icon-button.tsx'
import { factsOf } from '../files/file-caption.tsx'
import { Modal } from '../common/modal.tsx'
import { ZoomablePicture } from './zoomable-picture.tsx'
import '../../style/lightbox.css'

interface Props {
  readonly session: string
  readonly shown: GalleryPicture
  /** All pictures that can be navigated to. */
  readonly pictures: readonly GalleryPicture[]
  readonly onShow: (shown: GalleryPicture) => void
  readonly onClose: () => void
}

export default function Lightbox({ session, shown, pictures, onShow, onClose }: Props) {
  const words = useWords()
  const [isComparing, setComparing] = useState(false)
  const { file } = shown
  const before = shown.before && shown.before.id !== file.id ? shown.before : undefined
  const at = pictures.findIndex((one) => one.file.id === file.id)
  const step = (by: number): void => {
    const next = pictures[at + by]
    if (at < 0 || !next) return
    setComparing(false)
    onShow(next)
  }
  const press = (event: KeyboardEvent): void => {
    // Arrows move the divider while it has the focus.
    if (event.target instanceof HTMLInputElement) return
    if (event.key === 'ArrowLeft') step(-1)
    if (event.key === 'ArrowRight') step(1)
  }
  return (
    <Modal label={file.name} className="lightbox" onClose={onClose}>
      <div className="lightbox-inner" role="presentation" onKeyDown={press}>
        <header>
          <span className="name">{file.name}</span>
          <span className="facts">{factsOf(file, words)}</span>
          {before && (
            <button
              type="button"
              className="button small"
              title={words.compareWith}
              aria-pressed={isComparing}
              onClick={() => setComparing(!isComparing)}
            >
              <ColumnsIcon size={16} />
              {words.compare}
            </button>
          )}
          <IconLink icon={DownloadIcon} label={words.downloadOf(file.name)} href={downloadUrl(session, file.id)} />
          <IconButton icon={XIcon} label={words.close} onClick={onClose} />
        </header>
        {before && isComparing ? (
          <Comparison key={file.id} {...{ session, file, before }} />
        ) : (
          <ZoomablePicture key={file.id} session={session} file={file} />
        )}
        {pictures.length > 1 && at >= 0 && (
          <>
            <Step to="back" onClick={() => step(-1)} isDisabled={at === 0} />
            <Step to="on" onClick={() => step(1)} isDisabled={at === pictures.length - 1} />
          </>
        )}
      </div>
    </Modal>
  )
}

interface StepProps {
  readonly to: 'back' | 'on'
  readonly isDisabled: boolean
  readonly onClick: () => void
}

function Step({ to, isDisabled, onClick }: StepProps) {
  const words = useWords()
  const [icon, label] = to === 'back' ? [ChevronLeftIcon, words.previous] : [ChevronRightIcon, words.next]
  return <IconButton className={`step ${to}`} {...{ icon, label, onClick }} disabled={isDisabled} />
}
