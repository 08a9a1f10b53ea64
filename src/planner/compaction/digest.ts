// A digest of the older part of a conversation whose model's context is full. A pure function of the journal: requests
// begin with the same digest until the next compaction, so prompt caches hold. No model is called.
import type { Event } from '../../../sessions/event.ts'
import { createFileHistory, type FileVersion } from '../../../sessions/journal/file-history.ts'
import { describeRequest, LENGTHS, requestsOf, type RequestNote } from './digest-requests.ts'
import { describeUpload } from '../messages/card.ts'
import { clip } from '../messages/text.ts'
import { estimateTokens, withinTokens } from './token-estimate.ts'

/** The largest shares of the digest for files and code; requests get the rest. */
const FILES_SHARE = 0.25
const CODE_SHARE = 0.35
const HEAD = `[The conversation up to here, in short. Cells keep their numbers, and variables and files are as they were left; edit works on every cell. Pictures that were shown are not shown again.]`

/** The requests, files and code of `events`, in at most `tokens` estimated tokens. */
export function writeDigest(events: readonly Event[], tokens: number): string {
  const history = createFileHistory()
  for (const event of events) history.take(event)
  const files = history.currentFiles()
  const fileText = describeFiles(files, tokens * FILES_SHARE)
  const codeText = describeCode(events, files, tokens * CODE_SHARE)
  const rest = tokens - [HEAD, fileText, codeText].reduce((sum, text) => sum + estimateTokens(text) + 2, 0)
  const requests = describeRequests(requestsOf(events), rest)
  return withinTokens([HEAD, requests, fileText, codeText].filter(Boolean).join('\n\n'), tokens)
}

/** This many of the newest requests are described at more length. */
const NEWEST = 4
const PAIRS = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 2],
  [1, 3],
  [2, 3],
  [3, 3],
] as const

function describeRequests(requests: readonly RequestNote[], tokens: number): string {
  const told = LENGTHS.map((): string[] => [])
  const tell = (n: number, length: number): string => {
    const [request, at, texts] = [requests[n], LENGTHS[length], told[length]]
    return request && at && texts ? (texts[n] ??= describeRequest(request, n + 1, at)) : ''
  }
  for (const [newest, older] of PAIRS) {
    const text = requests.map((_, n) => tell(n, n >= requests.length - NEWEST ? newest : older)).join('\n')
    if (estimateTokens(text) <= tokens) return text
  }
  // Not even the users' words fit: keep the first request, which states the topic, and the newest ones.
  const shortest = LENGTHS.length - 1
  const first = tell(0, shortest)
  const kept: string[] = []
  let left = tokens - estimateTokens(first) - 12
  for (let n = requests.length - 1; n > 0; n--) {
    const text = tell(n, shortest)
    left -= estimateTokens(text) + 1
    if (left < 0) break
    kept.unshift(text)
  }
  return [first, `[… ${requests.length - 1 - kept.length} requests are left out …]`, ...kept].join('\n')
}

function describeFiles(files: readonly FileVersion[], tokens: number): string {
  if (files.length === 0) return 'There are no files.'
  const head = 'Files in /mnt/data:'
  const maker = ({ cell, drawn }: FileVersion): string => {
    return cell === undefined ? (drawn ? ' (drawn)' : ' (uploaded)') : ` (made by cell ${cell})`
  }
  const whole = (file: FileVersion): string => {
    const [line = '', ...more] = describeUpload(file.name, file.card).split('\n')
    return [
      `${line}${maker(file)}`,
      ...more.filter((one) => one.startsWith('  columns:')).map((one) => clipped(one)),
    ].join('\n')
  }
  const facts = (file: FileVersion): string => whole(file).split('\n')[0] ?? ''
  const names = (file: FileVersion): string => `- ${JSON.stringify(clip(file.name, 60))}${maker(file)}`
  for (const tell of [whole, facts, names]) {
    const text = [head, ...files.map(tell)].join('\n')
    if (estimateTokens(text) <= tokens) return text
  }
  const kept: string[] = []
  let left = tokens - 20
  for (const file of files.toReversed()) {
    left -= estimateTokens(names(file)) + 1
    if (left < 0) break
    kept.unshift(names(file))
  }
  return [head, `- ${files.length - kept.length} older ones`, ...kept].join('\n')
}

function clipped(line: string): string {
  return `  ${clip(line, 400)}`
}

/** Only whole cells: those that made the current files, newest first. */
function describeCode(events: readonly Event[], files: readonly FileVersion[], tokens: number): string {
  const makers = [...new Set(files.flatMap(({ cell }) => cell ?? []))].toSorted((a, b) => b - a)
  const codes = new Map<number, string>()
  for (const event of events) if (event.type === 'cell') codes.set(event.cell, event.code)
  const told: string[] = []
  const left: number[] = []
  let space = tokens - 40
  for (const cell of makers) {
    const code = codes.get(cell)
    if (code === undefined) continue
    const text = `cell ${cell}:\n\`\`\`ts\n${code}\n\`\`\``
    const size = estimateTokens(text) + 1
    if (size > space) {
      left.push(cell)
      continue
    }
    space -= size
    told.unshift(text)
  }
  const head = told.length > 0 ? ['Code of the cells that made these files:', ...told] : []
  const missing = left.length > 0 ? [`Code not repeated here: ${cellList(left)}.`] : []
  return [...head, ...missing].join('\n')
}

function cellList(cells: readonly number[]): string {
  const shown = cells.slice(0, 12).join(', ')
  return `cell${cells.length === 1 ? '' : 's'} ${shown}${cells.length > 12 ? ' and others' : ''}`
}
