// Places of things beside each other, from their widths.

/** The sums of the first none, one, two … numbers. */
export function sums(numbers: readonly number[]): readonly number[] {
  const found = [0]
  for (const number of numbers) found.push(found.at(-1)! + number)
  return found
}
