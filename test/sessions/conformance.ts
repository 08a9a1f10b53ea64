// The conformance suite of session stores. A store's own test calls it with a factory of homes: places that persist
// while stores on them are opened and closed.
import { afterEach, beforeEach } from 'vitest'
import type { StoreLimits } from '../../sessions/quota.ts'
import type { SessionStore } from '../../sessions/store.ts'
import { describeFiles, describeVersions } from './conformance-files.ts'
import { describeLabels } from './conformance-labels.ts'
import { describeJournal } from './conformance-journal.ts'
import { describeQuotas } from './conformance-quotas.ts'
import { describeTime } from './conformance-time.ts'
import { describeUse } from './conformance-use.ts'
import { createClock } from './scene.ts'

export interface StoreHome {
  open(options: { readonly now: () => number; readonly limits?: Partial<StoreLimits> }): Promise<SessionStore>
  remove(): Promise<void>
}

/** The fixture of one store's tests; a fresh home and clock for each. */
export interface StoreScene {
  readonly openStore: (limits?: Partial<StoreLimits>) => Promise<SessionStore>
  readonly clock: () => ReturnType<typeof createClock>
}

/** The suite, inside a `describe`. */
export function describeStore(makeHome: () => Promise<StoreHome>): void {
  let home: StoreHome
  let clock: ReturnType<typeof createClock>
  const stores: SessionStore[] = []
  beforeEach(async () => {
    home = await makeHome()
    clock = createClock()
  })
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close()
    await home.remove()
  })
  const scene: StoreScene = {
    async openStore(limits) {
      const store = await home.open({ now: clock.now, limits })
      stores.push(store)
      return store
    },
    clock: () => clock,
  }
  const parts = [
    describeJournal,
    describeFiles,
    describeVersions,
    describeUse,
    describeTime,
    describeQuotas,
    describeLabels,
  ]
  for (const part of parts) part(scene)
}
