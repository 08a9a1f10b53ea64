// The planner that asks a language model over Chat Completions or Responses, at any compatible endpoint.
// The conversation is in the journal; the planner keeps only which features the endpoint refused.
import type OpenAI from 'openai'
import type { Detail } from '../../../sessions/event.ts'
import type { UnsupportedFeatureCache } from './unsupported-feature-cache.ts'
import type { Api } from './transport/failure.ts'
import { createModelList } from './fallback.ts'
import type { UnsupportedFeature } from './unsupported-features.ts'
import { createImages, DEFAULT_IMAGE_MODEL, hasImages, type ImagesSetting } from './images/images.ts'
import { createModel } from './model.ts'
import { createSecret } from './transport/secret.ts'
import type { Connection } from './transport/stream.ts'
import { readUrls } from '../messages/picture.ts'
import type { Planner } from '../planner.ts'

/** The mid-size model of the newest family in the installed package's ChatModel list. */
export const DEFAULT_MODEL = 'gpt-6.1-terra' satisfies OpenAI.ChatModel
const DEFAULT_URL = 'https://api.openai.com/v1'
/** Sent where no key is needed, because the package requires one. */
const PLACEHOLDER_KEY = 'none'

export interface OpenAiOptions {
  /** Undefined if the endpoint needs none. */
  readonly apiKey?: string | undefined
  /** Default: OpenAI's URL. */
  readonly baseUrl?: string | undefined
  /** One model, or several separated by commas: when one fails, the next is asked. Default: DEFAULT_MODEL. */
  readonly model?: string | undefined
  /** Default: chat. */
  readonly api?: Api | undefined
  /** The detail level of pictures; default: auto. */
  readonly detail?: Detail | undefined
  /** Whether to generate pictures at this endpoint; default: where it is known to have an Images API. */
  readonly images?: ImagesSetting | undefined
  /** The image model; default: DEFAULT_IMAGE_MODEL. */
  readonly imageModel?: string | undefined
  /** Milliseconds without a byte after which the request times out; default 120,000. */
  readonly timeoutMs?: number | undefined
  /** The first wait before a retry, doubled each time; default 1,000 ms. */
  readonly backOffMs?: number | undefined
  /** The longest wait accepted from Retry-After; default 60,000 ms. */
  readonly maxWaitMs?: number | undefined
  /** Where refused features are cached for other processes; default: nowhere. */
  readonly book?: UnsupportedFeatureCache | undefined
  /** A monotonic clock in ms; default: performance.now. */
  readonly now?: (() => number) | undefined
}

/** A planner that asks an endpoint. The `openai` package loads with the first `next`. */
export function createOpenAiPlanner(options: OpenAiOptions): Planner {
  const [first, ...others] = connectionsOf(options)
  const secret = createSecret(options.apiKey?.trim())
  const patience = { backOffMs: options.backOffMs ?? 1000, maxWaitMs: options.maxWaitMs ?? 60_000 }
  const modelOn = (connection: Connection) => {
    const known: UnsupportedFeature[] = needsNoEffort(connection) ? ['effort none'] : []
    return createModel(connection, secret, patience, known, options.book)
  }
  const models = createModelList([modelOn(first), ...others.map(modelOn)], options.now ?? (() => performance.now()))
  const drawing = { ...first, model: options.imageModel ?? DEFAULT_IMAGE_MODEL, timeoutMs: undefined }
  const images = hasImages(first.url, options.images) ? createImages(drawing, secret) : undefined
  const spare = others.length > 0 ? ` If it fails: ${others.map(({ model }) => model).join(', ')}.` : ''
  return {
    description: secret.clean(`The model ${first.model} at ${first.shown} answers.${spare}`),
    async *next(journal, signal, read) {
      const urls = read && (await readUrls(journal, read))
      return yield* models.ask(journal, signal, { urls, draws: images?.available === true })
    },
    get sight() {
      const { model, learnt } = models.current()
      return learnt.has('no pictures') ? undefined : { model, detail: options.detail ?? 'auto' }
    },
    get draw(): Planner['draw'] {
      return images?.available ? (request, aborted) => images.draw(request, aborted) : undefined
    },
  }
}

/** One connection for each model of the list. */
export function connectionsOf(options: OpenAiOptions): [Connection, ...Connection[]] {
  const on = (model: string): Connection => ({
    url: (options.baseUrl || DEFAULT_URL).replace(/\/+$/, ''),
    shown: showUrl(options.baseUrl || DEFAULT_URL),
    model,
    api: options.api ?? 'chat',
    apiKey: options.apiKey?.trim() || PLACEHOLDER_KEY,
    timeoutMs: options.timeoutMs ?? 120_000,
  })
  const names = (options.model ?? '').split(',').map((name) => name.trim())
  const [first = DEFAULT_MODEL, ...others] = new Set(names.filter(Boolean))
  return [on(first), ...others.map(on)]
}

/** New OpenAI models refuse tools over Chat Completions unless reasoning is off; others are detected by a refusal. */
function needsNoEffort({ url, model, api }: Connection): boolean {
  return api === 'chat' && url === DEFAULT_URL && /^gpt-(?:5\.[6-9]|[6-9])/.test(model)
}

/** The URL without user, password and query, which may contain keys: it is shown to users. */
function showUrl(url: string): string {
  try {
    const { origin, pathname } = new URL(url)
    return `${origin}${pathname}`.replace(/\/+$/, '')
  } catch {
    return JSON.stringify(url)
  }
}
