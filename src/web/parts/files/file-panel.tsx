// The panel with all files of the session: outputs, newest first, then uploads in the order in which the user chose
// them.
import { DownloadIcon, PackageIcon, XIcon } from '@primer/octicons-react'
import { exportUrl, zipUrl } from '../../api/client.ts'
import type { FileShape } from '../../../http/schemas.ts'
import { useWords } from '../../i18n/language.tsx'
import { FileRow } from './file-row.tsx'
import { IconButton } from '../common/icon-button.tsx'

interface Props {
  readonly session: string | undefined
  readonly files: readonly FileShape[]
  readonly hasCells: boolean
  readonly onClose: () => void
}

export function FilePanel({ session, files, hasCells, onClose }: Props) {
  const words = useWords()
  const outputs = files.filter(({ kind }) => kind === 'output').toReversed()
  const uploads = files.filter(({ kind }) => kind === 'upload')
  return (
    <aside className="panel files" id="files" aria-label={words.files}>
      <header className="panel-head">
        <h2>{words.files}</h2>
        <IconButton icon={XIcon} label={words.hideFiles} onClick={onClose} />
      </header>
      <div className="panel-body">
        {session === undefined || files.length === 0 ? (
          <p className="quiet empty">{words.noFiles}</p>
        ) : (
          <>
            <Group title={words.outputs} files={outputs} />
            <Group title={words.uploads} files={uploads} />
          </>
        )}
      </div>
      {session !== undefined && (outputs.length > 0 || hasCells) && (
        <footer className="panel-foot">
          {outputs.length > 0 && (
            <a className="button" href={zipUrl(session)} download>
              <DownloadIcon size={16} />
              {words.downloadAll}
            </a>
          )}
          {hasCells && (
            <a className="button" href={exportUrl(session)} download>
              <PackageIcon size={16} />
              {words.exportProject}
            </a>
          )}
        </footer>
      )}
    </aside>
  )
}

function Group({ title, files }: { readonly title: string; readonly files: readonly FileShape[] }) {
  if (files.length === 0) return null
  return (
    <section>
      <h3>{title}</h3>
      <ul className="file-list">
        {files.map((file) => (
          <FileRow key={file.name} stored={file} />
        ))}
      </ul>
    </section>
  )
}
