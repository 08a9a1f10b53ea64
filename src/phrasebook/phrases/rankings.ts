// The phrasebook, part six: the largest and the smallest, by a named measure or by what an adjective refers to.
import { argument, type Phrase } from './lexicon.ts'
import type { Args } from '../parsing/intent.ts'
import { numberOf } from '../parsing/numerals.ts'

/** A measure before 最高 or 前10, without the verbs before it. */
const MEASURE = '(?![一两这那帮请把将画做给生制显展列用的出我各每按找绘看想要排])([\\p{L}\\d_]{1,20}?)'
const THINGS =
  '(?:地区|省份?|国家|城市|公司|产品|商品|项目|地方|县|区|人|学生|员工|顾客|客户|患者|病人|品牌|行业|学校|球队|歌手|电影)'
const COUNTED = '(?:名|个|位|强|款|件)?'
const PEOPLE = 'people|persons|customers|patients|students|employees|individuals'
const WHO = `(?: (?:${PEOPLE}|ones|rows|records|entries|cases))?`

/** Adjectives, what they refer to, and whether they mean the smallest. */
const ADJECTIVES: readonly (readonly [string, string, string, boolean])[] = [
  ['age', 'oldest|eldest', '老|年长', false],
  ['age', 'youngest', '年轻', true],
  ['price', 'most expensive|priciest|costliest|dearest', '贵|昂贵', false],
  ['price', 'cheapest|least expensive', '便宜', true],
  ['height', 'tallest', '高大', false],
  ['height', 'shortest', '矮', true],
  ['weight', 'heaviest', '重', false],
  ['weight', 'lightest', '轻', true],
  ['speed', 'fastest', '快', false],
  ['speed', 'slowest', '慢', true],
  ['income', 'richest|best paid|best-paid', '富有?|有钱', false],
  ['income', 'poorest|worst paid|worst-paid', '穷|贫穷', true],
]

export const RANKING_ARGUMENTS: readonly Phrase[] = [
  argument(
    ([top]) => ({ top }),
    '(?:the )?(?:top|first) ?#|# (?:largest|biggest|highest|best|top)|(?:the )?(?:largest|biggest|highest) #|排?名?前~#~(?:名|个|位|强|大|条)?|最[高大多]的~#~(?:名|个|位)?',
  ),
  argument(
    ([top]) => ({ top, least: true }),
    '# (?:smallest|lowest|fewest)|(?:the )?(?:smallest|lowest|fewest) #|(?:the )?bottom #(?! ?(?:px|pixels?|%|percent|x|×|rows))|最[低小少]的~#~(?:名|个|位)?',
  ),
  argument(
    (_, [measure, most, top, things]) => topOf(measure, top, things, /[低小少]/.test(most ?? '')),
    `${MEASURE}~最([高大多低小少])的~#~${COUNTED}(${THINGS})?`,
  ),
  argument(
    (_, [measure, top, things]) => topOf(measure, top, things),
    `${MEASURE}(?:排名)?(?:的)?前~#~(?:名|个|位|强)?的?(${THINGS})`,
    `([a-z]{2,20})~(?:排名)?前#(?:名|个|位|强)?`,
  ),
  argument(
    (_, [top, things, measure]) => topOf(measure, top, things),
    '(?:the )?top ?# (\\p{L}{3,20}) by (?!(?:growth|share|change|increase|total|sum|average|mean|median|the) ?)(\\p{L}{2,20})(?! chart)',
  ),
  argument((_, [top, things]) => topOf(undefined, top, things), `(?:the )?(?:top|first) ?# (${PEOPLE})`),
  argument(
    (_, [top, things, most]) => topOf(undefined, top, things, /lowest|smallest|least|fewest/i.test(most ?? '')),
    `(?:the )?(?:top )?# (${PEOPLE}|rows|records|entries) (?:with|having) (?:the )?(highest|largest|biggest|greatest|most|lowest|smallest|least|fewest)`,
  ),
  ...ADJECTIVES.flatMap(([measure, english, chinese, least]) => [
    ...argument(
      ([top]) => rowsBy(measure, top, least),
      `(?:the )?(?:top )?# (?:${english})${WHO}|(?:the )?(?:${english}) #${WHO}`,
    ),
    ...argument(
      ([top]) => rowsBy(measure, top, least),
      `(?:年纪|价格)?最(?:${chinese})的~#~${COUNTED}(?:人|学生|员工|顾客|客户|患者|病人)?`,
    ),
  ]),
].flat()

/** A year before a measure selects that year: 2022年GDP. */
function topOf(said?: string, top?: string, things?: string, least = false): Args {
  const [, year, rest] = /^((?:19|20)\d\d)年?的?(.+)$/u.exec(said ?? '') ?? []
  return {
    ...(rest || said ? { measure: rest ?? said } : {}),
    ...(year ? { fromYear: Number(year), toYear: Number(year) } : {}),
    ...(top === undefined ? {} : { top: numberOf(top) }),
    ...(things ? { things } : {}),
    ...(least ? { least } : {}),
  }
}

function rowsBy(measure: string, top: number | undefined, least: boolean): Args {
  return { measure, top, things: 'rows', ...(least ? { least } : {}) }
}
