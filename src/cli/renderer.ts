// Events as text in a terminal: the plan, the code, progress, what was printed, the answer, the files.
import type { Event, EventOf } from '../../sessions/event.ts'
import { shortPath } from './door.ts'

export interface Renderer {
  show(event: Event): void
}

export interface Screen {
  out(text: string): void
  err(text: string): void
  /** Colours and a moving progress line. */
  readonly isTerminal: boolean
}

/** A renderer for one program run. With `quietCode` the snippet is not shown (easel run: the person has it). */
export function createRenderer(screen: Screen, quietCode = false): Renderer {
  const paint = (code: string, text: string): string => (screen.isTerminal ? `\u001b[${code}m${text}\u001b[0m` : text)
  const dim = (text: string): string => paint('2', text)
  const files = new Map<string, EventOf<'file'>>()
  let moving = false
  let spoken = ''

  const clear = (): void => {
    if (moving) screen.out('\r\u001b[K')
    moving = false
  }
  const line = (text: string): void => {
    clear()
    screen.out(`${text}\n`)
  }
  const quarters = new Map<string, number>()
  const progress = ({ cell, done, total, label }: EventOf<'progress'>): void => {
    const text = `  ${label} ${done}/${total}`
    if (screen.isTerminal) {
      screen.out(`\r\u001b[K${dim(text)}`)
      moving = true
      return
    }
    const key = `${cell} ${label}`
    const quarter = total > 0 ? Math.floor((done / total) * 4) : 4
    if ((quarters.get(key) ?? -1) >= quarter) return
    quarters.set(key, quarter)
    line(text)
  }
  const fileList = (): void => {
    for (const file of files.values()) line(`${paint('32', '✔')} ${fileLine(file)}`)
    files.clear()
  }
  const closeText = (): void => {
    if (spoken !== '' && !spoken.endsWith('\n')) screen.out('\n')
  }

  return {
    show(event) {
      switch (event.type) {
        case 'notice':
          return line(dim(event.text))
        case 'delta':
          if (event.of === 'text') {
            clear()
            screen.out(event.text)
            spoken += event.text
          }
          return
        case 'plan':
          if (spoken.trim() === event.text) closeText()
          else line(event.text)
          spoken = ''
          return
        case 'cell':
          closeText()
          spoken = ''
          if (quietCode) return
          line('')
          return line(event.code.trimEnd().split('\n').map((row) => `  ${dim('│')} ${row}`).join('\n'))
        case 'print':
          clear()
          return (event.stream === 'stderr' ? screen.err : screen.out)(event.text)
        case 'progress':
          return progress(event)
        case 'rejected':
          for (const { line: row, column, code, message } of event.diagnostics) line(dim(`  ${row}:${column} ${code} ${message}`))
          return
        case 'result':
          if (event.status !== 'ok' && event.status !== 'rejected') line(dim(`  ${event.status}: ${event.message ?? ''}${event.line ? ` (line ${event.line})` : ''}`))
          return
        case 'file':
          return void files.set(event.name, event)
        case 'message':
          if (spoken.trim() === event.text.trim()) closeText()
          else line(`\n${event.text}`)
          spoken = ''
          return
        case 'end':
          clear()
          return fileList()
        default:
      }
    },
  }
}

function fileLine({ name, path, bytes, width, height, frames }: EventOf<'file'>): string {
  const size = width && height ? `  ${width} × ${height}` : ''
  const many = frames && frames > 1 ? `  ${frames} frames` : ''
  return `${path ? shortPath(path) : name}${size}${many}  ${sayBytes(bytes)}`
}

/** 312 kB, 4.5 MB. */
export function sayBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} kB`
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`
}
