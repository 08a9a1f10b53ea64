// The bar above the conversation: its title and the controls of the page.
import {
  DeviceDesktopIcon,
  FileDirectoryIcon,
  MoonIcon,
  PlusIcon,
  SidebarCollapseIcon,
  SunIcon,
} from '@primer/octicons-react'
import { useTheme } from '../../hooks/use-theme.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { IconButton } from '../common/icon-button.tsx'

interface Props {
  readonly title: string | undefined
  readonly files: number
  readonly showsSessions: boolean
  readonly showsFiles: boolean
  readonly onSessions: () => void
  readonly onFiles: () => void
  readonly onNew: () => void
}

export function TopBar({ title, files, showsSessions, showsFiles, onSessions, onFiles, onNew }: Props) {
  const { words, toggle } = useLanguage()
  const [theme, nextTheme] = useTheme()
  const icon = { auto: DeviceDesktopIcon, light: SunIcon, dark: MoonIcon }[theme]
  return (
    <header className="top-bar">
      {!showsSessions && (
        <>
          <IconButton
            icon={SidebarCollapseIcon}
            label={words.showSessions}
            aria-expanded={false}
            onClick={onSessions}
          />
          <IconButton icon={PlusIcon} label={words.newSession} onClick={onNew} className="wide-only" />
        </>
      )}
      <h1 title={title}>{title ?? words.product}</h1>
      <button
        type="button"
        className="icon-button language"
        onClick={toggle}
        aria-label={words.toOtherLanguage}
        title={words.toOtherLanguage}
      >
        {words.otherLanguage}
      </button>
      <IconButton icon={icon} label={words.theme[theme]} onClick={nextTheme} />
      <button
        type="button"
        className="icon-button with-count"
        aria-expanded={showsFiles}
        aria-label={`${showsFiles ? words.hideFiles : words.showFiles}: ${files}`}
        title={showsFiles ? words.hideFiles : words.showFiles}
        onClick={onFiles}
      >
        <FileDirectoryIcon size={16} />
        {files > 0 && <span>{files}</span>}
      </button>
    </header>
  )
}
