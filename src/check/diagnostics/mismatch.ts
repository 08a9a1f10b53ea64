// Extracts from the text of a type error what was given and what is expected.

/** Kinds of values, none of which is ever accepted in place of another, whatever their exact types. */
type ValueKind = 'string' | 'number' | 'boolean' | 'array' | 'function' | 'object'

export interface Mismatch {
  /** The string literal that was given where only other literals are allowed. */
  readonly literal?: string
  readonly given: ValueKind | undefined
  /** Undefined if not all the expected types are of a known kind. */
  readonly expected: readonly ValueKind[] | undefined
}

const PAIRS = [
  ["Argument of type '", "' is not assignable to parameter of type '"],
  ["Type '", "' is not assignable to type '"],
] as const

/** The innermost reason of the message; undefined if it is not a mismatch of types. */
export function mismatchOf(message: string): Mismatch | undefined {
  for (const line of message.split('\n').toReversed()) {
    for (const [opening, between] of PAIRS) {
      const pair = pairIn(line.trim(), opening, between)
      if (!pair) continue
      const [given, expected] = pair
      const literal = /^"((?:[^"\\]|\\.)*)"$/.exec(given)?.[1]
      const kinds = partsOf(expected).map(kindOf)
      const isKnown = kinds.every((kind) => kind !== undefined)
      return {
        ...(literal !== undefined && { literal }),
        given: kindOf(given),
        expected: isKnown ? kinds : undefined,
      }
    }
  }
  return undefined
}

/** The two types in a line. Searched piece by piece, as a type may be long and contain any text. */
function pairIn(line: string, opening: string, between: string): readonly [string, string] | undefined {
  const at = line.lastIndexOf(between)
  if (!line.startsWith(opening) || at <= opening.length) return undefined
  const rest = line.slice(at + between.length)
  for (let end = rest.indexOf("'", 1); end > 0; end = rest.indexOf("'", end + 1)) {
    const after = rest[end + 1] === '.' ? end + 2 : end + 1
    const isEnd =
      after === rest.length || rest.startsWith(' Did you mean ', after) || rest.startsWith(' Did you mean ', end + 1)
    if (isEnd) return [line.slice(opening.length, at), rest.slice(0, end)]
  }
  return undefined
}

/** An option that does not exist: its name, the type that lacks it, and the nearest existing name. */
export interface UnknownOption {
  readonly name: string
  readonly type: string
  readonly nearest?: string | undefined
}

export function unknownOptionOf(message: string): UnknownOption | undefined {
  const found = /'([^']+)' does not exist in type '(.+?)'(?:\. Did you mean to write '([^']+)'\?)?\.?$/m.exec(message)
  return found ? { name: found[1]!, type: found[2]!, nearest: found[3] } : undefined
}

/** The members of a union; brackets are not split. */
function partsOf(type: string): string[] {
  const parts: string[] = ['']
  let depth = 0
  for (const [i, char] of Array.from(type).entries()) {
    if ('([{<'.includes(char)) depth++
    // The `>` of an arrow closes nothing.
    else if (')]}'.includes(char) || (char === '>' && type[i - 1] !== '=')) depth--
    if (char === '|' && depth === 0) parts.push('')
    else parts[parts.length - 1] += char
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

function kindOf(type: string): ValueKind | undefined {
  if (type === 'string' || /^["`]/.test(type)) return 'string'
  if (type === 'number' || /^-?\d/.test(type)) return 'number'
  if (type === 'boolean' || type === 'true' || type === 'false') return 'boolean'
  if (/^\(.*\) => /.test(type)) return 'function'
  if (/^(?:readonly )?(?:\[.*\]|.*\[\])$/.test(type)) return 'array'
  if (/^\{.*\}$/.test(type) || OBJECTS.test(type)) return 'object'
  return undefined
}

/** Object types that cannot be written as a literal. */
const OBJECTS = /^(?:Sharp|Canvas|Image|ImageData|Path2D|Buffer|Uint8Array|Uint8ClampedArray|Date)(?:<.*>)?$/
