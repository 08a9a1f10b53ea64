// The conversations of this browser: search by title, open, rename, delete.
import { PlusIcon, SearchIcon, SidebarExpandIcon } from '@primer/octicons-react'
import { useMemo, useState } from 'react'
import type { SessionShape } from '../../../http/schemas.ts'
import { useWords } from '../../i18n/language.tsx'
import { IconButton } from '../common/icon-button.tsx'
import { Logo } from '../common/logo.tsx'
import { SessionRow } from './session-row.tsx'

interface Props {
  readonly sessions: readonly SessionShape[]
  readonly isRead: boolean
  readonly shown: string | undefined
  readonly onGo: (id: string | undefined) => void
  readonly onRename: (id: string, title: string) => void
  readonly onDelete: (id: string) => void
  readonly onClose: () => void
}

export function Sidebar({ sessions, isRead, shown, onGo, onRename, onDelete, onClose }: Props) {
  const words = useWords()
  const [wanted, setWanted] = useState('')
  const found = useMemo(() => {
    const query = wanted.trim().toLowerCase()
    return sessions.filter(({ title = '' }) => title.toLowerCase().includes(query))
  }, [sessions, wanted])
  return (
    <nav className="panel sessions" id="sessions" aria-label={words.sessions}>
      <header className="panel-head">
        <Logo />
        <span className="product">{words.product}</span>
        <IconButton icon={SidebarExpandIcon} label={words.hideSessions} onClick={onClose} />
      </header>
      <button type="button" className="button new" onClick={() => onGo(undefined)}>
        <PlusIcon size={16} />
        {words.newSession}
      </button>
      <label className="search">
        <SearchIcon size={16} />
        <span className="unseen">{words.search}</span>
        <input
          type="search"
          placeholder={words.search}
          value={wanted}
          onChange={({ target }) => setWanted(target.value)}
        />
      </label>
      <div className="panel-body">
        {found.length > 0 && (
          <ul className="session-list">
            {found.map((session) => (
              <SessionRow
                key={session.id}
                session={session}
                isShown={session.id === shown}
                {...{ onGo, onRename, onDelete }}
              />
            ))}
          </ul>
        )}
        {isRead && found.length === 0 && (
          <p className="quiet empty">{sessions.length === 0 ? words.noSessions : words.noneFound}</p>
        )}
      </div>
    </nav>
  )
}
