// How a column is shown: with how many digits after the point, and whether its numbers are names rather than amounts.
import type { ColumnData } from '../../helpers/table/columns.ts'
import type { ShownColumn } from '../../table-protocol.ts'

/** Values that are looked at for their decimals. */
const MAX_SAMPLE = 2000
const MAX_DECIMALS = 6
/** 2^32 divided by the golden ratio: multiples of it are spread evenly. */
const SPREAD = 0x9e37_79b1
/** Whole numbers between these read as years. */
const [MIN_YEAR, MAX_YEAR] = [1500, 2200]
/** Names of columns whose numbers are names: ids, codes, postcodes, telephone numbers. */
const ID =
  /(?:^|[\s_.-])(?:id|ids|no|nr|code|zip|zipcode|postcode|phone|tel|fips|isbn|ean|sku|key)$|[a-z](?:Id|ID|No|Code)$|(?:编号|编码|代码|号|号码|邮编|电话|手机)$/
const ID_WORD = /^(?:id|code|zip|phone|fips|isbn|ean|sku)$/i

/** The column as it is shown; `unit` is what its numbers were written with. */
export function formatColumn(column: ColumnData, unit: string | undefined): ShownColumn {
  const shown: ShownColumn = {
    name: column.name.slice(0, 200),
    type: column.type,
    ...(unit !== undefined && unit.length <= 40 && { unit }),
  }
  if (column.type !== 'number' || !column.numbers) return shown
  const decimals = decimalsOf(column.numbers)
  const isPlain = decimals === 0 && (isId(column.name) || areYears(column.numbers))
  return { ...shown, ...(decimals !== undefined && { decimals }), ...(isPlain && { plain: true }) }
}

function isId(name: string): boolean {
  return ID_WORD.test(name.trim()) || ID.test(name.trim())
}

/** The most digits after the point; undefined where some number needs more than `MAX_DECIMALS`, or an exponent. */
function decimalsOf(numbers: Float64Array): number | undefined {
  let most = 0
  let isWhole = true
  for (let row = 0; row < numbers.length && isWhole; row++)
    isWhole = Number.isInteger(numbers[row]) || Number.isNaN(numbers[row])
  if (isWhole) return 0
  for (let i = 0; i < Math.min(MAX_SAMPLE, numbers.length); i++) {
    // Rows all over the table, but not in equal steps, which might fall together with those of the data.
    const number = numbers[numbers.length <= MAX_SAMPLE ? i : (Math.imul(i, SPREAD) >>> 0) % numbers.length]
    if (!Number.isFinite(number)) continue
    const text = String(number)
    if (text.includes('e')) return undefined
    const point = text.indexOf('.')
    if (point >= 0) most = Math.max(most, text.length - point - 1)
  }
  return most > MAX_DECIMALS || most === 0 ? undefined : most
}

function areYears(numbers: Float64Array): boolean {
  let has = false
  for (const number of numbers) {
    if (Number.isNaN(number)) continue
    if (number < MIN_YEAR || number > MAX_YEAR) return false
    has = true
  }
  return has
}
