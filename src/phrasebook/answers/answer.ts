// The answer after a cell has run: the files with their sizes, the output, the assumptions; or what failed.
import type { Event, EventOf } from '../../../sessions/event.ts'
import type { Job, Request } from '../jobs/job.ts'
import type { Language } from '../parsing/language.ts'
import { formatBytes } from './plan-text.ts'

/** The answer to a request whose cell succeeded. */
export function answerOf(request: Request, events: readonly Event[]): string {
  const { language, notes } = request
  const made = [
    ...new Map(events.flatMap((event) => (event.type === 'file' ? [[event.name, event] as const] : []))).values(),
  ]
  const printed = factsOf(request, events)
  const files = made.map((file) => fileLine(file, language))
  if (files.length === 0 && !printed) return language === 'zh' ? '已完成，没有生成文件。' : 'Done; no file was made.'
  return [...files, ...(printed ? [printed] : []), ...notes].join('\n')
}

/** What went wrong, in a sentence. There is no retry: the same snippet would fail again. */
export function failureOf(language: Language, events: readonly Event[]): string {
  const rejected = events.findLast((event) => event.type === 'rejected')
  const result = events.findLast((event) => event.type === 'result')
  const reason = rejected?.diagnostics[0]?.message ?? result?.message ?? result?.status ?? 'unknown'
  const kept = [...new Set(events.flatMap((event) => (event.type === 'file' ? [event.name] : [])))].join(', ')
  const opening = language === 'zh' ? `没有完成：${reason}` : `It did not work: ${reason}`
  if (!kept) return opening
  return `${opening}\n${language === 'zh' ? `在此之前已生成：${kept}` : `Made before that: ${kept}`}`
}

/** Jobs whose output is meant for the user. */
const TELLING: readonly Job['kind'][] = ['info', 'summary', 'chart', 'query', 'box', 'distribution']

/** The cell's output, if the request asked for facts. */
function factsOf({ jobs }: Request, events: readonly Event[]): string {
  if (!jobs.some(({ kind }) => TELLING.includes(kind))) return ''
  return events
    .flatMap((event) => (event.type === 'print' && event.stream === 'stdout' ? [event.text] : []))
    .join('')
    .trim()
}

function fileLine({ name, width, height, frames, bytes }: EventOf<'file'>, language: Language): string {
  const zh = language === 'zh'
  const facts = [
    ...(width && height ? [`${width} × ${height}`] : []),
    ...(frames && frames > 1 ? [zh ? `${frames} 帧` : `${frames} frames`] : []),
    formatBytes(bytes),
  ]
  return zh ? `已生成 ${name}：${facts.join('，')}` : `Made ${name}: ${facts.join(', ')}`
}
