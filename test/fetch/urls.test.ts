// Parsing a URL before any request, and how it is displayed.
import { describe, expect, it } from 'vitest'
import { FetchError } from '../../src/fetch/fetch-error.ts'
import { notPublic, readUrl, formatUrl } from '../../src/fetch/web-url.ts'

/** The code and sentence of the refusal; undefined if there is none. */
function refusalOf(text: string, base?: string): string | undefined {
  try {
    readUrl(text, base)
    return undefined
  } catch (error) {
    if (error instanceof FetchError) return `${error.code}: ${error.message}`
    throw error
  }
}

const PUBLIC = { host: 'example.org', port: 443, isAddress: false }

describe('an address', () => {
  it.each([
    ['https://example.org', { ...PUBLIC, href: 'https://example.org/' }],
    ['HTTPS://Example.ORG:443/A%20b?c#d', { ...PUBLIC, href: 'https://example.org/A%20b?c' }],
    ['https://example.org./a', { ...PUBLIC, href: 'https://example.org./a' }],
    ['https://example.org:1024/', { ...PUBLIC, port: 1024, href: 'https://example.org:1024/' }],
    ['https://example.org:65535/', { ...PUBLIC, port: 65535, href: 'https://example.org:65535/' }],
    ['https://1.1.1.1/', { host: '1.1.1.1', port: 443, isAddress: true, href: 'https://1.1.1.1/' }],
    ['https://[::1]:8443/', { host: '::1', port: 8443, isAddress: true, href: 'https://[::1]:8443/' }],
    ['https://例え.jp/', { host: 'xn--r8jz45g.jp', port: 443, isAddress: false, href: 'https://xn--r8jz45g.jp/' }],
  ])('%s is read', (text, url) => expect(readUrl(text)).toEqual(url))

  it('is read as a browser would on a page of another', () => {
    expect(readUrl('../b?c', 'https://example.org/x/y/z').href).toBe('https://example.org/x/b?c')
    expect(readUrl('//example.com', 'https://example.org/x').href).toBe('https://example.com/')
  })

  it.each([
    ['what', '"what" is not the URL of a file on the web.'],
    ['https://./', '"https://./" is not the URL of a file on the web.'],
    ['https://a..b/', '"https://a..b/" is not the URL of a file on the web.'],
    ['https://.a.b/', '"https://.a.b/" is not the URL of a file on the web.'],
  ])('%s is none', (text, message) => expect(refusalOf(text)).toBe(`fetch_url: ${message}`))

  it('has a bound for all of it, its host and each label of that', () => {
    const long = `https://example.org/${'a'.repeat(4096 - 20)}`
    expect(readUrl(long).href).toBe(long)
    expect(refusalOf(`${long}a`)).toBe(`fetch_url: "${long.slice(0, 99)}…" is not the URL of a file on the web.`)
    const label = 'a'.repeat(63)
    expect(readUrl(`https://${label}.org/`).host).toBe(`${label}.org`)
    expect(refusalOf(`https://a${label}.org/`)).toMatch(/^fetch_url: /)
    const host = `${`${label}.`.repeat(3)}${'b'.repeat(61)}`
    expect(readUrl(`https://${host}/`).host).toHaveLength(253)
    expect(refusalOf(`https://${host}b/`)).toMatch(/^fetch_url: /)
  })

  it.each([
    ['http://example.org/', 'fetch_scheme: "http://example.org/" is not an https:// URL; only those are fetched.'],
    ['https://u@a.org/', 'fetch_credentials: The address of a.org has a user name or a password in it.'],
    ['https://:p@a.org/', 'fetch_credentials: The address of a.org has a user name or a password in it.'],
    [
      'https://a.org:1023/',
      'fetch_address: a.org is not contacted on port 1023: files are fetched on port 443, or above 1023.',
    ],
    [
      'https://a.org:442/',
      'fetch_address: a.org is not contacted on port 442: files are fetched on port 443, or above 1023.',
    ],
    [
      'https://a.org:444/',
      'fetch_address: a.org is not contacted on port 444: files are fetched on port 443, or above 1023.',
    ],
  ])('%s is refused', (text, refusal) => expect(refusalOf(text)).toBe(refusal))
})

describe('a host', () => {
  it.each('localhost localdomain local internal intranet lan home.arpa arpa onion'.split(' '))(
    'below .%s is an inner one, and so is one of a single label',
    (name) => {
      for (const host of [`a.${name}`, `a.b.${name}`, name.replace('.', '-')])
        expect(refusalOf(`https://${host}./`)).toBe(
          `fetch_address: ${host} is not on the public internet, so nothing is fetched from it.`,
        )
      const longer = name === 'home.arpa' ? 'a.xarpa' : `a.x${name}`
      for (const host of [longer, `a.${name}x`, `${name}.org`, `a.${name}.org`])
        expect(readUrl(`https://${host}/`).host).toBe(host)
    },
  )

  it('is named in the refusal, and its address is not', () => {
    expect(notPublic('a.org')).toMatchObject({
      code: 'fetch_address',
      message: 'a.org is not on the public internet, so nothing is fetched from it.',
    })
  })
})

describe('an address is shown', () => {
  const path = `/${'a'.repeat(40)}${'b'.repeat(28)}`
  it.each([
    ['https://example.org', 'example.org'],
    ['https://u:p@example.org:8443/?q#f', 'example.org:8443'],
    ['https://example.org/a/?q#f', 'example.org/a/'],
    [`https://example.org${path}`, `example.org${path}`],
    [`https://example.org${path}c`, `example.org/${'a'.repeat(38)}…${'b'.repeat(28)}c`],
    ['what is "this"', String.raw`"what is \"this\""`],
    ['x'.repeat(100), `"${'x'.repeat(100)}"`],
    [`${'x'.repeat(99)}yy`, `"${'x'.repeat(99)}…"`],
  ])('%s', (url, shown) => expect(formatUrl(url)).toBe(shown))
})
