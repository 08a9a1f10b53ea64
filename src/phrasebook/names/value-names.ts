// Values of text columns that a request may name: "Juice", 广东, "Guangdong". Known from the file info, each by its whole
// text, by its parts in two languages, and by short forms of place names.
import type { FileInfo } from '../../../sandbox/protocol.ts'
import { formsOf, isHan, plainName } from './column-names.ts'

/** A value of a column. */
export interface NamedValue {
  readonly column: string
  readonly value: string
}

/** Values that are words of their own meaning in any sentence. */
const COMMON =
  /^(?:yes|no|y|n|true|false|t|f|是|否|有|无|all|other|others|none|total|sum|average|top|first|last|其他|合计|总计|全部)$/i
/** Endings that people leave out of names of places. */
const PLACE_END = /(?:(?:壮族|回族|维吾尔)?自治区|特别行政区|省|市|区|县|州)$/u
/** English names of provinces, by their short Chinese names. */
const ENGLISH_PLACES: Readonly<Record<string, string>> = {
  北京: 'beijing',
  天津: 'tianjin',
  河北: 'hebei',
  山西: 'shanxi',
  内蒙古: 'inner mongolia',
  辽宁: 'liaoning',
  吉林: 'jilin',
  黑龙江: 'heilongjiang',
  上海: 'shanghai',
  江苏: 'jiangsu',
  浙江: 'zhejiang',
  安徽: 'anhui',
  福建: 'fujian',
  江西: 'jiangxi',
  山东: 'shandong',
  河南: 'henan',
  湖北: 'hubei',
  湖南: 'hunan',
  广东: 'guangdong',
  广西: 'guangxi',
  海南: 'hainan',
  重庆: 'chongqing',
  四川: 'sichuan',
  贵州: 'guizhou',
  云南: 'yunnan',
  西藏: 'tibet',
  陕西: 'shaanxi',
  甘肃: 'gansu',
  青海: 'qinghai',
  宁夏: 'ningxia',
  新疆: 'xinjiang',
  香港: 'hong kong',
  澳门: 'macau',
  台湾: 'taiwan',
}

const known = new WeakMap<FileInfo, ReadonlyMap<string, NamedValue>>()

/** Values by their names in lower case; a name that two values share is left out. Cached by file info. */
export function valueNames(card: FileInfo): ReadonlyMap<string, NamedValue> {
  const names = known.get(card) ?? namesIn(card)
  known.set(card, names)
  return names
}

function namesIn({ columns = [] }: FileInfo): ReadonlyMap<string, NamedValue> {
  const names = new Map<string, NamedValue>()
  const shared = new Set<string>()
  for (const { name: column, values, names: more } of columns)
    for (const value of values ?? more ?? [])
      for (const form of formsOfValue(value)) {
        const before = names.get(form)
        if (before && (before.value !== value || before.column !== column) && form !== plainName(value))
          shared.add(form)
        else if (!before || form === plainName(value)) names.set(form, { column, value })
      }
  for (const form of shared) if (plainName(names.get(form)!.value) !== form) names.delete(form)
  return names
}

function formsOfValue(value: string): string[] {
  const plain = plainName(value)
  const parts = isHan(plain) ? plain.split(/\s+|(?<=\p{Script=Han})(?=[a-z])|(?<=[a-z])(?=\p{Script=Han})/u) : []
  const mixed =
    parts.length > 1 && parts.some((part) => !isHan(part)) ? [chosen(parts, true), chosen(parts, false)] : []
  const short = isHan(plain) && plain.length > 2 ? plain.replace(PLACE_END, '') : plain
  const english = ENGLISH_PLACES[short]
  const all = [plain, ...mixed, ...(short.length > 1 ? [short] : []), ...(english ? [english] : [])]
  return [...new Set(all.flatMap((form) => (isHan(form) ? [form] : formsOf(form))))].filter(
    (form) => form.length > (isHan(form) ? 0 : 1) && !COMMON.test(form) && !/^[\d.,%-]+$/.test(form),
  )
}

/** The Chinese words of a value in two languages, or the others. */
function chosen(parts: readonly string[], han: boolean): string {
  return parts.filter((part) => isHan(part) === han).join(han ? '' : ' ')
}
