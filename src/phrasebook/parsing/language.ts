// The language of a request, and the one form of its text that everything else reads.

export type Language = 'en' | 'zh'

/** Both wordings of one thing. */
export type Bilingual = Readonly<Record<Language, string>>

/** Chinese when any Chinese character stands in the request, else English. */
export function languageOf(text: string): Language {
  return /\p{Script=Han}/u.test(text) ? 'zh' : 'en'
}

/** Full-width digits, letters and punctuation become ASCII (Unicode NFKC), curly quotes straight, runs of blanks one blank. */
export function normalized(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[‘’]/g, "'")
    .replace(/[“”「」『』《》]/g, '"')
    .replace(/[ \t\u3000]+/g, ' ')
    .trim()
}
