// What one entry of the help holds.

export interface Topic {
  /** Search keys: function names, or words. */
  readonly names: readonly string[]
  readonly family: string
  /** Signatures, and options with their defaults. */
  readonly text: string
  /** Two lines that run on photo.jpg, spin.gif or table.csv. */
  readonly example: string
}
