// Events beside the messages and cells, each as one discreet line.
import {
  AlertIcon,
  BookIcon,
  EyeIcon,
  FoldIcon,
  HistoryIcon,
  InfoIcon,
  TrashIcon,
  UndoIcon,
} from '@primer/octicons-react'
import type { ReactNode } from 'react'
import { useSessionContext } from '../../hooks/session/use-session-context.ts'
import { formatDuration } from '../../model/amounts.ts'
import type { Item, LookItem } from '../../model/types.ts'
import { useWords } from '../../i18n/language.tsx'
import { Thumbnail } from '../files/thumbnail.tsx'

type Props = { readonly item: Exclude<Item, { type: 'cell' | 'drawing' | 'words' }> }

export function SystemNotice({ item }: Props) {
  const words = useWords()
  switch (item.type) {
    case 'notice':
      return <Line icon={InfoIcon} text={item.text} />
    case 'look':
      return <Looked item={item} />
    case 'compacted':
      return <Line icon={FoldIcon} text={words.compacted} />
    case 'help':
      return <Line icon={BookIcon} text={words.lookedUp(item.topic)} />
    case 'unreadable':
      return <Line icon={AlertIcon} text={words.tryFailed} more={[item.problem]} />
    case 'restored': {
      const { cells, files, ms, missing } = item
      const more = missing.length > 0 ? [words.missing, ...missing] : []
      return <Line icon={HistoryIcon} text={words.restored(cells, files, formatDuration(ms))} more={more} />
    }
    case 'gone':
      return (
        <Line
          icon={AlertIcon}
          text={words.gone}
          more={[words.goneFiles([...item.files, ...item.variables].join(', '))]}
        />
      )
    case 'undone':
      return <Line icon={UndoIcon} text={words.undone(item.name, item.version)} />
    case 'removed':
      return <Line icon={TrashIcon} text={words.removed(item.name)} />
  }
}

const MAX_NAMES = 6
const MAX_THUMBNAILS = 12

function Looked({ item: { names, files, pictures, tokens, problems } }: { readonly item: LookItem }) {
  const words = useWords()
  const { show } = useSessionContext()
  const listed = names.slice(0, MAX_NAMES).join(words.comma)
  const named = names.length > MAX_NAMES ? words.moreNames(listed, names.length - MAX_NAMES) : listed
  const text = words.shownToModel(named, pictures, tokens.toLocaleString(words.lang))
  if (pictures === 0) return <Line icon={AlertIcon} text={words.notShownToModel} more={problems} />
  return (
    <Line icon={EyeIcon} text={text} more={problems}>
      {files.length > 0 && (
        <div className="looked">
          {files.slice(0, MAX_THUMBNAILS).map((file) => (
            <Thumbnail key={file.key} file={file} onClick={() => show(file, undefined)} />
          ))}
        </div>
      )}
    </Line>
  )
}

interface LineProps {
  readonly icon: typeof InfoIcon
  readonly text: string
  readonly more?: readonly string[]
  readonly children?: ReactNode
}

function Line({ icon: Sign, text, more, children }: LineProps) {
  return (
    <div className="remark">
      <Sign size={16} />
      <div>
        <p>{text}</p>
        {more?.map((line, index) => (
          <p key={index}>{line}</p>
        ))}
        {children}
      </div>
    </div>
  )
}
