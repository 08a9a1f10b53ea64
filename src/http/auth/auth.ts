// Authentication: a cookie or a bearer token identifies the owner of sessions; the store knows only a hash of it.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { Problem } from '../problem.ts'

export interface Authentication {
  /** The owner that the request proves; undefined if it has none yet. Throws 401 for a missing or wrong token. */
  owner(c: Context): string | undefined
  /** As `owner`, but gives a request without an identity a new one, by a cookie in the response. */
  ensureOwner(c: Context): string
  /** Gives a browser that presents the server's token a cookie that proves it. Throws 401. */
  signIn(c: Context, token: string): void
}

/** Older versions used the name without a port. */
const COOKIE = /^easel(?:-\d{1,5})?$/
/** 192 random bits. */
const SECRET_BYTES = 24
const YEAR_S = 31_536_000
/** 128 bits in base64url, so that a bearer token that a client chooses cannot be guessed. */
export const MIN_TOKEN_CHARACTERS = 22

/** `token`: what a server beyond the loopback demands of every client. */
export function createAuthentication(token?: string): Authentication {
  const owner = (c: Context): string | undefined => {
    const bearer = bearerOf(c)
    if (bearer !== undefined) {
      if (token !== undefined ? !isSame(bearer, token) : bearer.length < MIN_TOKEN_CHARACTERS) throw refused(token)
      return ownerOf(`bearer:${bearer}`)
    }
    const known = knownSecret(c)
    if (known !== undefined) return ownerOf(`cookie:${known}`)
    if (token !== undefined) throw refused(token)
    return undefined
  }
  const knownSecret = (c: Context): string | undefined => {
    const secrets = cookiesOf(c).map((cookie) => {
      const [secret = '', seal = ''] = cookie.split('.')
      const isOurs = /^[\w-]{32}$/.test(secret) && (token === undefined || isSame(seal, signatureOf(token, secret)))
      return isOurs ? secret : undefined
    })
    return secrets.find((secret) => secret !== undefined)
  }
  const give = (c: Context): string => {
    const secret = randomBytes(SECRET_BYTES).toString('base64url')
    const value = token === undefined ? secret : `${secret}.${signatureOf(token, secret)}`
    const secure = isSecure(c) ? '; Secure' : ''
    c.header('set-cookie', `${cookieName(c)}=${value}; Path=/; Max-Age=${YEAR_S}; HttpOnly; SameSite=Strict${secure}`)
    return ownerOf(`cookie:${secret}`)
  }
  return {
    owner,
    ensureOwner: (c) => owner(c) ?? give(c),
    signIn(c, shown) {
      if (token === undefined || !isSame(shown, token)) throw refused(token)
      try {
        if (owner(c) !== undefined) return
      } catch {
        // No cookie for this token yet.
      }
      give(c)
    },
  }
}

/** Trusts the proxy's header: a forged one does no harm here. */
function isSecure(c: Context): boolean {
  return c.req.header('x-forwarded-proto') === 'https'
}

/**
 * Cookies ignore ports: with the port in the name, two servers on one machine do not overwrite each other's. Behind TLS
 * the prefix keeps other hosts of the domain from setting it.
 */
function cookieName(c: Context): string {
  const port = /:(\d{1,5})$/.exec(c.req.header('host') ?? new URL(c.req.url).host)?.[1]
  return `${isSecure(c) ? '__Host-' : ''}easel${port === undefined ? '' : `-${port}`}`
}

/** Candidate values: our own cookie; without TLS also those of other ports, as the server's port may have changed. */
function cookiesOf(c: Context): string[] {
  const all = getCookie(c)
  const own = all[cookieName(c)]
  const others = isSecure(c) ? [] : Object.entries(all).flatMap(([name, value]) => (COOKIE.test(name) ? [value] : []))
  return [...(own === undefined ? [] : [own]), ...others]
}

function bearerOf(c: Context): string | undefined {
  return /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
}

function ownerOf(proof: string): string {
  return createHash('sha256').update(proof).digest('hex')
}

/** Proves that the receiver of this secret knew the token; a change of the token invalidates it. */
function signatureOf(token: string, secret: string): string {
  return createHmac('sha256', token).update(secret).digest('base64url')
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest())
  return timingSafeEqual(a!, b!)
}

function refused(token: string | undefined): Problem {
  if (token === undefined)
    return new Problem(
      401,
      'token_short',
      `A bearer token needs at least ${MIN_TOKEN_CHARACTERS} characters, so that it cannot be guessed.`,
    )
  return new Problem(
    401,
    'token_required',
    'This server requires its token: "Authorization: Bearer …", or /?token=… in a browser.',
  )
}
