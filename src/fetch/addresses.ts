// Which IP addresses a fetch may connect to: only public unicast, whatever a name resolves to.
import { BlockList, isIP, isIPv4 } from 'node:net'
import { networkInterfaces } from 'node:os'

/**
 * IANA IPv4 Special-Purpose Address Registry (RFC 6890 and its updates), multicast (RFC 5771) and class E (RFC 1112);
 * also 168.63.129.16, Azure's host endpoint, and the anycast of deprecated 6to4 relays (RFC 7526).
 */
const IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]

/** The IPv6 space assigned as global unicast (RFC 4291, IANA); anything outside it is refused. */
const IPV6_GLOBAL = '2000::/3'

/**
 * IANA IPv6 Special-Purpose Address Registry within 2000::/3: protocol assignments with Teredo, ORCHID and
 * benchmarking, documentation (RFC 3849, RFC 9637), 6to4, AS112, and the returned range of the 6bone (RFC 3701).
 */
const IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3ffe::/16', '3fff::/20']

const forbidden4 = listOf(IPV4, 'ipv4')
const forbidden6 = listOf(IPV6, 'ipv6')
const global6 = listOf([IPV6_GLOBAL], 'ipv6')

/**
 * Whether an address is on the public internet. Loopback, private, link-local, shared, mapped, compatible, translated
 * (NAT64, 6to4, Teredo), documentation, multicast and reserved addresses are not; nor is malformed text.
 */
export function isPublic(address: string): boolean {
  // An address with a zone (`fe80::1%eth0`) is link-local.
  if (address.includes('%') || isIP(address) === 0) return false
  if (isIPv4(address)) return !forbidden4.check(address, 'ipv4')
  return global6.check(address, 'ipv6') && !forbidden6.check(address, 'ipv6')
}

/** Whether an address is this machine's own: a service hidden from the outside may listen there. */
export function isOwn(address: string): boolean {
  const own = new BlockList()
  for (const facts of Object.values(networkInterfaces()).flatMap((list) => list ?? []))
    own.addAddress(facts.address, facts.family === 'IPv4' ? 'ipv4' : 'ipv6')
  return own.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')
}

function listOf(ranges: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [net = '', prefix] = range.split('/')
    list.addSubnet(net, Number(prefix), family)
  }
  return list
}
