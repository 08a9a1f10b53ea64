// Other words for the columns of a table: plurals, single words of a longer name, and synonyms in both languages.

/** A column as in a file's info. */
export interface Column {
  readonly name: string
  readonly type: string
  /** The smallest and the largest number or date, as far as known. */
  readonly least?: number | string
  readonly most?: number | string
}

/** A table's columns by content. */
export interface Columns {
  readonly all: readonly Column[]
  readonly numbers: readonly string[]
  readonly texts: readonly string[]
  /** Number columns named by years: the table is wide. */
  readonly years: readonly string[]
  /** A column of years, months or dates. */
  readonly time?: string
}

/** Synonyms: a column with one of them in its name can be called by all of them. */
const SYNONYMS: readonly (readonly string[])[] = [
  ['region', 'area', 'province', '地区', '区域', '省份', '大区', '省', '省市'],
  ['city', '城市'],
  ['country', 'nation', '国家'],
  ['product', 'item', 'goods', '产品', '商品', '货品', '品名'],
  ['category', 'type', 'kind', '类别', '分类', '种类', '品类', '类型'],
  ['store', 'shop', 'branch', '门店', '店铺', '商店', '分店'],
  ['department', '部门', '科室'],
  ['customer', 'client', '客户', '顾客'],
  ['brand', '品牌'],
  ['channel', '渠道'],
  ['subject', 'course', '科目', '学科', '课程'],
  ['class', '班级'],
  ['gender', 'sex', '性别'],
  ['smoker', '吸烟', '抽烟'],
  ['name', '姓名', '名称', '名字'],
  ['year', '年份', '年度'],
  ['month', '月份'],
  ['date', '日期'],
  ['quarter', '季度'],
  ['sales', 'revenue', 'turnover', '销售额', '营业额', '营收', '销售金额'],
  ['units', 'quantity', 'qty', '销量', '数量', '件数', '销售量'],
  ['amount', '金额'],
  ['price', '价格', '单价', '售价'],
  ['cost', 'charge', 'expense', 'fee', '成本', '费用', '花费', '开销'],
  ['profit', '利润'],
  ['income', 'earnings', '收入'],
  ['salary', 'wage', '工资', '薪水', '薪资'],
  ['height', '身高', '高度'],
  ['weight', '体重', '重量'],
  ['speed', '速度'],
  ['population', '人口'],
  ['temperature', 'temp', '气温', '温度'],
  ['rainfall', 'precipitation', '降水量', '降雨量'],
  ['score', 'mark', '分数', '成绩', '得分', '平均分'],
  ['rating', '评分'],
  ['age', '年龄'],
  ['gdp', '生产总值'],
  ['rate', '比率', '比例'],
]

/** Broader families, such as costs, revenues, quantities. Used only if one column of the table is of the family. */
const FAMILIES: readonly (readonly string[])[] = [
  ['price', 'cost', 'charge', 'expense', 'fee', '价格', '单价', '售价', '成本', '费用', '花费', '开销'],
  ['income', 'revenue', 'sales', 'turnover', 'earnings', 'salary', 'wage', '收入', '销售额', '营业额', '营收', '工资'],
  ['quantity', 'units', 'qty', 'number', '数量', '件数', '销量'],
]

/** All groups, and their indexes by word. */
const GROUPS = [...SYNONYMS, ...FAMILIES]
const GROUPS_OF = new Map<string, number[]>()
for (const [at, group] of GROUPS.entries())
  for (const thing of group) GROUPS_OF.set(thing, [...(GROUPS_OF.get(thing) ?? []), at])
const HAN_BY_START = Map.groupBy([...GROUPS_OF.keys()].filter(isHan), (thing) => thing[0]!)

const known = new WeakMap<readonly Column[], ReadonlyMap<string, string>>()

/** Columns by their other names, in lower case; cached. Own words precede synonyms, which must fit one column only. */
export function otherNames(columns: readonly Column[]): ReadonlyMap<string, string> {
  const names = known.get(columns) ?? namesOf(columns.map(({ name }) => name))
  known.set(columns, names)
  return names
}

/** Linear in the characters of the columns. */
function namesOf(columns: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const add = (word: string, column: string) => {
    for (const form of formsOf(word)) if (!names.has(form)) names.set(form, column)
  }
  for (const column of columns) add(plainName(column), column)
  const words = columns.map(wordsOf)
  for (const [at, column] of columns.entries()) for (const word of words[at]!) add(word, column)
  // For each group, the columns with one of its words, two at most.
  const found = GROUPS.map(() => new Set<number>())
  for (const [at, own] of words.entries())
    for (const thing of own.flatMap(groupWordsIn))
      for (const group of GROUPS_OF.get(thing) ?? []) if (found[group]!.size < 2) found[group]!.add(at)
  for (const [group, [only, ...others]] of found.map((all) => [...all]).entries())
    if (only !== undefined && others.length === 0) for (const thing of GROUPS[group]!) add(thing, columns[only]!)
  return names
}

/** Candidates for group words in a word: its forms, and its substrings if it is Chinese. */
function groupWordsIn(word: string): string[] {
  const things = formsOf(word)
  if (!isHan(word)) return things
  for (let at = 0; at < word.length; at++)
    for (const thing of HAN_BY_START.get(word[at]!) ?? []) if (word.startsWith(thing, at)) things.push(thing)
  return [...new Set(things)]
}

/** Number columns named by years. */
export function yearsIn(columns: readonly Column[]): string[] {
  return columns.flatMap(({ name, type }) =>
    type === 'number' && /^\D{0,3}(?:19|20)\d\d\D{0,2}$/.test(name) ? [name] : [],
  )
}

/** A name in the form that is searched for in a text. */
export function plainName(name: string): string {
  return name.normalize('NFKC').toLowerCase().trim()
}

/** The name without a bracketed part at its end: "GDP (bn)" is GDP. */
export function bareName(name: string): string | undefined {
  if (!/[)\]]$/.test(name) || /[\n\r\u2028\u2029]/.test(name)) return undefined
  const open = name.slice(1).search(/[([]/) + 1
  if (open === 0) return undefined
  return name.slice(0, open > 1 && name[open - 1] === ' ' ? open - 1 : open)
}

const nameSets = new WeakMap<readonly Column[], ReadonlySet<string>>()

/** Whether one of the columns has this name; cached. */
export function hasColumn(columns: readonly Column[], name: string): boolean {
  const names = nameSets.get(columns) ?? new Set(columns.map((column) => column.name))
  nameSets.set(columns, names)
  return names.has(name)
}

/** The words of a table's file name, which may be used for its numbers. */
export function wordsOfFile(name: string): string[] {
  const file = name.slice(name.lastIndexOf('/') + 1)
  const end = /\.(?:csv|tsv|xlsx?|jsonl?)$/i.exec(file)
  const stem = end ? file.slice(0, end.index) : ''
  return wordsOf(stem).filter((word) => /^\p{L}{3,}$/u.test(word))
}

/** Characters of a name that are split into words. */
const MAX_READ = 100

function wordsOf(name: string): string[] {
  const plain = name
    .slice(0, MAX_READ)
    .normalize('NFKC')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return plain
    .split(/[^\p{L}\d]+|(?<=\p{Script=Han})(?=[a-z])|(?<=[a-z])(?=\p{Script=Han})/u)
    .filter((word) => word.length > 1)
}

/** A word with its plural and singular. */
export function formsOf(word: string): string[] {
  if (!/^[a-z][a-z ]*[a-z]$/.test(word)) return [word]
  const plural = /[^aeiou]y$/.test(word)
    ? `${word.slice(0, -1)}ies`
    : /(?:s|x|ch|sh)$/.test(word)
      ? `${word}es`
      : `${word}s`
  const single = /[^s]s$/.test(word) ? [word.slice(0, -1)] : []
  return [word, plural, ...single]
}

/** Whether the text contains Chinese. */
export function isHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text)
}

/** The columns' names for a sentence, the first dozen. */
export function listColumns({ all }: { readonly all: readonly Column[] }): string {
  const names = all.map(({ name }) => name)
  return names.length > 12 ? `${names.slice(0, 12).join(', ')} … (${names.length})` : names.join(', ')
}
