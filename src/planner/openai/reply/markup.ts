// Filters markup out of an answer's text: reasoning in <think> tags, and tool calls that a server left in the text.
// A piece that may still become markup is held back; markup in a code block or in quotes is prose.
import type { Call } from './tool-calls.ts'
import { createPendingText, createShownText } from './markup-text.ts'
import { readJsonCalls, readMistralCalls, readTaggedCalls } from './text-call.ts'

export interface MarkupReader {
  /** Takes a piece of text; returns what can be shown. */
  push(piece: string): Prose
  /** The remaining text, and the calls found. */
  end(): Prose & { readonly calls: readonly Call[] }
}

/** `anew`: everything shown before was reasoning, because a closing tag came without an opening one. */
interface Prose {
  readonly text: string
  readonly anew: boolean
}

type Names = ReadonlySet<string>

interface Form {
  readonly opens: string
  /** Undefined: extends to the end of the answer. */
  readonly closes?: string
  /** Undefined: the text is dropped. */
  readonly read?: (body: string, names: Names) => Call[] | undefined
}

/** Chat templates of reasoning models add the opening tag themselves, so some servers send only the closing one. */
const ORPHAN = '</think>\n'

const FORMS: readonly Form[] = [
  { opens: '<think>', closes: '</think>' },
  { opens: '<thinking>', closes: '</thinking>' },
  { opens: '[THINK]', closes: '[/THINK]' },
  { opens: '<tool_call>', closes: '</tool_call>', read: (body, names) => readToolCall(body, names) },
  { opens: '<function=', closes: '</function>', read: (body, names) => readTaggedCalls(`<function=${body}`, names) },
  { opens: '<|python_tag|>', read: (body, names) => readJsonCalls(body.replace(/<\|e(?:om|ot)_id\|>\s*$/, ''), names) },
  { opens: '<|python_start|>', closes: '<|python_end|>', read: readJsonCalls },
  { opens: '[TOOL_CALLS]', read: readMistralCalls },
  // Qwen3-Coder sometimes omits the opening tag.
  { opens: '</tool_call>', closes: '' },
  { opens: ORPHAN, closes: '' },
]

/** `names`: the tools on offer; empty when code comes in blocks, so that only reasoning is filtered. */
export function createMarkupReader(names: Names): MarkupReader {
  const forms = names.size > 0 ? FORMS : FORMS.filter(({ read }) => !read)
  let prose = createShownText()
  const calls: Call[] = []
  const held = createPendingText(names)
  let open: Form | undefined
  let ended = false

  const close = (form: Form, tag: string): string => {
    const body = held.kept()
    if (!prose.begun()) held.begin()
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
    if (!prose.begun() && !ended && held.mayBeCall()) return undefined
    const { at, form, ready } = nextForm(held.text(), forms)
    const before = prose.pass(held.take(form ? at : ended ? held.text().length : ready))
    if (!form) return before === '' ? undefined : before
    const tag = held.take(form.opens.length)
    if (prose.quotes()) return before + prose.pass(tag)
    open = form
    return before
  }
  const all = (): Prose => {
    let text = ''
    let anew = false
    for (;;) {
      const more = open ? inside(open) : outside()
      if (more === undefined) return { text, anew }
      text += more
      if (open?.opens !== ORPHAN) continue
      prose = createShownText()
      held.begin()
      text = ''
      anew = true
    }
  }
  return {
    push(piece) {
      held.add(piece)
      return all()
    },
    end() {
      ended = true
      const found = open || prose.begun() ? undefined : held.wholeCall()
      return found ? { text: '', anew: false, calls: [...calls, ...found] } : { ...all(), calls }
    },
  }
}

function readToolCall(body: string, names: Names): Call[] | undefined {
  return body.includes('<function=') ? readTaggedCalls(body, names) : readJsonCalls(body, names)
}

/** The first markup in the text; `ready`: length of the prefix that cannot be markup. */
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
