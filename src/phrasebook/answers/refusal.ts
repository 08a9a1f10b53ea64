// The phrasebook's refusals, in the language of the request.
import { describeFileProblem } from '../../file-problem.ts'
import type { Refusal, Source } from '../jobs/job.ts'
import type { Bilingual, Language } from '../parsing/language.ts'

const EXAMPLES: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'make this grayscale and stack it',
    'original, Sobel, Otsu and blur as a labelled 2x2 grid',
    'crop to a square, resize to 512 px, sharpen, save as webp under 200 KB',
    'a GIF that turns the picture a full circle in 30 frames while cycling colour channels',
    'which region grew fastest from 2010 to 2020?',
  ],
  zh: [
    '把这张图转成灰度，和原图上下拼接，左上角加文字说明',
    '原图、边缘检测、二值化、高斯模糊，拼成2x2网格，加标签',
    '裁成正方形，缩放到512像素，锐化，转成webp,压缩到200KB以内',
    '做一个旋转一圈的动图,30帧，颜色通道循环',
    'GDP最高的10个地区的动态变化图',
  ],
}

const CONNECT: Bilingual = {
  en: 'For anything else connect a model: set OPENAI_API_KEY, or OPENAI_BASE_URL for a compatible server.',
  zh: '其他要求请连接模型：设置 OPENAI_API_KEY，或用 OPENAI_BASE_URL 指向兼容的服务器。',
}

/** Lists the words that were not understood, what was understood, examples, and how to connect a model. */
export function notUnderstood(language: Language, words: readonly string[], understood: readonly string[]): Refusal {
  const listed = [...new Set(words)].map((word) => `"${word}"`).join(language === 'zh' ? '、' : ', ')
  const opening = {
    en:
      words.length > 0
        ? `I did not understand ${listed}, so I did nothing.`
        : 'I did not find anything to do in this request.',
    zh: words.length > 0 ? `没有看懂 ${listed}，所以什么也没做。` : '这句话里没有找到我会做的事。',
  }[language]
  const part = understood.join(language === 'zh' ? '、' : ', ')
  const known = understood.length > 0 ? { en: `I understood: ${part}.`, zh: `看懂的部分：${part}。` }[language] : ''
  return refusal('not_understood', [opening, known, help(language)].filter(Boolean).join('\n'))
}

/** A negation: the phrasebook never guesses what it means. */
export function negationRefusal(language: Language, words: readonly string[]): Refusal {
  const listed = words.map((word) => `"${word}"`).join(', ')
  return refusal(
    'not_understood',
    `${
      {
        en: `I cannot tell what ${listed} leaves out, so I did nothing. Say only what should be done.`,
        zh: `没有看懂 ${listed} 排除了什么，所以什么也没做。请只说要做的事。`,
      }[language]
    }\n${help(language)}`,
  )
}

/** More operations and arguments than one request may have. */
export function tooMuch(language: Language, parts: number, most: number): Refusal {
  return refusal(
    'not_understood',
    language === 'zh'
      ? `请求里有 ${parts} 项操作和参数，最多 ${most} 项。请分成几个请求，或连接模型(OPENAI_API_KEY / OPENAI_BASE_URL)。`
      : `The request has ${parts} operations and values; the limit is ${most}. Split it into several, or connect a model (OPENAI_API_KEY / OPENAI_BASE_URL).`,
  )
}

/** More characters than one request may have. */
export function tooLong(language: Language, length: number, most: number): Refusal {
  return refusal(
    'not_understood',
    language === 'zh'
      ? `请求有 ${length} 个字符，最多 ${most} 个。请说得短一些，或连接模型(OPENAI_API_KEY / OPENAI_BASE_URL)。`
      : `The request has ${length} characters; the limit is ${most}. Shorten it, or connect a model (OPENAI_API_KEY / OPENAI_BASE_URL).`,
  )
}

/** Operations, by name, that need a request of their own. */
export function cannotCombine(language: Language, names: readonly string[]): Refusal {
  const listed = names.join(', ')
  return refusal(
    'cannot_combine',
    language === 'zh'
      ? `"${listed}"不能和其余部分在同一个请求里完成。请先做其余部分，再提出这一项。`
      : `"${listed}" cannot be done in the same request as the rest. Ask for the rest first, then for this.`,
  )
}

/** There is no file of the kind that the request needs. */
export function missingFile(language: Language, wanted: 'picture' | 'table', files: readonly Source[]): Refusal {
  const broken = files.find(({ card }) => card.problem !== undefined)
  if (broken) return unreadableFile(language, broken)
  const there = files.map(({ name }) => name).join(', ')
  const text =
    wanted === 'picture'
      ? { en: 'This needs a picture', zh: '这需要一张图片' }[language]
      : { en: 'This needs a table (a CSV file)', zh: '这需要一个表格(CSV 文件)' }[language]
  const got = there
    ? { en: `, and there is only ${there}.`, zh: `，现在只有 ${there}。` }[language]
    : { en: ', and no file was given.', zh: '，但没有给文件。' }[language]
  const cure = { en: ' Add one and ask again.', zh: '请加上文件再试。' }[language]
  return refusal(wanted === 'picture' ? 'no_picture' : 'no_table', text + got + cure)
}

/** A file that could not be read, or was not inspected, when it was uploaded. */
export function unreadableFile(language: Language, { name, card }: Source): Refusal {
  const problem = describeFileProblem(card, language) ?? { en: 'it could not be read', zh: '无法读取' }[language]
  return refusal(
    'broken_file',
    { en: `${name} cannot be used: ${problem}`, zh: `${name} 无法使用：${problem}` }[language],
  )
}

/** Understood, but not possible with these files. */
export function refusal(code: string, message: string): Refusal {
  return { code, message }
}

/** Five example requests, and how to connect a model. */
function help(language: Language): string {
  const heading = { en: 'Sentences I understand, for example:', zh: '我能看懂的句子，例如:' }[language]
  return [heading, ...EXAMPLES[language].map((example) => `- ${example}`), CONNECT[language]].join('\n')
}
