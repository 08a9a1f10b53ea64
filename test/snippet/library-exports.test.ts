// The list of capitalized value exports agrees with the packages, so that only types are marked as types.
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { CAPITAL_VALUES } from '../../src/snippet/node-imports.ts'

const require = createRequire(import.meta.url)

it.each(Object.entries(CAPITAL_VALUES))('%s', async (name, values) => {
  const all = (await import(name)) as Record<string, unknown>
  const whole = name === 'gifenc' || name === 'papaparse' ? (require(name) as object) : all
  const auto = name === 'chart.js' ? ((await import('chart.js/auto')) as object) : {}
  const exported = [...Object.keys(whole), ...Object.keys(auto)].filter((one) => /^[A-Z]/.test(one))
  expect([...values].toSorted()).toEqual([...new Set(exported)].toSorted())
})
