// Fair shares of a limited resource. Addresses share it first, then the owners behind one address, as one client can be
// many owners but has few addresses. The largest user gives way first; nobody within his share does.

/** Who uses a unit of the resource. */
export interface Party {
  readonly owner: string
  /** Client address; '' if unknown, so that all unknown clients count as one address. */
  readonly address: string
}

export interface Held {
  readonly party: Party
}

/** How many units the owner of this party has. */
export function countOwned(held: readonly Held[], { owner }: Party): number {
  return held.filter(({ party }) => party.owner === owner).length
}

/**
 * True if the asking owner already has some and no more than `kept` of `most` are left: those are reserved for owners
 * that have none. Nothing is reserved if `most` is 1.
 */
export function isReservedForOthers(held: readonly Held[], asking: Party, most: number, kept = 1): boolean {
  return most > 1 && held.length >= most - kept && countOwned(held, asking) > 0
}

/**
 * The `idle` units that may be taken for the asking party, best candidate first: its own, those of parties that have
 * more, and those that `isForgotten`. `all` are the units in use that count.
 */
export function evictionCandidates<T extends Held>(
  idle: readonly T[],
  all: readonly Held[],
  asking: Party,
  isForgotten: (one: T) => boolean,
): T[] {
  const load = loadsOf(all)
  const own = load(asking)
  const isFair = ({ party }: T): boolean => {
    if (party.owner === asking.owner) return true
    const { address, owner } = load(party)
    return party.address === asking.address ? owner > own.owner : address > own.address
  }
  const fair = idle.filter((one) => isFair(one) || isForgotten(one))
  return fair.toSorted((a, b) => {
    const [one, other] = [load(a.party), load(b.party)]
    return other.address - one.address || other.owner - one.owner
  })
}

/**
 * The units of the largest user above his share of `most`, one of which a party that has none may take. Empty if all
 * are within their shares or the asking owner has some.
 */
export function excessUnits<T extends Held>(held: readonly T[], asking: Party, most: number): readonly T[] {
  if (countOwned(held, asking) > 0) return []
  const addresses = Map.groupBy(held, ({ party }) => party.address)
  const own = addresses.get(asking.address) ?? []
  const share = shareOf(most, addresses.size + (own.length > 0 ? 0 : 1))
  const fullest = largest(addresses)
  if (own.length < share && fullest.length > share) return largest(byOwner(fullest))
  // The owners behind one address share what it has; a newcomer is one more of them.
  const owners = byOwner(own)
  const first = largest(owners)
  return first.length > shareOf(own.length, owners.size + 1) ? first : []
}

/** At least 1. */
function shareOf(most: number, parties: number): number {
  return Math.max(1, Math.floor(most / parties))
}

function byOwner<T extends Held>(held: readonly T[]): Map<string, T[]> {
  return Map.groupBy(held, ({ party }) => party.owner)
}

function largest<T>(groups: ReadonlyMap<string, readonly T[]>): readonly T[] {
  return [...groups.values()].reduce<readonly T[]>((most, one) => (one.length > most.length ? one : most), [])
}

function loadsOf(held: readonly Held[]): (party: Party) => { readonly address: number; readonly owner: number } {
  const addresses = new Map<string, number>()
  const owners = new Map<string, number>()
  for (const { party } of held) {
    addresses.set(party.address, (addresses.get(party.address) ?? 0) + 1)
    owners.set(party.owner, (owners.get(party.owner) ?? 0) + 1)
  }
  return ({ address, owner }) => ({ address: addresses.get(address) ?? 0, owner: owners.get(owner) ?? 0 })
}
