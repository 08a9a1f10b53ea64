// The phrasebook, part five: the arguments of charts and tables.
import { argument, type Phrase } from './lexicon.ts'
import type { Args } from './mention.ts'

/** A measure before 最高 or 前10; never the verbs before it. */
const MEASURE = '(?![一两这那帮请把将画做给生制显展列用的出我各每按找绘看想要])([\\p{L}\\d_]{1,20}?)'
const THINGS = '(?:地区|省份?|国家|城市|公司|产品|项目|地方|县|区|人|品牌|行业|学校|球队|歌手|电影)'

export const TABLE_PHRASES: readonly Phrase[] = [
  argument(
    ([top]) => ({ top }),
    '(?:the )?(?:top|first) ?#|# (?:largest|biggest|highest|best|top)|排?名?前~#~(?:名|个|位|强|大|条)?|最[高大多]的#(?:名|个|位)?',
  ),
  argument(
    (_, [measure, top, things]) => topOf(measure, top, things),
    `${MEASURE}最[高大多]的#(?:名|个|位|强)?(${THINGS})?`,
    `${MEASURE}(?:排名)?(?:的)?前#(?:名|个|位|强)?的?(${THINGS})`,
    `([a-z]{2,20})~(?:排名)?前#(?:名|个|位|强)?`,
  ),
  argument(
    (_, [top, things, measure]) => topOf(measure, top, things),
    '(?:the )?top ?# (\\p{L}{3,20}) by (\\p{L}{2,20})(?! chart)',
  ),
  argument(
    { overTime: true },
    'over (?:the )?(?:time|years)|(?:by|per|each|every) year|(?:one|a) frame (?:a|per) year|year by year|changing over time|随(?:着)?(?:时间|年份)(?:的)?(?:变化|推移)?|逐年(?:变化)?|每一?年|按年份?|历年',
  ),
  argument(
    { bigYear: true },
    '(?:with )?(?:the |a )?(?:big|large|huge) years?(?: (?:shown )?in (?:the )?title)?|(?:the )?years? (?:shown )?(?:large|big)(?: in (?:the )?title)?|years? in (?:the )?title',
  ),
  argument(
    { bigYear: true },
    '年份?(?:要|应|也)?(?:放大|大一点|加大|显示大一些|变大)[,、并]?(?:并)?(?:显示)?(?:(?:放到|放在|加到|写在|显示在|放入)(?:图的|图表)?(?:标题|题目)(?:中|里面?|上)?)?|年份?(?:放到|放在|加到|写在|显示在)(?:标题|题目)(?:中|里面?|上)?',
  ),
  argument(
    ([fromYear]) => ({ fromYear }),
    '(?:from|since|starting (?:in|from|with)|beginning (?:in|with)) (?:the year )?#(?= |,|$|-|\\.)|[从自]~#~年?(?:开始|起|以来|以后)?',
  ),
  argument(
    ([fromYear, toYear]) => ({ fromYear, toYear }),
    '(?:from|between) #~(?:to|-|until|through|and)~#|[从自]?~#~年?~(?:到|至|-)~#~年',
  ),
].flat()

function topOf(measure?: string, top?: string, things?: string): Args {
  return { measure, top: top === undefined ? undefined : Number.parseInt(top, 10), things }
}
