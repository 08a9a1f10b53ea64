// Reads budgets and prices from the flag, the environment and the config file.
import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'
import { UsageError } from '../usage-error.ts'
import type { Budgets } from './budget.ts'
import { pricesFor, type Prices } from './prices.ts'
import type { Price } from './price-table.ts'

/** The limits of spending and the prices to compute it with. */
export interface Spending {
  readonly budgets: Budgets
  readonly prices: Prices
}

export interface SpendingSources {
  /** The value of --budget. */
  readonly budget: string | undefined
  readonly env: NodeJS.ProcessEnv
  readonly file: Readonly<Record<string, string | number>>
  /** The model's endpoint. */
  readonly baseUrl: string | undefined
}

/** Their keys in the config file. */
export const SPENDING_NAMES = ['prices', 'turnTokens', 'sessionTokens', 'turnCost', 'sessionCost', 'context']

/** Default limit of a turn, to stop runaways: twenty steps of a hundred thousand tokens, more than any needs. */
const TURN_TOKENS = 2_000_000

/** Reads the settings; throws a UsageError that names the invalid one. */
export function readSpending({ budget, env, file, baseUrl }: SpendingSources): Spending {
  const one = (variable: string, name: string): Given => {
    return (
      given(variable, env[variable]) ??
      given(`${name} in the config file`, file[name] === undefined ? undefined : String(file[name]))
    )
  }
  const turn = one('EASEL_TURN_TOKENS', 'turnTokens')
  const path = one('EASEL_PRICES', 'prices')
  return {
    budgets: {
      turnTokens: turn ? readTokens(turn) : TURN_TOKENS,
      sessionTokens: readTokens(one('EASEL_SESSION_TOKENS', 'sessionTokens')),
      turnCost: readDollars(one('EASEL_TURN_COST', 'turnCost')),
      sessionCost: readDollars(
        budget === undefined ? one('EASEL_SESSION_COST', 'sessionCost') : { from: '--budget', text: budget },
      ),
    },
    prices: pricesFor({ baseUrl, own: path && readPrices(path.text) }),
  }
}

/** Minimum context in tokens: the instructions, the tools and a short request; a conversation needs more. */
const MIN_CONTEXT = 4000

/** The model's context window in tokens, if set; throws a UsageError if a turn would not fit. */
export function readContext(env: NodeJS.ProcessEnv, file: SpendingSources['file']): number | undefined {
  const said =
    given('EASEL_CONTEXT', env['EASEL_CONTEXT']) ??
    given('context in the config file', file['context'] === undefined ? undefined : String(file['context']))
  const tokens = readTokens(said)
  if (said && tokens !== undefined && tokens < MIN_CONTEXT)
    throw new UsageError(`${said.from} cannot be "${said.text}"; the minimum is 4,000 tokens; 0 means no limit.`)
  return tokens
}

/** Throws a UsageError if there is a budget of money but a model's price is unknown. */
export function demandPrices({ budgets, prices }: Spending, models: readonly string[]): void {
  const limit = budgets.sessionCost ?? budgets.turnCost
  const unpriced = models.find((model) => prices.of(model, 0) === undefined)
  if (limit === undefined || unpriced === undefined) return
  const example = JSON.stringify({ [unpriced]: { input: 1, cached: 0.1, output: 4 } })
  throw new UsageError(
    `A budget of $${limit} needs the price of "${unpriced}", which is not known here. Put it, in dollars per million tokens, into a file and set EASEL_PRICES to its path: ${example} Or set EASEL_SESSION_TOKENS instead.`,
  )
}

type Given = { readonly from: string; readonly text: string } | undefined

function given(from: string, text: string | undefined): Given {
  return text === undefined || text.trim() === '' ? undefined : { from, text: text.trim() }
}

const THOUSANDS: Readonly<Record<string, number>> = { '': 1, k: 1000, m: 1_000_000 }

/** Parses 50000, 500k, 2M; 0 means no limit. */
function readTokens(said: Given): number | undefined {
  if (!said) return undefined
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)([km]?)$/i.exec(said.text) ?? []
  const value = digits === '' ? Number.NaN : Math.round(Number(digits) * (THOUSANDS[unit.toLowerCase()] ?? Number.NaN))
  if (Number.isSafeInteger(value)) return value === 0 ? undefined : value
  throw new UsageError(`${said.from} cannot be "${said.text}"; write tokens like 50000, 500k or 2M, 0 for no limit.`)
}

/** Parses 0.50, $2. */
function readDollars(said: Given): number | undefined {
  if (!said) return undefined
  const [, digits = ''] = /^\$?(\d+(?:\.\d+)?|\.\d+)$/.exec(said.text) ?? []
  const value = Number(digits)
  if (value > 0 && value < 1e9) return value
  throw new UsageError(`${said.from} cannot be "${said.text}"; write US dollars above 0, like 0.50.`)
}

const amount = z.number().check(z.minimum(0))
const priceShape = z.strictObject({ input: amount, cached: z.optional(amount), output: amount })

function readPrices(path: string): Record<string, Price> {
  const form = 'Write { "my-model": { "input": 1, "cached": 0.1, "output": 4 } }, in US dollars for a million tokens.'
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new UsageError(`The prices of ${path} (EASEL_PRICES) cannot be read.`)
  }
  const json = tryJson(text)
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new UsageError(`The file of prices ${path} is not a JSON object. ${form}`)
  }
  const prices: [string, Price][] = []
  for (const [model, said] of Object.entries(json)) {
    const read = priceShape.safeParse(said)
    if (!read.success) {
      const at = [model, ...(read.error.issues[0]?.path ?? [])].join('.')
      throw new UsageError(`The file of prices ${path} is wrong at "${at}". ${form}`)
    }
    prices.push([model, read.data])
  }
  return Object.fromEntries(prices)
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
