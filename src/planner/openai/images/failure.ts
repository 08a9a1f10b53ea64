// Every way image generation fails, as a stable code and a sentence for the model, which may then draw in code instead.
import { clip } from '../../messages/text.ts'
import { readConnectionError, readRefusal, type Refusal } from '../transport/failure.ts'
import { readRetryAfter, sayTime } from '../transport/retry.ts'

export interface ImagesEndpoint {
  /** The URL as shown to users. */
  readonly shown: string
  /** The image model. */
  readonly model: string
}

export interface ImagesFailure {
  /** `images_none`: there is no Images API; `images_filter`: refused for its content; else an EndpointCode. */
  readonly code: string
  readonly message: string
  /** Milliseconds after which a retry may help. */
  readonly waitMs?: number
  /** The same request may be accepted without `response_format`. */
  readonly plainer?: boolean
}

/** Images requests use none of the features that chat models may refuse. */
const SENT = { tools: false, pictures: false, stream: false }
const FILTERED = /moderation_blocked|content_policy_violation|content_filter|safety system|content policy/i
const CANNOT =
  /(?:does not|doesn't|not) support(?:ed)?\b.{0,40}\bimages? generation|images? generation.{0,40}\bnot support/i

/** Reads an HTTP error response. */
export function readImagesRefusal(refusal: Refusal, endpoint: ImagesEndpoint): ImagesFailure {
  const { status, headers, body } = refusal
  const { shown, model } = endpoint
  const { code, message } = readRefusal(refusal, { ...endpoint, api: 'chat' }, SENT)
  const quoted = / It said: "[^]*"$/.exec(message)?.[0] ?? ''
  if (FILTERED.test(body))
    return { code: 'images_filter', message: `${shown} refused to make this picture (${status}).${quoted}` }
  if (CANNOT.test(body)) return imagesNone(shown, status, quoted)
  if (code === 'endpoint_model')
    return { code, message: `${shown} has no image model "${model}" (${status}). Set EASEL_IMAGE_MODEL.${quoted}` }
  if (status === 404 || status === 405 || status === 501) return imagesNone(shown, status, quoted)
  if (status === 400 && /response_format/.test(body)) return { code, message, plainer: true }
  if (code === 'endpoint_rate_limit') {
    const waitMs = readRetryAfter(headers, Date.now())
    return waitMs === undefined
      ? { code, message }
      : { code, message: `${message} It asks to wait ${sayTime(waitMs)}.`, waitMs }
  }
  if (code === 'endpoint_context')
    return { code: 'endpoint_error', message: `The request is larger than ${shown} takes (${status}).${quoted}` }
  return { code, message }
}

function imagesNone(shown: string, status: number, quoted: string): ImagesFailure {
  const message = `There is no Images API at ${shown} (${status}).${quoted}`
  return { code: 'images_none', message }
}

/** The connection failed: without an answer, or after the answer `began`. */
export function readImagesBreak(error: unknown, endpoint: ImagesEndpoint, began: boolean): ImagesFailure {
  if (began) return { code: 'endpoint_cut', message: `The answer of ${endpoint.shown} was cut off. No file was made.` }
  const { code, message } = readConnectionError(error, endpoint)
  return { code, message }
}

/** No answer within `timeoutMs`. */
export function imagesTimeout({ shown }: ImagesEndpoint, timeoutMs: number): ImagesFailure {
  const message = `${shown} did not make the picture within ${sayTime(timeoutMs)}. Ask for a smaller one or a lower quality.`
  return { code: 'endpoint_timeout', message }
}

/** The answer holds no usable picture. */
export function notAPicture({ shown }: ImagesEndpoint, what: string): ImagesFailure {
  return { code: 'images_answer', message: `${shown} sent no picture that can be used: ${clip(what, 200)}.` }
}
