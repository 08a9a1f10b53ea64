// Says calmly that the session is about to rest, or rests, and wakes it with one click.
import { ClockIcon, MoonIcon } from '@primer/octicons-react'
import { useState } from 'react'
import type { Session } from '../../api/shapes.ts'
import { useNow } from '../../hooks/use-now.ts'
import { restOf, sayCountdown } from '../../model/idle.ts'
import { useWords } from '../../i18n/language.tsx'

interface Props {
  readonly session: Session
  readonly idleMs: number
  /** Something would be lost from memory. */
  readonly hasCells: boolean
  readonly onWake: () => Promise<void>
}

export function RestNotice({ session, idleMs, hasCells, onWake }: Props) {
  const words = useWords()
  const [isWaking, setWaking] = useState(false)
  const now = useNow(1000)
  const rest = restOf(session, now, idleMs)
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
        {isSoon ? words.soon(sayCountdown(rest.ms)) : words.resting(sayTime(rest.until, words.lang))}
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
