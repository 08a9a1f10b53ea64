// The words by which people call the columns of a table: plurals, single words of a longer name, and the same in the other language.

/** A column as a file's card has it. */
export interface Column {
  readonly name: string
  readonly type: string
}

/** Words for one thing in tables; a column that has one of them in its name is meant by all of them. */
const THINGS: readonly (readonly string[])[] = [
  ['region', 'area', 'province', '地区', '区域', '省份', '大区'],
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

/** Wider families: what is paid, what comes in, how many. Only for a table in which one column is of the family. */
const FAMILIES: readonly (readonly string[])[] = [
  ['price', 'cost', 'charge', 'expense', 'fee', '价格', '单价', '售价', '成本', '费用', '花费', '开销'],
  ['income', 'revenue', 'sales', 'turnover', 'earnings', 'salary', 'wage', '收入', '销售额', '营业额', '营收', '工资'],
  ['quantity', 'units', 'qty', 'number', '数量', '件数', '销量'],
]

/** Each column's other names, in lower case. Its own words go first; a word for a kind of thing only means the one column of that kind. */
export function otherNames(columns: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const add = (word: string, column: string) => {
    for (const form of formsOf(word)) if (!names.has(form)) names.set(form, column)
  }
  for (const column of columns) add(column.normalize('NFKC').toLowerCase().trim(), column)
  const words = columns.map(wordsOf)
  for (const [at, column] of columns.entries()) for (const word of words[at]!) add(word, column)
  const forms = words.map((own) => new Set(own.flatMap(formsOf)))
  for (const group of [...THINGS, ...FAMILIES]) {
    const isOne = (_: string, at: number) =>
      group.some((thing) => forms[at]!.has(thing) || (isHan(thing) && words[at]!.some((word) => word.includes(thing))))
    const [only, ...others] = columns.filter(isOne)
    if (only !== undefined && others.length === 0) for (const thing of group) add(thing, only)
  }
  return names
}

/** The words of the name of a table's file: what its numbers may be called. */
export function wordsOfFile(name: string): string[] {
  const stem = /([^/]*)\.(?:csv|tsv|xlsx?|jsonl?)$/i.exec(name)?.[1] ?? ''
  return wordsOf(stem).filter((word) => /^\p{L}{3,}$/u.test(word))
}

function wordsOf(name: string): string[] {
  const plain = name
    .normalize('NFKC')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return plain
    .split(/[^\p{L}\d]+|(?<=\p{Script=Han})(?=[a-z])|(?<=[a-z])(?=\p{Script=Han})/u)
    .filter((word) => word.length > 1)
}

/** A word, its plural, and its singular. */
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

/** True where there is Chinese in it. */
export function isHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text)
}

/** The columns' names for a sentence, the first dozen. */
export function listed({ all }: { readonly all: readonly Column[] }): string {
  const names = all.map(({ name }) => name)
  return names.length > 12 ? `${names.slice(0, 12).join(', ')} … (${names.length})` : names.join(', ')
}
