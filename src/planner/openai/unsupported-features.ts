// Detects from the text of an endpoint's refusal which feature it does not support; the request is repeated without it.

/** What a request leaves out after the endpoint refused it; `one picture`: all but the newest. */
export const UNSUPPORTED_FEATURES = [
  'no usage',
  'no tools',
  'no effort',
  'effort none',
  'no stream',
  'no pictures',
  'one picture',
] as const
export type UnsupportedFeature = (typeof UNSUPPORTED_FEATURES)[number]

/** What the refused request carried: a refusal says nothing about features that were not sent. */
export interface SentFeatures {
  readonly tools: boolean
  readonly pictures: boolean
  readonly stream: boolean
}

/** Undefined: the refusal has another cause, such as a broken picture or the format of one call. */
export function readUnsupportedFeature(text: string, sent: SentFeatures): UnsupportedFeature | undefined {
  if (/stream_options|include_usage/.test(text)) return 'no usage'
  // Newer reasoning models take function tools over Chat Completions only with `reasoning_effort: 'none'`, and say so.
  if (/reasoning[_.]effort/.test(text)) return /tools/i.test(text) ? 'effort none' : 'no effort'
  if (sent.pictures && /at most [1-9]\d* image/i.test(text)) return 'one picture'
  if (sent.pictures && NO_PICTURES.some((pattern) => pattern.test(text)) && !BAD_PICTURE.test(text))
    return 'no pictures'
  if (sent.stream && NO_STREAM.test(text)) return 'no stream'
  if (sent.tools && /\btools?\b|tool[_-]|function[_ ]call/i.test(text) && REFUSED.test(text)) return 'no tools'
  return undefined
}

/** All seen in practice: OpenAI, Ollama, llama.cpp, vLLM, OpenRouter, DeepSeek, Groq, and text-only schema checks. */
const NO_PICTURES = [
  /\b(?:images?|image_url|image input|vision|multi-?modal)\b.{0,60}(?:n[o']t|un)[ -]?(?:be )?(?:support|allow|accept|permit|enabl|avail)/is,
  /(?:n[o']t|un)[ -]?(?:support|accept|allow|have|handle|process).{0,40}\b(?:images?|image_url|image input|vision|visual|multi-?modal)/is,
  /not a (?:multi-?modal|vision)|not compiled for multi-?modal|no endpoints.{0,40}image|mmproj/i,
  /missing data required for image input|(?:image_url|input_image).{0,40}only supported by/is,
  /unknown (?:variant|content part|content type|part type).{0,30}image|image_url.{0,60}expected [`'"]?text/is,
  /at most 0 image/i,
  /content.{0,40}(?:must be|should be|expected|valid) a?n? ?(?:valid )?str(?:ing)?\b/is,
]

/** The fault of one picture: another one would be accepted. */
const BAD_PICTURE =
  /image_parse|invalid_image|invalid base64|valid image|image format|media type|mime|decode|too (?:large|small|big)|pixels|download|corrupt|uploaded an/i

const NO_STREAM =
  /\bstream(?:ing|ed)?\b.{0,40}(?:n[o']t|un)[ -]?(?:yet )?(?:be )?(?:support|allow|permit|avail|enabl|implement)|(?:n[o']t|un)[ -]?(?:support|allow|implement)\w{0,20}.{0,30}\bstream|verified to stream|tools with stream/is

/** A complaint about one call's format ("error parsing tool call") must not mark the model as without tools. */
const REFUSED =
  /n[o']t (?:support|permitted|allowed|available|enabled|advertise)|unsupported|forbidden|requires\b|unrecognized|unknown (?:field|param)|no endpoints/i
