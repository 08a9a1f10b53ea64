// Range requests (RFC 9110): which bytes a Range header asks for.

export type ByteRange = { readonly start: number; readonly end: number } | 'all' | 'none'

/** The bytes `start` to `end`, both included; `none`: not satisfiable; several ranges are treated as no header. */
export function rangeOf(header: string | undefined, size: number): ByteRange {
  const [, from = '', to = ''] = /^bytes=\s*(\d*)-(\d*)\s*$/.exec(header ?? '') ?? []
  if (from === '' && to === '') return 'all'
  if (from === '') {
    const length = Math.min(Number(to), size)
    return length > 0 ? { start: size - length, end: size - 1 } : 'none'
  }
  const start = Number(from)
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (to !== '' && Number(to) < start) return 'all'
  return start < size ? { start, end } : 'none'
}
