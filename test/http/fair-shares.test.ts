// Who gives way when a server resource is exhausted, and which address a request counts for.
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { addressOf } from '../../src/http/auth/client-address.ts'
import { createRateLimit } from '../../src/http/auth/rate-limit.ts'
import { isReservedForOthers, evictionCandidates, excessUnits } from '../../src/http/auth/fair-shares.ts'
import { createStreamLimit } from '../../src/http/events/stream-limit.ts'

/** Resources held by owners, `a` or with an address `a@1`, each named by its index in the list. */
const held = (...who: readonly string[]) => who.map((one, name) => ({ party: party(one), name: `${one}#${name}` }))
const party = (who: string) => ({ owner: who.split('@')[0]!, address: who.split('@')[1] ?? '' })
const names = (list: readonly { readonly name: string }[]): string[] => list.map(({ name }) => name)

test('the last one is kept for who has none, except where there is only one', () => {
  const all = held('a', 'a', 'b')
  expect(isReservedForOthers(all, party('a'), 4)).toBe(true)
  expect(isReservedForOthers(all, party('c'), 4)).toBe(false)
  expect(isReservedForOthers(all, party('a'), 5)).toBe(false)
  expect(isReservedForOthers(all, party('a'), 5, 2)).toBe(true)
  expect(isReservedForOthers(held('a'), party('a'), 1)).toBe(false)
})

test('of idle ones those of who holds most go first, the own ones also, and those of who has fewer never, if not forgotten', () => {
  const all = held('a', 'b', 'b', 'b', 'c', 'c')
  const go = (who: string, forgotten: readonly string[] = []) =>
    names(evictionCandidates(all, all, party(who), ({ name }) => forgotten.includes(name)))
  expect(go('new')).toEqual(['b#1', 'b#2', 'b#3', 'c#4', 'c#5', 'a#0'])
  expect(go('a')).toEqual(['b#1', 'b#2', 'b#3', 'c#4', 'c#5', 'a#0'])
  expect(go('c')).toEqual(['b#1', 'b#2', 'b#3', 'c#4', 'c#5'])
  expect(go('b')).toEqual(['b#1', 'b#2', 'b#3'])
  expect(go('b', ['a#0'])).toEqual(['b#1', 'b#2', 'b#3', 'a#0'])
})

test('many owners behind one address give way as one to who comes from another', () => {
  const all = held('a@1', 'b@1', 'c@1', 'd@2')
  const go = (who: string) => names(evictionCandidates(all, all, party(who), () => false))
  expect(go('x@3')).toEqual(['a@1#0', 'b@1#1', 'c@1#2', 'd@2#3'])
  expect(go('x@2')).toEqual(['a@1#0', 'b@1#1', 'c@1#2', 'd@2#3'])
  expect(go('d@2')).toEqual(['a@1#0', 'b@1#1', 'c@1#2', 'd@2#3'])
  // Behind that address the newcomer has fewer than each of the others; from the other address nothing is taken.
  expect(go('x@1')).toEqual(['a@1#0', 'b@1#1', 'c@1#2'])
})

test('who has more than his share of what is at work loses some to who has none, and nobody within his share does', () => {
  const over = (who: string, most: number, ...of: readonly string[]) =>
    names(excessUnits(held(...of), party(who), most))
  expect(over('new', 4, 'a', 'a', 'a', 'a')).toEqual(['a#0', 'a#1', 'a#2', 'a#3'])
  expect(over('new', 4, 'a', 'a', 'a', 'b')).toEqual(['a#0', 'a#1', 'a#2'])
  expect(over('new', 4, 'a', 'a', 'b', 'c')).toEqual(['a#0', 'a#1'])
  expect(over('new', 3, 'a', 'b', 'c')).toEqual([])
  expect(over('new', 1, 'a')).toEqual([])
  // An owner that already has one waits.
  expect(over('b', 4, 'a', 'a', 'a', 'b')).toEqual([])
  // By address: one client with many names gets the share of one address.
  expect(over('new@2', 4, 'a@1', 'b@1', 'c@1', 'd@1')).toHaveLength(1)
  expect(over('new@1', 4, 'a@1', 'b@1', 'c@1', 'd@1')).toEqual([])
  expect(over('new@3', 4, 'a@1', 'b@1', 'c@2', 'd@2')).toHaveLength(1)
  expect(over('new@2', 4, 'a@1', 'b@1', 'c@1', 'd@2')).toHaveLength(1)
  expect(over('new@5', 4, 'a@1', 'b@2', 'c@3', 'd@4')).toEqual([])
})

test('an event stream of who has too many ends for who has none, the oldest first', () => {
  const streamLimit = createStreamLimit(4, 4)
  const ended: string[] = []
  const enter = (who: string, name = who) => streamLimit.enter(party(who), () => ended.push(name))
  enter('a', 'a1')
  const leave = enter('a', 'a2')
  enter('a', 'a3')
  expect(() => enter('a')).toThrow(
    'This server has 3 event streams open, 3 of them yours; the last 1 of 4 are reserved for users who have none. Try again soon.',
  )
  enter('b')
  expect([streamLimit.open, ended]).toEqual([4, []])
  enter('c')
  enter('d')
  expect([streamLimit.open, ended]).toEqual([4, ['a1', 'a2']])
  expect(() => enter('e')).toThrow(
    'This server has 4 event streams open, 0 of them yours; the limit is 4. Try again soon.',
  )
  // One that was ended this way frees its place only once.
  leave()
  expect(streamLimit.open).toBe(4)
})

test('of the sessions that all may begin the last are for who has begun none lately', () => {
  const rateLimit = createRateLimit({ each: { burst: 4, perSecond: 1 }, all: { burst: 8, perSecond: 1 } }, () => 0)
  const enter = (owner: string, address = '') => rateLimit.countStart({ owner, address })
  for (let n = 0; n < 3; n++) for (const who of ['a', 'b']) enter(who)
  expect(() => enter('a')).toThrow('Too many new sessions at once; 4 may be started together. Try again in 1 s.')
  enter('c', '1.1.1.1')
  // Another name from the same address is not a newcomer.
  expect(() => enter('d', '1.1.1.1')).toThrow('Try again in 2 s.')
  enter('e', '2.2.2.2')
  expect(() => enter('f', '3.3.3.3')).toThrow('Try again in 1 s.')
})

test('an address is that of the connection, or what the last proxies say where there are so many, and no more', async () => {
  const seen = async (proxies: number, remoteAddress: string, forwarded?: string): Promise<string> => {
    const app = new Hono().get('/', (c) => c.text(addressOf(c, proxies)))
    const headers: Record<string, string> = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
    return (await app.request('/', { headers }, { incoming: { socket: { remoteAddress } } })).text()
  }
  expect(await seen(0, '192.0.2.7', '198.51.100.1')).toBe('192.0.2.7')
  expect(await seen(0, '::ffff:192.0.2.7')).toBe('192.0.2.7')
  // The local address may be a proxy that is not configured.
  for (const own of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '']) expect(await seen(0, own)).toBe('')
  expect(await seen(1, '127.0.0.1', '1.2.3.4, 198.51.100.1')).toBe('198.51.100.1')
  expect(await seen(2, '127.0.0.1', '6.6.6.6, 198.51.100.1, 10.0.0.1')).toBe('198.51.100.1')
  expect(await seen(1, '192.0.2.7')).toBe('')
  expect(await seen(1, '192.0.2.7', 'no address')).toBe('')
  // An IPv6 client has a whole network of addresses.
  expect(await seen(0, '2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
  expect(await seen(0, '2001:0DB8:0001:0002::9')).toBe('2001:db8:1:2::/64')
  expect(await seen(0, 'fe80::1%eth0')).toBe('fe80:0:0:0::/64')
})
