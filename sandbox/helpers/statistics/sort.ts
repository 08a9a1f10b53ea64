// Sorting, ranking and selecting numbers by the million: a radix sort on the bits of doubles takes about half the time of
// the native sort of typed arrays (70 ms for a million, 120 ms natively).

/** Fewer numbers are sorted natively. */
const MIN_RADIX = 4096
const DIGIT_BITS = 11
const DIGITS = 1 << DIGIT_BITS
const PASSES = 6

/** Numbers in ascending order, as a copy. No NaN; −0 counts as 0. */
export function sortedNumbers(values: Float64Array): Float64Array {
  const copy = values.slice()
  for (let i = 0; i < copy.length; i++) copy[i]! += 0
  return copy.length < MIN_RADIX ? copy.sort() : radixSort(copy)
}

/** The ranks of numbers from 1; equal ones share the mean of their ranks. */
export function ranksOf(values: Float64Array): Float64Array {
  const sorted = sortedNumbers(values)
  const means = new Float64Array(sorted.length)
  let distinct = 0
  for (let from = 0; from < sorted.length;) {
    const value = sorted[from]!
    let to = from + 1
    while (to < sorted.length && sorted[to] === value) to++
    means[distinct] = (from + 1 + to) / 2
    sorted[distinct++] = value
    from = to
  }
  return values.map((value) => means[lowerBound(sorted, value, distinct)]!)
}

/** The first index of a sorted list whose value is not below the given one. */
export function lowerBound(sorted: Float64Array, value: number, length = sorted.length): number {
  let from = 0
  let to = length
  while (from < to) {
    const middle = (from + to) >>> 1
    if (sorted[middle]! < value) from = middle + 1
    else to = middle
  }
  return from
}

/**
 * Moves the number of rank `k` (from 0) to its place, with smaller ones before and larger ones behind it, within `left` to
 * `right`: the selection of Floyd and Rivest 1975 (algorithm 489), linear in the length.
 */
export function select(values: Float64Array, k: number, left = 0, right = values.length - 1): void {
  let from = left
  let to = right
  while (to > from) {
    if (to - from > 600) narrow(values, k, from, to)
    const pivot = values[k]!
    let i = from
    let j = to
    swap(values, from, k)
    if (values[to]! > pivot) swap(values, from, to)
    while (i < j) {
      swap(values, i++, j--)
      while (values[i]! < pivot) i++
      while (values[j]! > pivot) j--
    }
    if (values[from] === pivot) swap(values, from, j)
    else swap(values, ++j, to)
    if (j <= k) from = j + 1
    if (k <= j) to = j - 1
  }
}

/** Selects within a sample around `k` first, so that the pivot is near the wanted rank. */
function narrow(values: Float64Array, k: number, from: number, to: number): void {
  const n = to - from + 1
  const at = k - from + 1
  const z = Math.log(n)
  const size = 0.5 * Math.exp((2 * z) / 3)
  const spread = 0.5 * Math.sqrt((z * size * (n - size)) / n) * Math.sign(at - n / 2)
  const low = Math.max(from, Math.floor(k - (at * size) / n + spread))
  const high = Math.min(to, Math.floor(k + ((n - at) * size) / n + spread))
  select(values, k, low, high)
}

function swap(values: Float64Array, i: number, j: number): void {
  const value = values[i]!
  values[i] = values[j]!
  values[j] = value
}

/**
 * Least significant digit first, 11 bits a pass, over the bits as they are: positive doubles come out ascending, then
 * negative ones descending, which the last step puts right.
 */
function radixSort(values: Float64Array): Float64Array {
  const n = values.length
  const places = countDigits(values)
  let from: Float64Array = values
  let to: Float64Array = new Float64Array(n)
  for (let pass = 0; pass < PASSES; pass++) {
    const next = places.subarray(pass * DIGITS, (pass + 1) * DIGITS)
    // All alike in this digit: nothing moves.
    if (next.includes(n)) continue
    let sum = 0
    for (let digit = 0; digit < DIGITS; digit++) {
      const count = next[digit]!
      next[digit] = sum
      sum += count
    }
    movePass(from, to, next, pass)
    ;[from, to] = [to, from]
  }
  return negativesFirst(from, to)
}

/** How often each digit occurs, for all passes. */
function countDigits(values: Float64Array): Uint32Array {
  const counts = new Uint32Array(PASSES * DIGITS)
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length)
  for (let i = 0; i < words.length; i += 2) {
    const low = words[i]!
    const high = words[i + 1]!
    counts[low & 2047]!++
    counts[2048 + ((low >>> 11) & 2047)]!++
    counts[4096 + ((low >>> 22) | ((high & 1) << 10))]!++
    counts[6144 + ((high >>> 1) & 2047)]!++
    counts[8192 + ((high >>> 12) & 2047)]!++
    counts[10240 + (high >>> 23)]!++
  }
  return counts
}

function movePass(from: Float64Array, to: Float64Array, next: Uint32Array, pass: number): void {
  const n = from.length
  const words = new Uint32Array(from.buffer, from.byteOffset, 2 * n)
  if (pass === 2) {
    for (let i = 0; i < n; i++) to[next[(words[2 * i]! >>> 22) | ((words[2 * i + 1]! & 1) << 10)]!++] = from[i]!
    return
  }
  const word = pass < 2 ? 0 : 1
  const shift = pass < 2 ? pass * DIGIT_BITS : 1 + (pass - 3) * DIGIT_BITS
  for (let i = 0; i < n; i++) to[next[(words[2 * i + word]! >>> shift) & 2047]!++] = from[i]!
}

function negativesFirst(from: Float64Array, to: Float64Array): Float64Array {
  let firstNegative = from.length
  while (firstNegative > 0 && from[firstNegative - 1]! < 0) firstNegative--
  if (firstNegative === from.length) return from
  to.set(from.subarray(firstNegative).reverse())
  to.set(from.subarray(0, firstNegative), from.length - firstNegative)
  return to
}
