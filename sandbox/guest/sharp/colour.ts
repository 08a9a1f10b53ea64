// sharp's colour parser, loaded on first use, because loading its tables takes half of the bundle's startup time.
type Colour = (value: unknown) => unknown

let parse: Colour | undefined

export default function colour(value: unknown): unknown {
  parse ??= require('sharp:colour') as Colour
  return parse(value)
}
