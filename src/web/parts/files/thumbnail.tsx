// A file as a small picture made by the server, or as an icon of its kind.
import { AlertIcon, FileIcon, ImageIcon, TableIcon } from '@primer/octicons-react'
import { useEffect, useState } from 'react'
import { thumbnailUrl } from '../../api/client.ts'
import { useSessionContext } from '../../hooks/session/use-session-context.ts'
import { hasThumbnail, kindOf } from '../../model/file-kind.ts'
import type { FileVersion } from '../../model/types.ts'
import { useWords } from '../../i18n/language.tsx'

interface Props {
  readonly file: FileVersion
  /** Used only for tables, and pictures that browsers can display. */
  readonly onClick?: () => void
  /** Files without a picture show their name. */
  readonly isNamed?: boolean
}

export function Thumbnail({ file, onClick, isNamed = false }: Props) {
  const words = useWords()
  const { session } = useSessionContext()
  const { src, onError } = useSource(thumbnailUrl(session, file.id))
  const kind = kindOf(file.card)
  const open = kind === 'picture' ? onClick : undefined
  if (hasThumbnail(file.card) && src !== undefined) {
    // If it cannot be opened, its name is shown beside it, so `alt` is empty.
    const picture = (
      <img {...{ src, onError }} alt={onClick ? file.name : ''} loading="lazy" decoding="async" draggable={false} />
    )
    const title = file.host === undefined ? undefined : words.fetchedFrom(file.name, file.host)
    if (!open)
      return (
        <span className="thumbnail" title={title}>
          {picture}
        </span>
      )
    return (
      <button type="button" className="thumbnail" title={title} aria-label={words.open(file.name)} onClick={open}>
        {picture}
      </button>
    )
  }
  const isTroubled = kind === 'broken' || file.card.problem !== undefined
  const sign = 'thumbnail sign'
  const Sign =
    kind === 'table' || kind === 'workbook'
      ? TableIcon
      : isTroubled
        ? AlertIcon
        : kind === 'picture'
          ? ImageIcon
          : FileIcon
  const content = (
    <>
      <Sign size={16} />
      {isNamed && <span className="name">{file.name}</span>}
    </>
  )
  if (kind !== 'table' || !onClick) return <span className={sign}>{content}</span>
  const label = words.openTable(file.name)
  return (
    <button type="button" className={sign} title={label} aria-label={label} onClick={onClick}>
      {content}
    </button>
  )
}

/** Pauses before the next attempts, in milliseconds, as the server may be busy. */
const RETRY_DELAYS_MS = [3000, 10_000, 30_000]

/** The thumbnail's URL, with retries; undefined while pausing, or after the last attempt. */
function useSource(address: string): { readonly src: string | undefined; readonly onError: () => void } {
  const [failures, setFailures] = useState(0)
  const [isPausing, setPausing] = useState(false)
  useEffect(() => {
    if (!isPausing) return
    const pause = RETRY_DELAYS_MS[failures - 1]
    const timer = pause === undefined ? undefined : setTimeout(() => setPausing(false), pause)
    return () => clearTimeout(timer)
  }, [failures, isPausing])
  const fail = (): void => {
    setFailures(failures + 1)
    setPausing(true)
  }
  return { src: isPausing ? undefined : failures > 0 ? `${address}?again=${failures}` : address, onError: fail }
}
