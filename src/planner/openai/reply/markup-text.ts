// The two sides of the text that markup is looked for in: what is held back, and what has been passed on as prose.
import type { Call } from './tool-calls.ts'
import { readJsonCalls } from './text-call.ts'

/** Text whose meaning is still open; what is surely markup is kept aside, so that no long text is searched twice. */
export function createHold(names: ReadonlySet<string>) {
  let text = ''
  let aside: string[] = []
  let bare: 'maybe' | 'surely' | 'no' = names.size > 0 ? 'maybe' : 'no'
  const take = (length: number): string => {
    const taken = text.slice(0, length)
    text = text.slice(length)
    return taken
  }
  const keep = (length: number): void => void (length > 0 && aside.push(take(length)))
  const kept = (): string => {
    const all = aside.join('')
    aside = []
    return all
  }
  return {
    text: () => text,
    add: (piece: string) => void (text += piece),
    take,
    keep,
    kept,
    /** An answer begins here. */
    begin: () => void (bare = names.size > 0 ? 'maybe' : 'no'),
    /** Whether all that came since may be a bare call to one of our tools: JSON, alone or in a code block. */
    mayBeCall(): boolean {
      if (bare === 'maybe') bare = bareCall(text, names)
      if (bare === 'surely') keep(text.length)
      return bare !== 'no'
    },
    /** The bare call, or several, that all of it is. */
    wholeCall(): Call[] | undefined {
      text = kept() + text
      return bare === 'no' ? undefined : readJsonCalls(unfenced(text), names)
    },
  }
}

export interface Shown {
  /** The text as it is shown: not with blanks before the first word. */
  pass(text: string): string
  begun(): boolean
  /** What follows stands in a code block or right after a backtick. */
  quotes(): boolean
}

/** Follows what is shown, to know where markup would be a quotation. */
export function createProse(): Shown {
  let begun = false
  let fenced = false
  let line = ''
  return {
    pass(given) {
      const text = begun ? given : given.trimStart()
      begun ||= text !== ''
      const [first = '', ...others] = text.split('\n')
      line += first
      for (const next of others) {
        if (/^\s*```/.test(line)) fenced = !fenced
        line = next
      }
      return text
    },
    begun: () => begun,
    quotes: () => fenced || /^\s*```/.test(line) || line.endsWith('`'),
  }
}

/** How much of a bare call is looked at before its tool is known. */
const HEAD = 200
const NAME = /^[[\s]*\{(?:[^{}]{0,80}\{)?[^{}]{0,80}?"name"\s*:\s*"([^"]*)"/
const KEYS = ['name', 'type', 'function', 'id', 'arguments', 'parameters', 'tool_calls']

function bareCall(said: string, names: ReadonlySet<string>): 'maybe' | 'surely' | 'no' {
  const text = said.trimStart().slice(0, HEAD)
  if (/^`{0,2}$|^```+\w{0,12}[ \t]*\r?\n?\s*$/.test(text)) return 'maybe'
  const body = text.replace(FENCE, '')
  const [, name] = NAME.exec(body) ?? []
  if (name !== undefined) return names.has(name) ? 'surely' : 'no'
  const [, key] = /^[[\s]*(?:\{\s*(?:"(\w*)|$)|$)/.exec(body) ?? [undefined, '-']
  return text.length < HEAD && KEYS.some((one) => one.startsWith(key ?? '')) ? 'maybe' : 'no'
}

const FENCE = /^```+(?:json|tool_calls?|tool_code|tool)?[ \t]*(?:\r?\n|$)/

/** Without the code block around all of it. */
function unfenced(text: string): string {
  return text
    .trim()
    .replace(FENCE, '')
    .replace(/(?<!`)```+$/, '')
}
