// The root component: lays out the page and connects its parts.
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState, type ComponentProps } from 'react'
import { useEscape } from './hooks/use-escape.ts'
import { usePanels } from './hooks/use-panels.ts'
import { SessionContext, type SessionContextValue } from './hooks/session/use-session-context.ts'
import { usePageState, type PageState } from './hooks/session/use-page-state.ts'
import { kindOf } from './model/file-kind.ts'
import { galleryOf, type GalleryPicture } from './model/gallery.ts'
import type { FileVersion } from './model/types.ts'
import { Announcer } from './parts/conversation/announcer.tsx'
import { ErrorBoundary } from './parts/common/error-boundary.tsx'
import { DropZone } from './parts/composer/drop-zone.tsx'
import { FilePanel } from './parts/files/file-panel.tsx'
import { ComposerArea } from './parts/composer/composer-area.tsx'
import { Sidebar } from './parts/sessions/sidebar.tsx'
import { MessageList } from './parts/conversation/message-list.tsx'
import { TopBar } from './parts/sessions/top-bar.tsx'
import { Welcome } from './parts/conversation/welcome.tsx'
import { useWords } from './i18n/language.tsx'

const loadLightbox = () => import('./parts/pictures/lightbox.tsx')
const Lightbox = lazy(loadLightbox)
const SessionNotFound = lazy(() => import('./parts/sessions/session-not-found.tsx'))
const TableViewer = lazy(() => import('./parts/tables/table-viewer.tsx'))

/** Preloads the lightbox, so that the first picture opens without a delay. */
function preloadLightbox(): void {
  loadLightbox().catch(() => undefined)
}

export function App() {
  const words = useWords()
  const place = usePageState()
  const { id, go, conversation, list, attachments, acting, lost, isBusy } = place
  // Files of a lost session are not offered.
  const files = lost ? [] : place.files
  const { turns, session } = conversation
  const panels = usePanels(files.length > 0)
  const [shown, setShown] = useState<GalleryPicture>()
  const pictures = useMemo(() => galleryOf(turns), [turns])
  const space = useSessionContextValue(place, pictures, setShown)
  useEscape(panels.isOver ? panels.uncover : isBusy ? acting.actions.stop : undefined)
  const title = session?.title ?? list.sessions.find((one) => one.id === id)?.title
  useEffect(() => {
    document.title = title ? `${title} · Easel` : 'Easel'
  }, [title])
  useEffect(preloadLightbox, [])
  const open = (next: string | undefined): void => {
    panels.uncover()
    go(next)
  }
  const hasCells = !lost && turns.some(({ items }) => items.some(({ type }) => type === 'cell'))
  return (
    <SessionContext value={space}>
      <SkipLink />
      <div className="app" data-sessions={panels.sessions} data-files={panels.files}>
        {panels.sessions && (
          <Sidebar
            {...{ sessions: list.sessions, isRead: list.isRead, shown: id, onGo: open }}
            {...{ onRename: place.rename, onDelete: place.remove, onClose: panels.toggleSessions }}
          />
        )}
        <DropZone isInert={panels.isOver} onFiles={attachments.add} onPick={attachments.pick}>
          <TopBar
            {...{ title, files: files.length, showsSessions: panels.sessions, showsFiles: panels.files }}
            {...{ onSessions: panels.toggleSessions, onFiles: panels.toggleFiles, onNew: () => open(undefined) }}
          />
          <Announcer turn={turns.at(-1)} isBusy={isBusy} />
          <MainContent place={place} onNew={() => open(undefined)} />
          {!lost && <ComposerArea place={place} />}
        </DropZone>
        {panels.files && <FilePanel session={id} files={files} hasCells={hasCells} onClose={panels.toggleFiles} />}
        {panels.isOver && (
          <button type="button" className="scrim" tabIndex={-1} aria-label={words.close} onClick={panels.uncover} />
        )}
      </div>
      {shown && id !== undefined && (
        <FullSize
          session={id}
          shown={shown}
          pictures={pictures}
          onShow={setShown}
          onClose={() => setShown(undefined)}
        />
      )}
    </SessionContext>
  )
}

function FullSize(props: ComponentProps<typeof Lightbox>) {
  const { session, shown, onClose } = props
  const { file } = shown
  return (
    <ErrorBoundary instead={undefined}>
      <Suspense>
        {kindOf(file.card) === 'table' ? (
          <TableViewer key={file.id} {...{ session, file, onClose }} />
        ) : (
          <Lightbox {...props} />
        )}
      </Suspense>
    </ErrorBoundary>
  )
}

function SkipLink() {
  const words = useWords()
  return (
    <a
      className="skip"
      href="#message"
      onClick={(event) => {
        // The URL fragment is reserved for the session id.
        event.preventDefault()
        focusMessage()
      }}
    >
      {words.skip}
    </a>
  )
}

function MainContent({ place, onNew }: { readonly place: PageState; readonly onNew: () => void }) {
  const { id, conversation, acting, lost, isReady, isBusy, tryOut } = place
  if (lost)
    return (
      <Suspense>
        <SessionNotFound problem={lost} onNew={onNew} />
      </Suspense>
    )
  if (conversation.turns.length > 0 || acting.pending) {
    const { pending, reruns } = acting
    return (
      <MessageList key={id} turns={conversation.turns} ahead={conversation.ahead} {...{ pending, reruns, isBusy }} />
    )
  }
  // Whether the session is empty is unknown until its journal has been read.
  if (id !== undefined && !isReady) return <div className="talk" />
  return <Welcome isDisabled={isBusy} onTry={tryOut} />
}

/** A stable value: every part of the conversation reads this context and would be rendered again. */
function useSessionContextValue(
  place: PageState,
  pictures: readonly GalleryPicture[],
  show: (shown: GalleryPicture) => void,
): SessionContextValue | undefined {
  const { id, conversation, acting, attachments, isBusy } = place
  const latest = useRef({ conversation, pictures, attachments })
  useEffect(() => {
    latest.current = { conversation, pictures, attachments }
  })
  const showFile = useCallback(
    (file: FileVersion, before: FileVersion | undefined) => {
      show(latest.current.pictures.find((one) => one.file.id === file.id) ?? { file, before })
    },
    [show],
  )
  const { actions } = acting
  const { current } = conversation
  return useMemo(() => {
    if (id === undefined) return undefined
    return {
      ...{ session: id, actions, isBusy, show: showFile },
      fileOf: (name) => current.get(name),
      attach(name) {
        latest.current.attachments.pick(name)
        focusMessage()
      },
    }
  }, [id, actions, isBusy, showFile, current])
}

function focusMessage(): void {
  document.getElementById('message')?.focus()
}
