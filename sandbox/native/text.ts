// Text and URLs for the guest: V8's and Node's own parsers, on bounded input.
import * as z from 'zod/mini'
import type { Operations } from './operation.ts'

const decoding = z.object({ label: z.string().check(z.maxLength(40)), fatal: z.boolean(), ignoreBOM: z.boolean() })
const short = z.string().check(z.maxLength(100_000))
const parsing = z.object({ href: short, base: z.nullable(short) })
const change = z.object({
  href: short,
  name: z.enum(['href', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash']),
  value: short,
})
const pairs = z.array(z.tuple([short, short])).check(z.maxLength(10_000))

export const textOperations: Operations = {
  'text.encode': (args) => [null, [new TextEncoder().encode(z.string().parse(args))]],
  'text.label': (args) => [new TextDecoder(z.string().check(z.maxLength(40)).parse(args)).encoding, []],
  'text.decode': (args, bytes) => {
    const { label, fatal, ignoreBOM } = decoding.parse(args)
    return [new TextDecoder(label, { fatal, ignoreBOM }).decode(bytes[0] ?? new Uint8Array(0)), []]
  },
  'url.parse': (args) => {
    const { href, base } = parsing.parse(args)
    return [partsOf(base === null ? new URL(href) : new URL(href, base)), []]
  },
  'url.change': (args) => {
    const { href, name, value } = change.parse(args)
    const url = new URL(href)
    url[name] = value
    return [partsOf(url), []]
  },
  'url.params': (args) => [[...new URLSearchParams(short.parse(args))], []],
  'url.query': (args) => [new URLSearchParams(pairs.parse(args)).toString(), []],
}

function partsOf(url: URL): Record<string, string> {
  const { href, origin, protocol, username, password, host, hostname, port, pathname, search, hash } = url
  return { href, origin, protocol, username, password, host, hostname, port, pathname, search, hash }
}
