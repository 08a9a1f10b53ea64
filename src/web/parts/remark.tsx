// What happened beside the work, in one quiet line.
import { AlertIcon, HistoryIcon, InfoIcon, TrashIcon, UndoIcon } from '@primer/octicons-react'
import { sayDuration } from '../model/amounts.ts'
import type { Item } from '../model/shapes.ts'
import { useWords } from '../words/language.tsx'

type Props = { readonly item: Exclude<Item, { type: 'cell' | 'words' }> }

export function Remark({ item }: Props) {
  const words = useWords()
  switch (item.type) {
    case 'notice':
      return <Line icon={InfoIcon} text={item.text} />
    case 'unreadable':
      return <Line icon={AlertIcon} text={words.tryFailed} more={[item.problem]} />
    case 'restored': {
      const { cells, files, ms, missing } = item
      const more = missing.length > 0 ? [words.missing, ...missing] : []
      return <Line icon={HistoryIcon} text={words.restored(cells, files, sayDuration(ms))} more={more} />
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

interface LineProps {
  readonly icon: typeof InfoIcon
  readonly text: string
  readonly more?: readonly string[]
}

function Line({ icon: Sign, text, more }: LineProps) {
  return (
    <div className="remark">
      <Sign size={16} />
      <div>
        <p>{text}</p>
        {more?.map((line, index) => (
          <p key={index}>{line}</p>
        ))}
      </div>
    </div>
  )
}
