// Formats sizes, durations and counts for display.

/** 312 KB, 4.5 MB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 999_500) return `${(bytes / 1000).toFixed(bytes < 9950 ? 1 : 0)} KB`
  return `${(bytes / 1_000_000).toFixed(bytes < 9_950_000 ? 1 : 0)} MB`
}

/** 640 × 480, or an empty string without a size. */
export function formatSize({ width, height }: { readonly width?: number; readonly height?: number }): string {
  return width && height ? `${width} × ${height}` : ''
}

/** 80 ms, 2.4 s, 1 min 5 s. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** 950, 1.2k, 34k. */
export function formatCount(value: number): string {
  if (value < 1000) return String(value)
  return `${(value / 1000).toFixed(value < 9950 ? 1 : 0)}k`
}
