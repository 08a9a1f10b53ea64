// What an upload is, as the child that holds it says: a reader of hostile files belongs behind the process wall.
import type { Limits } from '../../sandbox/limits.ts'
import type { Card } from '../../sandbox/protocol.ts'
import type { Child } from './child.ts'

/** Time to look at an upload: reading its head and one small decode. */
const DESCRIBE_MS = 10_000

/** Asks the child for the card of a mounted file; `id` is new each time. A child that cannot tell is killed and the file called broken. */
export async function describeFile(
  child: Child,
  id: number,
  name: string,
  bytes: number,
  limits: Limits,
): Promise<Card> {
  const { promise, resolve } = Promise.withResolvers<Card>()
  child.onReport = (report) => {
    if (report.type === 'card' && report.id === id) resolve(report.card)
    else child.killBroken()
  }
  child.send({ type: 'describe', id, name })
  const problem = 'It could not be read: the reader ran out of time or memory.'
  const broken: Card = { kind: 'broken', mime: 'application/octet-stream', bytes, problem }
  const timer = setTimeout(() => child.kill(), Math.min(limits.timeoutMs, DESCRIBE_MS))
  const card = await Promise.race([promise, child.gone.then(() => broken)])
  clearTimeout(timer)
  child.onReport = undefined
  return card
}
