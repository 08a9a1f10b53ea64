// Shared while a request is turned into jobs: its language, notes of assumptions, and unused names for results.
import { removeUnsafeCharacters } from '../../../sandbox/untrusted-text.ts'
import type { Refusal, Source } from './job.ts'
import type { Language } from '../parsing/language.ts'
import type { ConversationState } from '../conversation/conversation-state.ts'

export interface Context {
  readonly language: Language
  readonly situation: ConversationState
  readonly notes: readonly string[]
  /** Notes an assumption for the answer. */
  say(en: string, zh: string): void
  /** The text in the request's language. */
  readonly word: (en: string, zh: string) => string
  /** A file name like `portrait-gray-blur.png` that no file of the session has. */
  output(source: Source, slugs: readonly string[], extension: string): string
}

/** Thrown when a request does not fit the files; `understand` catches it. */
export class RefusedError extends Error {
  override readonly name = 'Refused'
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.message)
    this.refusal = refusal
  }
}

/** A context without notes. */
export function contextOf(language: Language, situation: ConversationState): Context {
  const notes: string[] = []
  const taken = new Set([...situation.files.keys()].map((name) => name.toLowerCase()))
  const word = (en: string, zh: string) => (language === 'zh' ? zh : en)
  return {
    language,
    situation,
    notes,
    word,
    say(en, zh) {
      const note = word(en, zh)
      if (!notes.includes(note)) notes.push(note)
    },
    output(source, slugs, extension) {
      const base = [stemOf(source.name), ...(slugs.length > 4 ? ['edited'] : slugs)].join('-')
      let free = `${base}.${extension}`
      for (let n = 2; n < 1000 && taken.has(free.toLowerCase()); n++) free = `${base}-${n}.${extension}`
      taken.add(free.toLowerCase())
      return free
    },
  }
}

/** The name without folders and extension, safe in file names on any system. */
function stemOf(name: string): string {
  const stem = removeUnsafeCharacters(name.slice(name.lastIndexOf('/') + 1)).replace(/\.[^.]*$/, '')
  const safe = Array.from(stem.replace(/[\p{C}\s\\/:*?"'`<>|$]+/gu, '-').replace(/^[-.]+|(?<![-.])[-.]+$/g, ''))
  return safe.slice(0, 60).join('') || 'result'
}
