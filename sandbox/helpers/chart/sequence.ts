// Labels of which some can be left out, because the reader knows what lies between.

const CALENDAR =
  /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]*|[一二三四五六七八九十]+月|(?:周|星期)[一二三四五六日天]/gi

/**
 * Whether labels form a regular sequence (numbers, dates, 'item 1' ...), so that skipping some loses no information.
 */
export function isSequence(labels: readonly unknown[]): boolean {
  const shapes = labels.map((label) =>
    String(label)
      .replace(/\d+(?:[.,:]\d+)*/g, '0')
      .replace(CALENDAR, '0'),
  )
  return new Set(shapes).size <= Math.max(2, labels.length / 4)
}
