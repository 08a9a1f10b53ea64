// The unusable files of the next message: a line with their number that expands to the reasons.
import { AlertIcon, XIcon } from '@primer/octicons-react'
import { useWords } from '../../i18n/language.tsx'
import { IconButton } from '../common/icon-button.tsx'

export interface UnusableFile {
  readonly key: string
  readonly name: string
  readonly reason: string
  readonly drop: () => void
}

export function UnusableFiles({ bad }: { readonly bad: readonly UnusableFile[] }) {
  const words = useWords()
  const dropAll = (): void => {
    for (const { drop } of bad) drop()
  }
  return (
    <div className="unusable">
      <details>
        <summary>
          <AlertIcon size={16} />
          <span role="status">{words.unusable(bad.length)}</span>
        </summary>
        <ul aria-label={words.unusable(bad.length)}>
          {bad.map(({ key, name, reason, drop }) => (
            <li key={key}>
              <span className="chip-text">
                <span className="name" title={name}>
                  {name}
                </span>
                <span className="reason">{reason}</span>
              </span>
              <IconButton icon={XIcon} label={words.detach(name)} onClick={drop} />
            </li>
          ))}
        </ul>
      </details>
      <IconButton icon={XIcon} label={words.leaveUnusable} onClick={dropAll} />
    </div>
  )
}
