// The language of a request, and the normalized form of its text that all parsing uses.

export type Language = 'en' | 'zh'

/** The text in both languages. */
export type Bilingual = Readonly<Record<Language, string>>

/** Chinese if the request contains a Chinese character, else English. */
export function languageOf(text: string): Language {
  return /\p{Script=Han}/u.test(text) ? 'zh' : 'en'
}

/** Full-width characters become ASCII (Unicode NFKC), curly quotes straight, runs of whitespace one space. */
export function normalizeText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[‘’]/g, "'")
    .replace(/[“”「」『』《》]/g, '"')
    .replace(/[ \t\u3000]+/g, ' ')
    .trim()
}
