// Tells that the session's sandbox is about to be stopped, or has been, with a button to keep or restore it.
import { ClockIcon, MoonIcon } from '@primer/octicons-react'
import { useState } from 'react'
import type { SessionShape } from '../../../http/schemas.ts'
import { useNow } from '../../hooks/use-now.ts'
import { idleStateOf, formatCountdown } from '../../model/idle.ts'
import { useWords } from '../../i18n/language.tsx'

interface Props {
  readonly session: SessionShape
  readonly idleMs: number
  /** Cells have run, so memory would be lost. */
  readonly hasCells: boolean
  readonly onWake: () => Promise<void>
}

export function IdleNotice({ session, idleMs, hasCells, onWake }: Props) {
  const words = useWords()
  const [isWaking, setWaking] = useState(false)
  const now = useNow(1000)
  const rest = idleStateOf(session, now, idleMs)
  if (!hasCells || rest.phase === 'awake' || rest.phase === 'expired') return null
  const wake = (): void => {
    setWaking(true)
    void onWake().then(() => setWaking(false))
  }
  const isSoon = rest.phase === 'soon'
  return (
    <div className="rest-notice" data-phase={rest.phase}>
      {isSoon ? <ClockIcon size={16} /> : <MoonIcon size={16} />}
      <p role={isSoon ? 'timer' : undefined}>
        {isSoon ? words.soon(formatCountdown(rest.ms)) : words.resting(sayTime(rest.until, words.lang))}
      </p>
      <button type="button" className="button small" onClick={wake} disabled={isWaking}>
        {isWaking ? words.waking : isSoon ? words.keepAwake : words.wake}
      </button>
    </div>
  )
}

function sayTime(time: number, language: string): string {
  const isToday = new Date(time).toDateString() === new Date().toDateString()
  const day = isToday ? {} : ({ weekday: 'short', month: 'short', day: 'numeric' } as const)
  return new Intl.DateTimeFormat(language, { ...day, hour: 'numeric', minute: '2-digit' }).format(time)
}
