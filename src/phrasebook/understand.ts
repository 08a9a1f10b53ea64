// Turns a sentence and the state of the conversation into a request, or a refusal with its reason.
import { adjustRequest, nothingToAdjust } from './conversation/adjustment.ts'
import { amendRequest } from './conversation/amendment.ts'
import { VAGUE, type LooseArgument } from './parsing/argument-binding.ts'
import { findUncovered } from './jobs/coverage.ts'
import { contextOf, RefusedError, type Context } from './jobs/context.ts'
import { languageOf, normalizeText } from './parsing/language.ts'
import type { Job, Refusal, Request, Source } from './jobs/job.ts'
import type { Args, Mention } from './parsing/intent.ts'
import { shrinkLast, shrinkJob, slideshowJob, spinJob } from './jobs/motion-jobs.ts'
import { editJob, panelsJob, stepsOf } from './jobs/picture-jobs.ts'
import { MAX_PARTS, readingOf, type Reading } from './parsing/reading.ts'
import { cannotCombine, negationRefusal, notUnderstood, refusal, tooLong, tooMuch } from './answers/refusal.ts'
import { isMoving, notMoving, sayStill } from './jobs/animation-speed.ts'
import type { ConversationState } from './conversation/conversation-state.ts'
import { impliedOperation, addArgument } from './parsing/slots.ts'
import { isAboutTable, picturesFor, sourcesOf, tableFor } from './conversation/sources.ts'
import { jobsOfTable } from './jobs/jobs-of-table.ts'
import { vocabularyOf } from './names/vocabulary.ts'
import { nameOf, wordingOf } from './answers/operation-names.ts'

/** Characters of a request; reading takes linear time. */
const MAX_LENGTH = 2000

/** Reads a request in its context. Either all of it is understood, or nothing is done. */
export function understand(text: string, situation: ConversationState): Request | Refusal {
  // Normalization may expand one character to eighteen.
  const length = text.length > MAX_LENGTH ? text.length : normalizeText(text).length
  if (length > MAX_LENGTH) return tooLong(languageOf(text.slice(0, MAX_LENGTH)), length, MAX_LENGTH)
  const heard = readingOf(text, vocabularyOf(situation.files))
  const understood = heard.mentions.map(({ kind }) => nameOf(kind, heard.language))
  if (heard.unknown.length > 0) return notUnderstood(heard.language, heard.unknown, understood)
  if (heard.negated.length > 0) return negationRefusal(heard.language, heard.negated)
  if (heard.parts > MAX_PARTS) return tooMuch(heard.language, heard.parts, MAX_PARTS)
  const context = contextOf(heard.language, situation)
  for (const [word, name] of heard.corrected)
    context.say(`"${word}" was read as ${name}.`, `"${word}"按"${name}"理解。`)
  try {
    const change = changeOf(heard, context)
    const reading = change ? { ...heard, mentions: change.mentions, loose: [] } : settleLooseArguments(heard)
    if (reading.loose.length > 0)
      return notUnderstood(
        heard.language,
        reading.loose.map((item) => item.text),
        understood,
      )
    if (reading.mentions.length === 0) return notUnderstood(heard.language, [], [])
    if (reading.mentions.some(({ kind }) => kind === 'adjust')) throw nothingToAdjust(reading.mentions, context)
    return change ? repeatRequest(reading, change.of, context) : createRequest(reading, context)
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal
    throw error
  }
}

/** The request that this one changes, the last or an undone one, and its changed operations. */
function changeOf(heard: Reading, context: Context): { of: Request; mentions: readonly Mention[] } | undefined {
  const { last: made, answered, undone } = context.situation
  const last = answered ?? made
  const mentions = shrinkAnimation(heard, context) ?? adjustRequest(heard, last, context) ?? amendRequest(heard, last)
  if (mentions) return { of: last!, mentions }
  const other = (last ? undefined : adjustRequest(heard, undone, context)) ?? amendRequest(heard, undone)
  return other && { of: undone!, mentions: other }
}

/** Arguments that no operation took become operations: `600px wide`, `to png`; these may take further arguments. */
function settleLooseArguments(reading: Reading): Reading {
  const mentions = [...reading.mentions]
  let { loose } = reading
  for (let before = loose.length + 1; loose.length < before;) {
    before = loose.length
    loose = loose.filter((item) => !settleArgument(mentions, item))
  }
  return { ...reading, mentions: mentions.toSorted((a, b) => a.at - b.at), loose }
}

/** Adds the argument to an existing operation, or makes an operation of it. */
function settleArgument(mentions: Mention[], item: LooseArgument): boolean {
  const place = mentions.findIndex((mention) => addArgument(mention, item.args))
  if (place >= 0) {
    mentions[place] = addArgument(mentions[place]!, item.args)!
    return true
  }
  const sides = item.args.position !== undefined && mentions.some(({ kind }) => kind === 'original')
  const kind =
    mentions.length > 0 && VAGUE.test(item.text)
      ? undefined
      : (impliedOperation(item.args) ?? (sides ? 'stack' : undefined))
  const own = kind && addArgument({ kind, args: {}, link: item.link, at: item.at, implied: true }, item.args)
  if (own) mentions.push(own)
  return own !== undefined
}

/** Repeats the last request, changed, on its files. */
function repeatRequest(reading: Reading, last: Request, context: Context): Request {
  const inputs = last.inputs.filter((name) => context.situation.files.has(name))
  return createRequest({ ...reading, files: inputs }, context)
}

function createRequest(reading: Reading, context: Context): Request {
  const { mentions } = reading
  const has = (...kinds: readonly Mention['kind'][]) => mentions.some(({ kind }) => kinds.includes(kind))
  const tabular =
    has('summary', 'chart', 'race', 'table') ||
    mentions.some(({ args }) => args.overTime || args.top !== undefined) ||
    (has('histogram') && isAboutTable(reading, context.situation))
  const sources = tabular ? [tableFor(reading, context)] : picturesOrTable(reading, context)
  const isTable = sources[0]!.card.kind === 'table'
  const jobs = isTable ? jobsOfTable(mentions, sources[0]!, context) : pictureJobs(reading, sources, context)
  if (has('gif') && !jobs.some(isMoving)) sayStill(sources, context)
  const stray = findUncovered(mentions, jobs)
  if (stray.length > 0) throw strayRefusal(stray, jobs, context)
  const inputs = sources.map(({ name }) => name)
  return { language: context.language, mentions, inputs, jobs, notes: context.notes }
}

/** The refusal of operations that no job covers; for a speed without motion, a more specific one. */
function strayRefusal(stray: readonly Mention[], jobs: readonly Job[], context: Context): RefusedError {
  if (!jobs.some(isMoving) && stray.every(({ kind, args }) => kind === 'gif' && args.delay !== undefined))
    return notMoving(context)
  const names = stray.map(({ kind }) => nameOf(kind, context.language))
  return new RefusedError(cannotCombine(context.language, names))
}

/** Facts may be about a table too, if there is no picture. */
function picturesOrTable(reading: Reading, context: Context): Source[] {
  const named = sourcesOf(reading.files, context.situation)
  const all = named.length > 0 ? named : sourcesOf([...context.situation.files.keys()], context.situation)
  const facts = reading.mentions.every(({ kind }) => kind === 'info')
  if (facts && all.some(({ card }) => card.kind === 'table') && !all.some(({ card }) => card.kind === 'picture'))
    return [tableFor(reading, context)]
  return picturesFor(reading, context)
}

function pictureJobs(reading: Reading, sources: readonly Source[], context: Context): Job[] {
  const { mentions } = reading
  const has = (...kinds: readonly Mention['kind'][]) => mentions.some(({ kind }) => kinds.includes(kind))
  const first = sources[0]!
  const steps = stepsOf(mentions, context)
  const facts: Job[] = has('info') ? [{ kind: 'info', sources }] : []
  if (has('histogram')) {
    const size = mentions.find(({ kind }) => kind === 'histogram')!.args
    const slugs = [...steps.map((step) => wordingOf(step).slug), 'histogram']
    for (const source of sources) {
      const { width, height } = size.size ?? size
      facts.push({ kind: 'histogram', source, steps, width, height, output: context.output(source, slugs, 'png') })
    }
  }
  if (facts.length > 0 && mentions.every(({ kind }) => ['info', 'histogram', 'original'].includes(kind))) return facts
  if (has('stack', 'grid')) return [panelsJob(reading, sources, context), ...facts]
  if (has('spin')) return [spinJob(reading, first, context), ...facts]
  if (has('slideshow') || (has('gif') && sources.length > 1)) return [slideshow(reading, sources, context), ...facts]
  const moving = sources.length === 1 && first.card.format === 'gif' && (first.card.frames ?? 1) > 1
  const shrinks =
    mentions.every(({ kind }) => ['compress', 'resize', 'gif', 'original'].includes(kind)) && has('compress', 'resize')
  if (moving && shrinks && !mentions.some(({ args }) => args.size ?? args.width ?? args.height)) {
    return [shrinkJob(reading, first, context), ...facts]
  }
  if (mentions.every(({ kind }) => kind === 'original')) throw new RefusedError(notUnderstood(context.language, [], []))
  return [editJob(withTarget(reading, sources, context), sources, context), ...facts]
}

/** "Compress it", right after an animation. */
function shrinkAnimation(reading: Reading, context: Context): Mention[] | undefined {
  const { last } = context.situation
  const plain = reading.mentions.every(
    ({ kind, args }) => kind === 'gif' || ((kind === 'compress' || kind === 'resize') && isPlain(args)),
  )
  const asked =
    plain &&
    reading.mentions.some(({ kind }) => kind !== 'gif') &&
    reading.loose.length === 0 &&
    reading.files.length === 0
  return asked && last && context.situation.asked.length === 0 ? shrinkLast(last, context) : undefined
}

/** Whether no amount is given, or just half. */
function isPlain({ toward, scale, every, ...rest }: Args): boolean {
  return toward !== 'larger' && (scale ?? 0.5) === 0.5 && (every ?? 2) === 2 && Object.keys(rest).length === 0
}

function slideshow(reading: Reading, sources: readonly Source[], context: Context): Job {
  if (sources.length > 1) return slideshowJob(reading, sources, context)
  throw new RefusedError(
    refusal(
      'too_few_pictures',
      context.word('A slideshow needs several pictures, but there is only one.', '幻灯片需要多张图片，现在只有一张。'),
    ),
  )
}

/** "Compress it" for a still picture without a number: half of its bytes. */
function withTarget(reading: Reading, sources: readonly Source[], context: Context): Reading {
  const compress = reading.mentions.find(({ kind }) => kind === 'compress')
  if (!compress || (compress.args.bytes ?? compress.args.quality) !== undefined) return reading
  const share = compress.args.scale ?? (compress.args.percent ? compress.args.percent / 100 : 0.5)
  const bytes = Math.max(1000, Math.round(Math.max(...sources.map(({ card }) => card.bytes)) * share))
  if (share === 0.5)
    context.say(
      `No size was given, so the limit was half of the file: ${bytes} bytes.`,
      `没有指定大小，因此压缩到原文件的一半以内：${bytes} 字节。`,
    )
  return {
    ...reading,
    mentions: reading.mentions.map((mention) =>
      mention === compress ? { ...mention, args: { ...mention.args, bytes } } : mention,
    ),
  }
}
