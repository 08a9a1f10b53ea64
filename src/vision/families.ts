// How model families count the tokens of a picture: one table, each row with its documentation. Prices are elsewhere.

/** Pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/**
 * Sizes are in pixels.
 * `tiles`: `base` tokens plus `tile` for each square of 512, after shrinking to 2048 and then the short side to 768; only
 * `base` at detail low.
 * `patches`: `factor` tokens for each square of `side`, at most `most` of them, after shrinking to `longest`.
 * `crops`: `tile` tokens; above 384 a side, `tile` for each crop of two thirds of the short side (256 to 768).
 * `fixed`: the same for every picture.
 */
export type Rule =
  | { readonly kind: 'tiles'; readonly base: number; readonly tile: number }
  | {
      readonly kind: 'patches'
      readonly side: number
      readonly most: number
      readonly longest: number
      readonly factor: number
      /** Shrink by OpenAI's method; otherwise to the largest size of the same aspect ratio that fits. */
      readonly stepwise?: boolean
    }
  | { readonly kind: 'crops'; readonly tile: number }
  | { readonly kind: 'fixed'; readonly low: number; readonly high: number }

export interface Family {
  readonly name: string
  /** Matches a model's name in lower case, without its maker's prefix. */
  readonly models: RegExp
  readonly rule: Rule
  readonly source: string
}

const OPENAI = 'https://developers.openai.com/api/docs/guides/images-vision#calculating-costs'
const CLAUDE = 'https://platform.claude.com/docs/en/build-with-claude/vision#evaluate-image-size'
const GEMINI = 'https://ai.google.dev/gemini-api/docs/image-understanding#token_calculation'
const GEMINI_3 = 'https://ai.google.dev/gemini-api/docs/media-resolution#token-counts'
const QWEN = 'https://huggingface.co/Qwen/Qwen2-VL-7B-Instruct#image-resolution-for-performance-boost'
const QWEN_3 = 'https://huggingface.co/Qwen/Qwen3-VL-8B-Instruct'

const tiles = (base: number, tile: number): Rule => ({ kind: 'tiles', base, tile })
const openaiPatches = (most: number, factor: number): Rule => ({
  kind: 'patches',
  side: 32,
  most,
  longest: 2048,
  factor,
  stepwise: true,
})
const patches = (side: number, most: number, longest: number): Rule => ({
  kind: 'patches',
  side,
  most,
  longest,
  factor: 1,
})

/** The first matching row applies. Factors are the documented ones; observed usage of gpt-5-mini and nano was lower. */
const FAMILIES: readonly Family[] = [
  { name: 'GPT-4o mini', models: /^gpt-4o-mini/, rule: tiles(2833, 5667), source: OPENAI },
  { name: 'GPT-4.1 mini', models: /^gpt-4\.1-mini/, rule: openaiPatches(1536, 1.62), source: OPENAI },
  { name: 'GPT-4.1 nano', models: /^gpt-4\.1-nano/, rule: openaiPatches(1536, 2.46), source: OPENAI },
  {
    name: 'GPT-4o',
    models: /^(chatgpt-4o|gpt-4o|gpt-4\.1|gpt-4\.5|gpt-4-turbo|gpt-4-vision)/,
    rule: tiles(85, 170),
    source: OPENAI,
  },
  { name: 'GPT-5 mini', models: /^gpt-5-mini/, rule: openaiPatches(1536, 1.62), source: OPENAI },
  { name: 'GPT-5 nano', models: /^gpt-5-nano/, rule: openaiPatches(1536, 2.46), source: OPENAI },
  // The documentation gives 1.2 for its newest models only.
  { name: 'GPT-5.2', models: /^(gpt-5\.[23]|gpt-5(\.1)?-codex-mini)/, rule: openaiPatches(1536, 1.2), source: OPENAI },
  { name: 'GPT-5', models: /^gpt-5(\.1)?(-|$)/, rule: tiles(70, 140), source: OPENAI },
  { name: 'GPT-5.4', models: /^gpt-(5\.|[6-9])/, rule: openaiPatches(2500, 1.2), source: OPENAI },
  { name: 'o4-mini', models: /^(o4-mini|codex-mini)/, rule: openaiPatches(1536, 1.72), source: OPENAI },
  { name: 'o-series', models: /^o[13](-|$)/, rule: tiles(75, 150), source: OPENAI },
  { name: 'computer use', models: /^computer-use/, rule: tiles(65, 129), source: OPENAI },
  {
    name: 'Claude to 4.6',
    models: /claude-(instant|[123]([-.]|$)|(opus|sonnet|haiku)-(3|4(?![-.][7-9](\D|$))))/,
    rule: patches(28, 1568, 1568),
    source: CLAUDE,
  },
  { name: 'Claude', models: /claude/, rule: patches(28, 4784, 2576), source: CLAUDE },
  { name: 'Gemini', models: /gemini-[12]/, rule: { kind: 'crops', tile: 258 }, source: GEMINI },
  { name: 'Gemini 3', models: /gemini/, rule: { kind: 'fixed', low: 280, high: 1120 }, source: GEMINI_3 },
  // The documentation advises 1280 and endpoints set it; the model itself would accept 16,384.
  { name: 'Qwen2-VL', models: /qwen(2|-?vl)|qvq/, rule: patches(28, 1280, 3584), source: QWEN },
  { name: 'Qwen3-VL', models: /qwen/, rule: patches(32, 1280, 4096), source: QWEN_3 },
]

const UNKNOWN: Family = { name: 'unknown, as GPT-4o', models: /(?:)/, rule: tiles(85, 170), source: OPENAI }

/** The family of a model by its name as endpoints write it: `gpt-4o-2024-08-06`, `anthropic/claude-sonnet-4.6`. */
export function familyOf(model: string): Family {
  const name = model.toLowerCase().split('/').at(-1)!.replace(/^ft:/, '')
  return FAMILIES.find(({ models }) => models.test(name)) ?? UNKNOWN
}
