// What was spent and which budgets it exceeds, computed from the journal's usage, undone requests included.
import { createCachedReducer, findLastEvent, nonPrintEventsSince } from '../../sessions/journal/derived.ts'
import type { Event } from '../../sessions/event.ts'
import { formatDollars, formatTokens } from './messages.ts'

/** Undefined means no limit. Tokens count input and output together; costs are US dollars. */
export interface Budgets {
  readonly turnTokens?: number | undefined
  readonly sessionTokens?: number | undefined
  readonly turnCost?: number | undefined
  readonly sessionCost?: number | undefined
}

export interface Spent {
  readonly input: number
  readonly output: number
  readonly cached: number
  /** Cost of the answers whose price is known; undefined if there are none. */
  readonly cost: number | undefined
  /** Models whose answers have no price. */
  readonly unpriced: readonly string[]
}

/** A budget that is used up. */
export interface Overrun {
  readonly code: 'budget_tokens' | 'budget_cost'
  /** For example: the budget of a turn (1,000 tokens) is used up: 1,234 */
  readonly what: string
  /** What to do. */
  readonly advice: string
}

/** A running sum of usage. */
export interface UsageSum {
  take(event: Event): void
  sum(): Spent
}

/** Creates a sum of zero. */
export function createUsageSum(): UsageSum {
  let [input, output, cached, cost] = [0, 0, 0, 0]
  let isPriced = false
  const unpriced = new Set<string>()
  return {
    take(event) {
      if (event.type !== 'usage') return
      input += event.input
      output += event.output
      cached += event.cached ?? 0
      if (event.cost === undefined) unpriced.add(event.model ?? '')
      else {
        cost += event.cost
        isPriced = true
      }
    },
    // Costs are sums of fractions of a dollar; rounding removes floating-point noise.
    sum: () => ({
      input,
      output,
      cached,
      cost: isPriced ? Number(cost.toFixed(12)) : undefined,
      unpriced: [...unpriced],
    }),
  }
}

/** The sum of all usage among the events. */
export function spentOf(events: readonly Event[]): Spent {
  const spending = createUsageSum()
  for (const event of events) spending.take(event)
  return spending.sum()
}

const usageSumOf = createCachedReducer(createUsageSum, (spending, { event }) => spending.take(event))

/** The sum of all usage in a journal, cached with it. */
export function spentIn(journal: readonly Event[]): Spent {
  return usageSumOf(journal).sum()
}

/** The first budget that is used up; `events`: the whole journal. */
export function overrunOf(events: readonly Event[], budgets: Budgets): Overrun | undefined {
  const whole = spentIn(events)
  const turn = spentOf(turnOf(events))
  const { turnTokens, sessionTokens, turnCost, sessionCost } = budgets
  return (
    tokens(turn, turnTokens, 'a turn', 'The next request has its own; EASEL_TURN_TOKENS raises it.') ??
    tokens(whole, sessionTokens, 'this session', 'Raise it with EASEL_SESSION_TOKENS to go on.') ??
    dollars(turn, turnCost, 'a turn', 'The next request has its own; EASEL_TURN_COST raises it.') ??
    dollars(whole, sessionCost, 'this session', 'Raise it with --budget or EASEL_SESSION_COST to go on.')
  )
}

/** A sentence on answers of this turn that a budget of money cannot include; undefined if there are none. */
export function uncounted(events: readonly Event[], { turnCost, sessionCost }: Budgets): string | undefined {
  const limit = sessionCost ?? turnCost
  const { unpriced } = spentOf(turnOf(events))
  if (limit === undefined || unpriced.length === 0) return undefined
  const names = unpriced.map((name) => (name === '' ? 'the model' : `"${name}"`)).join(', ')
  return `The price of ${names} is not known, so its use does not count towards the budget of ${formatDollars(limit)}. Put the price into a file and set EASEL_PRICES to its path.`
}

/** The events since the last request. */
function turnOf(events: readonly Event[]): readonly Event[] {
  return nonPrintEventsSince(events, findLastEvent(events, ({ type }) => type === 'ask')?.seq ?? 0).map(
    ({ event }) => event,
  )
}

function tokens({ input, output }: Spent, limit: number | undefined, of: string, advice: string): Overrun | undefined {
  const actual = input + output
  if (limit === undefined || actual < limit) return undefined
  const what = `the budget of ${of} (${formatTokens(limit)} tokens) is used up: ${formatTokens(actual)}`
  return { code: 'budget_tokens', what, advice }
}

function dollars({ cost = 0 }: Spent, limit: number | undefined, of: string, advice: string): Overrun | undefined {
  if (limit === undefined || cost < limit) return undefined
  const what = `the budget of ${of} (${formatDollars(limit)}) is used up: ${formatDollars(cost)}`
  return { code: 'budget_cost', what, advice }
}
