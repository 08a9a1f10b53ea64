// A table in full size.
import { DownloadIcon, XIcon } from '@primer/octicons-react'
import { downloadUrl } from '../../api/client.ts'
import { useWords } from '../../i18n/language.tsx'
import type { FileVersion } from '../../model/types.ts'
import { IconButton, IconLink } from '../common/icon-button.tsx'
import { Modal } from '../common/modal.tsx'
import { factsOf } from '../files/file-caption.tsx'
import TableGrid from './table-grid.tsx'
import '../../style/lightbox.css'

interface Props {
  readonly session: string
  readonly file: FileVersion
  readonly onClose: () => void
}

export default function TableViewer({ session, file, onClose }: Props) {
  const words = useWords()
  return (
    <Modal label={file.name} className="lightbox" onClose={onClose}>
      <div className="lightbox-inner table-viewer">
        <header>
          <span className="name">{file.name}</span>
          <span className="facts">{factsOf(file, words)}</span>
          <IconLink icon={DownloadIcon} label={words.downloadOf(file.name)} href={downloadUrl(session, file.id)} />
          <IconButton icon={XIcon} label={words.close} onClick={onClose} />
        </header>
        <TableGrid file={file} isFull />
      </div>
    </Modal>
  )
}
