// Security headers of every response: they restrict a browser to what the response is for.
import type { MiddlewareHandler } from 'hono'

const ALWAYS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
}

/** For the page: scripts, styles, fonts and requests of its own origin only. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "font-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

/** For a user's file opened as a document: no scripts, no origin, no requests; the style inside an SVG works. */
export const FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"

const PLAIN_POLICY = "default-src 'none'; frame-ancestors 'none'"

/** Adds the headers, unless the route sets its own policy or caching. */
export const secureHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  const { headers, body } = c.res
  // The body will not be read; a stream must not wait for a reader.
  if (c.req.method === 'HEAD') await body?.cancel()
  for (const [name, value] of Object.entries(ALWAYS)) headers.set(name, value)
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', PLAIN_POLICY)
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
}
