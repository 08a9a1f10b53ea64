// The words by which people call the columns of a table: plurals, single words of a longer name, and the same in the other language.

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
  ['name', '姓名', '名称', '名字'],
  ['year', '年份', '年度'],
  ['month', '月份'],
  ['date', '日期'],
  ['quarter', '季度'],
  ['sales', 'revenue', 'turnover', '销售额', '营业额', '营收', '销售金额'],
  ['units', 'quantity', 'qty', '销量', '数量', '件数', '销售量'],
  ['amount', '金额'],
  ['price', '价格', '单价', '售价'],
  ['cost', '成本', '费用'],
  ['profit', '利润'],
  ['income', '收入'],
  ['population', '人口'],
  ['temperature', 'temp', '气温', '温度'],
  ['rainfall', 'precipitation', '降水量', '降雨量'],
  ['score', 'mark', '分数', '成绩', '得分', '平均分'],
  ['rating', '评分'],
  ['age', '年龄'],
  ['gdp', '生产总值'],
  ['rate', '比率', '比例'],
]

/** Each column's other names, in lower case; a word that could be two columns is the first one's. */
export function otherNames(columns: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const add = (word: string, column: string) => {
    for (const form of formsOf(word)) if (!names.has(form)) names.set(form, column)
  }
  for (const column of columns) add(column.normalize('NFKC').toLowerCase().trim(), column)
  for (const column of columns) for (const word of wordsOf(column)) add(word, column)
  for (const column of columns) {
    const words = wordsOf(column)
    for (const group of THINGS) {
      if (!group.some((thing) => words.some((word) => word === thing || (isHan(thing) && word.includes(thing)))))
        continue
      for (const thing of group) add(thing, column)
    }
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

function formsOf(word: string): string[] {
  if (!/^[a-z][a-z ]*[a-z]$/.test(word)) return [word]
  const plural = /[^aeiou]y$/.test(word)
    ? `${word.slice(0, -1)}ies`
    : /(?:s|x|ch|sh)$/.test(word)
      ? `${word}es`
      : `${word}s`
  const single = /[^s]s$/.test(word) ? [word.slice(0, -1)] : []
  return [word, plural, ...single]
}

function isHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text)
}
