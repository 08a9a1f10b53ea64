// Keeps out of the shown text what is no part of an answer: reasoning in <think> tags, and tool calls that a server
// left in the text. A piece that may still become markup is held back; markup in a code block or in quotes is prose.
import type { Call } from './openai-calls.ts'
import { readJsonCalls, readMistralCalls, readTaggedCalls } from './openai-text-call.ts'

export interface MarkupReader {
  /** What of the text can be shown. */
  push(piece: string): string
  /** The last of it, and the calls that were found. */
  end(): { text: string; calls: Call[] }
}

type Names = ReadonlySet<string>

interface Form {
  readonly opens: string
  /** Undefined: to the end of the answer. */
  readonly closes?: string
  /** Undefined: the text is left out. */
  readonly read?: (body: string, names: Names) => Call[] | undefined
}

const FORMS: readonly Form[] = [
  { opens: '<think>', closes: '</think>' },
  { opens: '<thinking>', closes: '</thinking>' },
  { opens: '[THINK]', closes: '[/THINK]' },
  { opens: '<tool_call>', closes: '</tool_call>', read: (body, names) => readToolCall(body, names) },
  { opens: '<function=', closes: '</function>', read: (body, names) => readTaggedCalls(`<function=${body}`, names) },
  { opens: '<|python_tag|>', read: (body, names) => readJsonCalls(body.replace(/<\|e(?:om|ot)_id\|>\s*$/, ''), names) },
  { opens: '<|python_start|>', closes: '<|python_end|>', read: readJsonCalls },
  { opens: '[TOOL_CALLS]', read: readMistralCalls },
  // Qwen3-Coder sometimes forgets the tag that this one closes.
  { opens: '</tool_call>', closes: '' },
]

/** `names`: the tools on offer; none where code comes in blocks, so that only reasoning is left out. */
export function createMarkupReader(names: Names): MarkupReader {
  const forms = names.size > 0 ? FORMS : FORMS.filter(({ read }) => !read)
  const fresh = names.size > 0 ? 'maybe' : 'no'
  const prose = createProse()
  const calls: Call[] = []
  const held = createHold()
  let open: Form | undefined
  let ended = false
  let bare: 'maybe' | 'surely' | 'no' = fresh

  const close = (form: Form, tag: string): string => {
    const body = held.kept()
    if (!prose.begun()) bare = fresh
    const found = form.read?.(body, names)
    if (found) calls.push(...found)
    return found || !form.read ? '' : prose.pass(`${form.opens}${body}${tag}`)
  }
  const inside = (form: Form): string | undefined => {
    const tag = form.closes
    const end = tag === undefined ? -1 : held.text().indexOf(tag)
    held.keep(end >= 0 ? end : held.text().length - (ended ? 0 : (tag ?? ' ').length - 1))
    if (end < 0 && !ended) return undefined
    open = undefined
    return close(form, held.take(end < 0 ? 0 : (tag ?? '').length))
  }
  const outside = (): string | undefined => {
    if (!prose.begun() && bare !== 'no' && !ended) {
      if (bare === 'maybe') bare = bareCall(held.text(), names)
      if (bare === 'surely') held.keep(held.text().length)
      if (bare !== 'no') return undefined
    }
    const { at, form, ready } = nextForm(held.text(), forms)
    const before = prose.pass(held.take(form ? at : ended ? held.text().length : ready))
    if (!form) return before === '' ? undefined : before
    const tag = held.take(form.opens.length)
    if (prose.quotes()) return before + prose.pass(tag)
    open = form
    return before
  }
  const all = (): string => {
    let shown = ''
    for (;;) {
      const more = open ? inside(open) : outside()
      if (more === undefined) return shown
      shown += more
    }
  }
  return {
    push(piece) {
      held.add(piece)
      return all()
    },
    end() {
      ended = true
      if (open || bare === 'no' || prose.begun()) return { text: all(), calls }
      held.add(held.kept() + held.take(held.text().length))
      const found = readJsonCalls(unfenced(held.text()), names)
      return found ? { text: '', calls: [...calls, ...found] } : { text: all(), calls }
    },
  }
}

/** Text whose meaning is still open; what is surely markup is kept aside, so that no long text is searched twice. */
function createHold() {
  let text = ''
  let aside: string[] = []
  const take = (length: number): string => {
    const taken = text.slice(0, length)
    text = text.slice(length)
    return taken
  }
  return {
    text: () => text,
    take,
    add: (piece: string) => void (text += piece),
    keep: (length: number) => void (length > 0 && aside.push(take(length))),
    kept(): string {
      const all = aside.join('')
      aside = []
      return all
    },
  }
}

function readToolCall(body: string, names: Names): Call[] | undefined {
  return body.includes('<function=') ? readTaggedCalls(body, names) : readJsonCalls(body, names)
}

/** The first markup in the text; `ready`: how much of it can be none. */
function nextForm(text: string, forms: readonly Form[]): { at: number; form: Form | undefined; ready: number } {
  let at = Number.POSITIVE_INFINITY
  let form: Form | undefined
  let ready = text.length
  for (const one of forms) {
    const found = text.indexOf(one.opens)
    if (found >= 0 && found < at) [at, form] = [found, one]
    for (let n = Math.min(one.opens.length - 1, text.length); n > 0; n--) {
      if (text.endsWith(one.opens.slice(0, n))) ready = Math.min(ready, text.length - n)
    }
  }
  return { at, form, ready }
}

interface Prose {
  /** The text as it is shown: not with blanks before the first word. */
  pass(text: string): string
  begun(): boolean
  /** What follows stands in a code block or right after a backtick. */
  quotes(): boolean
}

function createProse(): Prose {
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

/** Whether all that came so far is the beginning of a bare call to one of our tools: JSON, alone or in a code block. */
function bareCall(said: string, names: Names): 'maybe' | 'surely' | 'no' {
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
  return text.trim().replace(FENCE, '').replace(/```+$/, '')
}
