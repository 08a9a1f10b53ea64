// A child that creates the isolate alternately with and without the guest's code cache, and reports the times.
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Bridge } from '../../../sandbox/child/bridge.ts'
import { readGuest, type Guest } from '../../../sandbox/child/guest-files.ts'
import { openIsolate } from '../../../sandbox/child/isolate.ts'
import { productFolder } from '../../../sandbox/product.ts'

const ROUNDS = 7
const bridge: Bridge = { give: () => 0, take: () => new Uint8Array(), post: () => undefined, ask: () => '' } as never

const compiled = readGuest(join(productFolder(), 'dist'))
const took = { compiled: [] as number[], plain: [] as number[] }
for (let round = 0; round < ROUNDS; round++) {
  took.compiled.push(cpuMsOf(compiled))
  took.plain.push(cpuMsOf({ source: compiled.source }))
}
writeSync(3, JSON.stringify(took))
process.exit(0)

function cpuMsOf(guest: Guest): number {
  const before = process.cpuUsage()
  openIsolate({ guest, lazy: () => guest }, bridge, 200_000_000, 2).stop()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
