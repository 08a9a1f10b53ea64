// Runs one request for rows at a time: a new one cancels the one before.

export interface RowRange {
  readonly from: number
  readonly count: number
}

/** `onDone` is called unless the request was cancelled. */
export function createLatestRequest(onProblem: (problem: unknown) => void, onDone: () => void) {
  let underWay: { readonly range: RowRange; readonly leave: AbortController } | undefined
  return {
    /** Whether the row is being fetched. */
    covers: (row: number): boolean =>
      underWay !== undefined && row >= underWay.range.from && row < underWay.range.from + underWay.range.count,
    run(range: RowRange, work: (signal: AbortSignal) => Promise<void>): void {
      underWay?.leave.abort()
      const leave = new AbortController()
      const mine = (underWay = { range, leave })
      const end = (): boolean => {
        const isLatest = underWay === mine
        if (isLatest) underWay = undefined
        return isLatest
      }
      work(leave.signal).then(
        () => end() && onDone(),
        (error: unknown) => end() && !leave.signal.aborted && onProblem(error),
      )
    },
    cancel(): void {
      underWay?.leave.abort()
      underWay = undefined
    },
  }
}
