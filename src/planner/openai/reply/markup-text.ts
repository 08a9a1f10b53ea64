// Two buffers for the markup reader: input that is not yet classified, and prose that has been passed on.
import type { Call } from './tool-calls.ts'
import { readJsonCalls } from './text-call.ts'

/** Unclassified input. What is surely markup moves to a second buffer, so that no long text is searched twice. */
export function createPendingText(names: ReadonlySet<string>) {
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
    /** Resets at the start of an answer. */
    begin: () => void (bare = names.size > 0 ? 'maybe' : 'no'),
    /** Whether all input since then may be a bare call to one of our tools: JSON, alone or in a code block. */
    mayBeCall(): boolean {
      if (bare === 'maybe') bare = classifyBareCall(text, names)
      if (bare === 'surely') keep(text.length)
      return bare !== 'no'
    },
    /** The bare call or calls, if the whole input consists of them. */
    wholeCall(): Call[] | undefined {
      text = kept() + text
      return bare === 'no' ? undefined : readJsonCalls(unfenced(text), names)
    },
  }
}

export interface ShownText {
  /** Adds prose and returns it as shown, without whitespace before the first word. */
  pass(text: string): string
  begun(): boolean
  /** Whether the next text is in a code block or right after a backtick. */
  quotes(): boolean
}

/** Tracks the shown prose, to know where markup would be a quotation. */
export function createShownText(): ShownText {
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

/** Characters of a bare call that are examined for the tool's name. */
const HEAD = 200
const NAME = /^[[\s]*\{(?:[^{}]{0,80}\{)?[^{}]{0,80}?"name"\s*:\s*"([^"]*)"/
const KEYS = ['name', 'type', 'function', 'id', 'arguments', 'parameters', 'tool_calls']

function classifyBareCall(said: string, names: ReadonlySet<string>): 'maybe' | 'surely' | 'no' {
  const text = said.trimStart().slice(0, HEAD)
  if (/^`{0,2}$|^```+\w{0,12}[ \t]*\r?\n?\s*$/.test(text)) return 'maybe'
  const body = text.replace(FENCE, '')
  const [, name] = NAME.exec(body) ?? []
  if (name !== undefined) return names.has(name) ? 'surely' : 'no'
  const [, key] = /^[[\s]*(?:\{\s*(?:"(\w*)|$)|$)/.exec(body) ?? [undefined, '-']
  return text.length < HEAD && KEYS.some((one) => one.startsWith(key ?? '')) ? 'maybe' : 'no'
}

const FENCE = /^```+(?:json|tool_calls?|tool_code|tool)?[ \t]*(?:\r?\n|$)/

/** Removes a code block that encloses the whole text. */
function unfenced(text: string): string {
  return text
    .trim()
    .replace(FENCE, '')
    .replace(/(?<!`)```+$/, '')
}
