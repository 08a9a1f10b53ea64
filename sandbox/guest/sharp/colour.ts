// sharp's colour parser, loaded when the first colour is parsed: its tables take half the time the bundle takes to start.
type Colour = (value: unknown) => unknown

let parse: Colour | undefined

export default function colour(value: unknown): unknown {
  parse ??= require('sharp:colour') as Colour
  return parse(value)
}
