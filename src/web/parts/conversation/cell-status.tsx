// The status of a cell as an icon, with a label for screen readers.
import { AlertIcon, CheckCircleFillIcon, SkipIcon, StopIcon, XCircleFillIcon } from '@primer/octicons-react'
import type { CellItem } from '../../model/types.ts'
import { useWords } from '../../i18n/language.tsx'

interface Props {
  readonly status: CellItem['status']
  readonly isOvercome: boolean
}

export function CellStatusIcon({ status, isOvercome }: Props) {
  const words = useWords()
  const label = words.status[status]
  if (status === 'running') return <span className="spinner" role="img" aria-label={label} />
  const Sign = isOvercome ? SkipIcon : SIGNS[status]
  return (
    <span className="sign" title={label}>
      <Sign size={16} aria-label={label} />
    </span>
  )
}

const SIGNS = {
  ok: CheckCircleFillIcon,
  rejected: XCircleFillIcon,
  threw: XCircleFillIcon,
  timeout: AlertIcon,
  memory: AlertIcon,
  limit: AlertIcon,
  crashed: XCircleFillIcon,
  cancelled: StopIcon,
}
