// The caption below a file: name, facts and download link.
import { DownloadIcon, FileIcon } from '@primer/octicons-react'
import { downloadUrl } from '../../api/client.ts'
import { useSessionContext } from '../../hooks/session/use-session-context.ts'
import { formatBytes, formatSize } from '../../model/amounts.ts'
import { shownSize } from '../../model/file-kind.ts'
import type { FileVersion } from '../../model/types.ts'
import type { Words } from '../../i18n/en.ts'
import { useWords } from '../../i18n/language.tsx'
import { IconLink } from '../common/icon-button.tsx'

export function FileCaption({ file, isLine = false }: { readonly file: FileVersion; readonly isLine?: boolean }) {
  const words = useWords()
  const { session } = useSessionContext()
  return (
    <figcaption className={isLine ? 'file-line' : ''}>
      {isLine && <FileIcon size={16} />}
      <span className="name" title={file.name}>
        {file.name}
      </span>
      <span className="facts">{factsOf(file, words)}</span>
      <IconLink icon={DownloadIcon} label={words.downloadOf(file.name)} href={downloadUrl(session, file.id)} />
    </figcaption>
  )
}

/** The sheets of a workbook that has several: 3 sheets: 销售 (200 × 7), … */
export function SheetLine({ file: { card } }: { readonly file: FileVersion }) {
  const words = useWords()
  const sheets = card.sheets ?? []
  if (sheets.length < 2) return null
  const named = sheets.slice(0, MAX_SHEETS).map(({ name, rows, columns }) => {
    const size = rows && columns ? ` (${rows.toLocaleString(words.lang)} × ${columns.toLocaleString(words.lang)})` : ''
    return `${name}${size}`
  })
  const rest = sheets.length > MAX_SHEETS ? ' …' : ''
  const text = words.sheets(sheets.length, named.join(words.comma) + rest)
  return (
    <span className="facts" title={text}>
      {text}
    </span>
  )
}

/** Sheets whose names are shown. */
const MAX_SHEETS = 8

/** 640 × 480 · 30 frames · 312 KB */
export function factsOf({ card }: FileVersion, words: Words): string {
  const { frames = 1, rows, columns, archive } = card
  const parts = [
    card.width && card.height ? formatSize(shownSize(card)) : '',
    frames > 1 ? words.frames(frames) : '',
    rows === undefined ? '' : words.rows(rows.toLocaleString(words.lang), columns?.length ?? 0),
    archive ? words.archived(archive.files.toLocaleString(words.lang)) : '',
    formatBytes(card.bytes),
  ]
  return parts.filter(Boolean).join(' · ')
}
