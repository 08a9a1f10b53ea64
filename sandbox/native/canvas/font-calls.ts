// GlobalFonts for a session: it may add and remove its own font files; the shipped ones stay.
import { GlobalFonts } from './skia.ts'
import { FONT_METHODS } from '../../guest/canvas/command-table.ts'
import { LimitError } from '../operation.ts'
import type { OperationContext } from '../operation.ts'
import { fileBytes } from './files.ts'
import { checkNoNul } from './values.ts'

const MAX_FONTS = 50
let fonts = 0

interface Key {
  readonly typefaceId: number
}

type Method = (...args: unknown[]) => unknown

/** Runs one method of GlobalFonts; `keep` stores the key of an added font. */
export function callFontMethod(
  method: string,
  values: readonly unknown[],
  context: OperationContext,
  keep: (key: object) => void,
): unknown {
  if (method === 'registerFromPath') return registerFontFile(values, context, keep)
  if (!FONT_METHODS.has(method)) throw new Error(`GlobalFonts has no method ${method}`)
  if (method === 'setAlias') checkNoNul(values)
  if (method === 'register') return registerFont(values, keep)
  const answer = (GlobalFonts as unknown as Record<string, Method>)[method]?.(...values)
  if (method === 'getFamilies') return Buffer.from(String(answer))
  return answer
}

function registerFontFile(values: readonly unknown[], context: OperationContext, keep: (key: object) => void): unknown {
  const [path, ...rest] = values
  // The real method judges, and rejects, values of the wrong type.
  if (typeof path !== 'string')
    return (GlobalFonts as unknown as Record<string, Method>)['registerFromPath']?.(...values)
  const bytes = fileBytes(path, context.files)
  return typeof bytes === 'string' ? null : registerFont([Buffer.from(bytes), ...rest], keep)
}

function registerFont(values: readonly unknown[], keep: (key: object) => void): unknown {
  if (fonts >= MAX_FONTS)
    throw new LimitError(
      'EASEL_LIMIT_FONTS',
      `More than ${MAX_FONTS} fonts were registered in this session; the limit is ${MAX_FONTS}.`,
    )
  const key = (GlobalFonts as unknown as Record<string, Method>)['register']?.(...values) as Key | null
  if (!key) return null
  fonts += 1
  keep(key)
  return key.typefaceId
}
