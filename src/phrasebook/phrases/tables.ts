// The phrasebook, part five: charts and tables, and their arguments.
import { argument, operation, type Phrase } from './lexicon.ts'
import { RANKING_ARGUMENTS } from './rankings.ts'

export const TABLE_OPERATIONS: readonly Phrase[] = [
  operation(
    'summary',
    {},
    'summar(?:y|ise|ize|ies)(?: statistics)?|statistics|stats|overview|describe|descriptive statistics',
  ),
  operation('summary', {}, '汇总|概览|概况|统计(?:信息|数据|一下)?|摘要|概述|总结|描述'),
  operation(
    'table',
    {},
    '(?:as|in|into|to) (?:a |an? )?(?:csv |data )?table(?: form(?:at)?)?|(?:(?:a|the) )?table (?:of|showing)|(?:a|the) table (?:with|for)|(?:as|to|in) (?:a )?csv(?: file| format)?|tabulated?|in tabular form',
  ),
  operation(
    'table',
    {},
    '(?:give|show|make|create|build|draw|get)(?: me)? (?:a|the|another) table(?: of| with| for)?|list(?:ed)?(?: up)?',
  ),
  operation(
    'table',
    {},
    '(?:做成?|列成?|制成?|生成|转成|变成|换成|改成|换为|改为|弄成|画成|整理成|整理为|汇总成|输出成?|导出(?:成|为)?|保存(?:成|为)?|存成|给我)(?:一[个张份])?(?:表格?|列表|csv(?:表格|文件)?)|(?:以|用)(?:表格?|列表)(?:的?形式)?(?:展示|显示|列出)?|表格形式|列表|列出来?|的表格?(?= *[。.!！]?$)',
  ),
  operation('chart', {}, 'charts?|plot(?:ted)?|graph|图表'),
  operation(
    'chart',
    { chart: 'bar' },
    '(?:bar|column)s? ?(?:charts?|graphs?|plots?)|bars|(?:对比|比较)?的?(?:柱状图|条形图|柱形图|直条图)',
  ),
  operation(
    'chart',
    { chart: 'line' },
    'line ?(?:charts?|graphs?|plots?)|(?:as )?lines|(?:对比|比较)?(?:折线图|线图|曲线图)',
  ),
  operation('chart', { chart: 'line', overTime: true }, 'trends?(?: line)?|(?:变化)?趋势图?|变化图|走势图?|变化曲线'),
  operation('chart', { chart: 'pie' }, 'pie(?: ?(?:charts?|graphs?))?|饼状图|饼图|扇形图'),
  operation('chart', { chart: 'scatter' }, 'scatter ?(?:plots?|charts?|graphs?)?|散点图'),
  operation(
    'race',
    {},
    '(?:bar )?(?:chart )?race|racing bars?|animated (?:bar |line )?(?:chart|graph)|动态(?:的)?(?:变化|柱状|条形|排名|排行|排序)+图?|动态图表|动态(?:展示|显示|演示)',
  ),
].flat()

export const TABLE_ARGUMENTS: readonly Phrase[] = [
  ...RANKING_ARGUMENTS,
  argument(
    { overTime: true },
    'over (?:the )?(?:time|years)|(?:by|per|each|every) (?:date|day|quarter)|(?:one|a) frame (?:a|per) year|changing over time|随(?:着)?(?:时间|年份)(?:的)?(?:变化|推移)?|按(?:时间|日期|季度|天)|每[天日]',
  ),
  argument(
    { overTime: true, unit: 'year' },
    '(?:(?:by|per|each|every|for each) (?:the )?year|yearly|annual(?:ly)?|year by year|years?)|逐年(?:变化)?|(?:每一?|按|[历各])年(?![龄级薪收])[份度]?|年[度份]',
  ),
  argument(
    { overTime: true, unit: 'month' },
    '(?:by|per|each|every|for each) month|monthly|month by month|months?|逐月|每个?月|按月[份度]?|各月|月份',
  ),
  argument(
    { aggregate: 'sum' },
    'totals?|totall?ed|sums?(?: of)?|summed(?: up)?|总(?:和|计|额|量|数)?|合计|求和|累计|加总',
  ),
  argument(
    { share: true },
    '(?:percentage |percent )?shares?(?: of (?:the )?total)?|(?:as )?(?:a )?(?:percentages?|proportions?|fractions?)(?: of (?:the )?total)?|占(?:比|总[额量数]?的?(?:比例|百分比|比重))|比重|份额|百分比|占',
  ),
  argument({ things: 'category' }, '(?:categor(?:y|ies)|groups?)|(?:类别|分类|分组|品类|种类)'),
  argument({ aggregate: 'average' }, '(?:the )?(?:averages?|averaged|means?|avg)|on average|平均值?|均值'),
  argument(
    { aggregate: 'count' },
    '(?:the )?(?:number|count) of (?:rows|records|entries|lines|cases)|counts?|how many(?: rows| records| entries| people| persons)?|number of people|人数|行数|条数|个数|计数|多少[行条个]',
  ),
  argument(([head]) => ({ head }), '(?:the )?(?:first|top) # (?:rows|lines|records)(?: of)?|前~#~[行条](?:数据|记录)?'),
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
    (_, [year]) => ({ fromYear: Number(year), toYear: Number(year) }),
    '(?:in|for|during) (?:the year )?((?:19|20)\\d\\d)|(?:在)?((?:19|20)\\d\\d)~年(?!~?(?:到|至|-|起|开始|以))',
  ),
  argument(
    ([fromYear, toYear]) => ({ fromYear, toYear }),
    '(?:from|between) #~(?:to|-|until|through|and)~#|[从自]?~#~年?~(?:到|至|-)~#~年',
  ),
].flat()
