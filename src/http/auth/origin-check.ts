// Host and Origin checks: requests must use a name of this machine (a foreign name is DNS rebinding) and come from no
// page or from one of our own. The cookie's SameSite is the second line of defence.
import { isIP } from 'node:net'
import type { MiddlewareHandler } from 'hono'
import { Problem } from '../problem.ts'

export interface OriginCheckOptions {
  /** Host names that are accepted besides those of the loopback. */
  readonly names: readonly string[]
  /** Accepts any IP address, for a server beyond the loopback: rebinding needs a name. */
  readonly addresses: boolean
}

/** Refuses requests under a foreign name or from a foreign page, with 403. */
export function createOriginCheck({ names, addresses }: OriginCheckOptions): MiddlewareHandler {
  const known = new Set(names.map((name) => name.toLowerCase()))
  const isOurs = (hostname: string): boolean =>
    isLoopback(hostname) || known.has(hostname) || (addresses && isIP(hostname) !== 0)

  return async (c, next) => {
    const url = new URL(c.req.url)
    const host = c.req.header('host') ?? url.host
    const hosts = [url.hostname, hostnameOf(host)].map((name) => name?.replace(/^\[|\]$/g, '').toLowerCase())
    if (!hosts.every((name) => name !== undefined && isOurs(name))) throw foreignHost()
    if (isForeign(c.req.header('origin'), host)) throw foreignOrigin()
    const site = c.req.header('sec-fetch-site')
    if (
      (site === 'cross-site' || site === 'same-site') &&
      !isNavigation(c.req.method, c.req.path, c.req.header('sec-fetch-mode'))
    )
      throw foreignOrigin()
    await next()
  }
}

/** 127.0.0.0/8, ::1 and the names that always resolve to them. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '::1' ||
    (isIP(hostname) === 4 && hostname.startsWith('127.'))
  )
}

function hostnameOf(host: string): string | undefined {
  try {
    return new URL(`http://${host}`).hostname
  } catch {
    return undefined
  }
}

/** Another origin; the scheme is not compared, because behind a proxy ours may be https. */
function isForeign(origin: string | undefined, host: string): boolean {
  if (origin === undefined) return false
  try {
    return new URL(origin).host !== new URL(`${new URL(origin).protocol}//${host}`).host
  } catch {
    return true
  }
}

/** The user follows a link to the page. */
function isNavigation(method: string, path: string, mode: string | undefined): boolean {
  return method === 'GET' && mode === 'navigate' && !path.startsWith('/api/')
}

function foreignHost(): Problem {
  const how = 'Open it under the address that "easel serve" printed; other names are allowed with EASEL_HOSTS.'
  return new Problem(403, 'foreign_host', `This server does not answer under that name. ${how}`)
}

function foreignOrigin(): Problem {
  return new Problem(403, 'foreign_origin', 'This request comes from the page of another site.')
}
