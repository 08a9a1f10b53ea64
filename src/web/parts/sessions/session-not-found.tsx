// Shown for a session that does not exist, has expired or needs a token: the reason, and what to do.
import { PlusIcon } from '@primer/octicons-react'
import type { RequestProblem } from '../../api/problem.ts'
import { describeProblem, useWords } from '../../i18n/language.tsx'

export default function SessionNotFound({
  problem,
  onNew,
}: {
  readonly problem: RequestProblem
  readonly onNew: () => void
}) {
  const words = useWords()
  const { status, code, gone } = problem
  const isToken = status === 401
  const isExpired = code === 'session_expired'
  const title = isToken ? words.tokenTitle : isExpired ? words.expiredTitle : words.lostTitle
  const text = isToken
    ? words.tokenText
    : isExpired
      ? words.expiredText
      : status === 404
        ? words.lostText
        : describeProblem(words, problem)
  return (
    <div className="talk">
      <div className="welcome lost" role="alert">
        <h2>{title}</h2>
        <p>{text}</p>
        {gone.length > 0 && <p className="lost-names">{words.goneFiles(gone.join(', '))}</p>}
        {!isToken && (
          <button type="button" className="button primary" onClick={onNew}>
            <PlusIcon size={16} />
            {words.newSession}
          </button>
        )}
      </div>
    </div>
  )
}
