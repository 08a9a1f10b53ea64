// The phrasebook, part six: questions about tables - what is asked for, of what, in which order and form. Only read where
// there is a table.
import { argument, mark, operation, type Phrase } from './lexicon.ts'
import type { TableFormat } from '../parsing/intent.ts'

const DATA = '(?:table|here|it|file|data(?:set)?|csv|spreadsheet|sheet|dataset)'
const CHINESE_DATA = '(?:这个|这份|这张|这|该|表|表格|文件|数据|数据集|里面?|中|的){0,6}'

const WHOLE: readonly Phrase[] = [
  ...operation(
    'summary',
    {},
    `what(?:'s| is| do we have| can (?:you|i|we) (?:see|find|learn))? in (?:(?:this|the|my|that|our) )?${DATA}`,
    `what (?:does|do) (?:this|the|my|that) ${DATA} (?:contain|have|hold|look like|show|include|say)`,
    `(?:what is|what's) (?:this|the|that|my) ${DATA}(?: about)?|tell me (?:more )?about (?:this|the|my) ${DATA}`,
    `describe|description|explain|explore|profile|summari[sz]e|analy[sz]e|analysis|structure|schema|data types|quick look`,
    '(?:what|which)(?: are the)? columns(?: (?:are there|does it have|do(?:es)? (?:it|this|the \\w+) (?:have|contain)|exist))?|(?:the )?column names|names of (?:the )?columns|list(?: of)?(?: the| all)? columns',
    'how many (?:rows and columns|columns(?: and rows)?)(?: are there| does it have)?|how (?:big|large) is (?:this|the) (?:table|file|data(?:set)?)',
    `what (?:kind|type|sort) of data(?: is (?:this|it|in \\w+ \\w+))?`,
  ),
  ...operation(
    'summary',
    {},
    `${CHINESE_DATA}(?:有|包含|含有|包括)(?:了|着)?(?:些)?(?:什么|哪些|啥)(?:内容|数据|列|字段|信息|东西)?`,
    `${CHINESE_DATA}(?:讲|说)(?:的是|了|的)?(?:什么|啥)|${CHINESE_DATA}是(?:什么|关于什么|啥)(?:内容|数据|样的?|样子)?(?:的)?(?=~[??。]?~$)`,
    '介绍|分析|了解|基本(?:情况|信息|统计)|几行几列|(?:有)?多少行~?[,、和]?~?多少列|有几列|多少列|列名|字段名?|统计描述|描述性?统计|描述|概括|概述|概览|摸底|内容',
  ),
]

const ASKED: readonly Phrase[] = [
  ...argument(
    { which: true },
    'which|what (?=[a-z]+s? (?:has|have|had|is|was|were|are|did|sold|sells?|grew|ranks?|ranked|with)(?![a-z]))|who|(?:是)?哪(?:一)?(?:个|些|家|种|款|座|类|几个|几种|几家|几|位|里|儿)?(?!一?年|一?月|天|怕|有)|谁',
  ),
  ...argument(
    { which: true, overTime: true, unit: 'year' },
    '(?:in )?(?:which|what) years?|when|(?:是|在)?哪(?:一)?年',
  ),
  ...argument(
    { which: true, overTime: true, unit: 'month' },
    '(?:in )?(?:which|what) months?|(?:是|在)?哪(?:一)?个?月',
  ),
  ...argument(
    { distinct: true },
    '(?:distinct|unique|different)|how many (?:distinct|unique|different)|不重复的?|去重|都?有(?:哪些|哪几个|什么|几个|几种|多少(?:个|种|家|款)?)(?=[^数行条列字内]|$)|多少(?:个|种|家|款|类)不同的?',
  ),
  ...argument(
    { best: 'most' },
    '(?:the )?(?:highest|largest|biggest|greatest|best|most|top|leading|fastest|strongest|richest|number one|no\\. ?1)(?: (?:number|amount|value|total|share|level)s?(?: of)?)?(?: (?:sell(?:ing|ers?)|performing|performers?|earning))?|(?:ranks?|ranked|comes?|came|is|was) (?:the )?first|(?:sold|sells?|sell|earns?|earned|performs?|performed) (?:the )?(?:best|most)|leads?',
  ),
  ...argument(
    { best: 'least' },
    '(?:the )?(?:lowest|smallest|least|fewest|worst|poorest|weakest|slowest)(?: (?:number|amount|value|total|share|level)s?(?: of)?)?(?: (?:sell(?:ing|ers?)|performing|performers?))?|(?:ranks?|ranked|comes?|came|is|was) last|(?:sold|sells?|sell) (?:the )?(?:worst|least)|(?:the )?bottom',
  ),
  ...argument(
    { best: 'most' },
    '最(?:高|大|多|好|强|快|贵|猛|厉害|富|受欢迎|火|热门|畅销)的?(?:那个?)?|[卖销]得最(?:好|多|火|快)的?|卖的最(?:好|多)的?|(?:排名?|名列|位居|排在?)?第(?:一|1)(?:名|位)?的?|榜首|冠军',
  ),
  ...argument(
    { best: 'least' },
    '最(?:低|小|少|差|慢|弱|便宜|穷|冷门)的?(?:那个?)?|[卖销]得最(?:差|少|慢)的?|卖的最(?:差|少)的?|倒数第(?:一|1)(?:名|位)?的?|垫底的?|最后一名',
  ),
  ...argument({ aggregate: 'median' }, '(?:the )?medians?(?: values?)?(?: of)?|中位数|中位值|中值'),
  ...argument({ aggregate: 'max' }, '(?:the )?max(?:imum|ima)?(?: values?)?(?: of)?|最大值|最高值|峰值'),
  ...argument({ aggregate: 'min' }, '(?:the )?min(?:imum|ima)?(?: values?)?(?: of)?|最小值|最低值'),
  ...argument({ aggregate: 'deviation' }, '(?:the )?(?:standard deviations?|std\\.?(?: ?dev)?)(?: of)?|标准差'),
  ...argument(
    { aggregate: 'average' },
    '(?:the )?(?:averages?|means?|avg\\.?)(?: (?:values?|numbers?|amounts?))?(?: of)?|on average|平均(?:每个?)?(?:值|数|水平)?(?:是多少)?|均值',
  ),
  ...argument(
    { aggregate: 'sum' },
    '(?:the )?(?:grand )?(?:totals?|sums?|overall)(?: (?:values?|amounts?|numbers?))?(?: of)?|altogether|in total|combined|add(?:ed)? up|加起来|总共(?=.{0,30}(?:多少|是))|一共(?=.{0,30}(?:多少|是))|之和|总和|总计|合计|求和',
  ),
  ...argument(
    { aggregate: 'count' },
    'how many (?:rows|records|entries|lines|cases|orders|transactions|items|observations)(?: (?:are there|does (?:it|this \\w+|the \\w+) have))?|(?:the )?(?:number|count) of (?:rows|records|entries|lines|orders|transactions)|count(?:ed|ing)?(?: (?:the )?rows)?|(?:有)?(?:多少|几)(?:行|条|个|种|家)(?:数据|记录)?|(?:行|条|记录|数据)数量?|出现(?:的)?次数|次数|频数|计数',
  ),
]

const SHAPED: readonly Phrase[] = [
  ...argument(([top]) => ({ which: true, top }), '(?:which|what) #(?= [a-z])'),
  ...argument(([number]) => ({ number }), '(three|four|five|six|seven|eight|nine|ten|fifteen|twenty)(?= [a-z])'),
  ...argument(
    { measure: 'sales', isHint: true },
    '(?:was|were|is|are|been)? ?sold|sells?|selling|[卖售]出?(?:了|掉|得)?(?:多少)?',
  ),
  ...operation(
    'chart',
    { chart: 'bar', stacked: true },
    'stacked (?:bars?|columns?)(?: ?(?:charts?|graphs?|plots?))?|stacked(?: charts?)?|(?:堆叠|堆积|累积)(?:的)?(?:柱状|条形|柱形)?图',
  ),
  ...argument(
    { sorted: true },
    'sort(?:ed|ing|s)?|order(?:ed)?(?= (?:by|the|it|them|in|rows|from))|rank(?:ed|ing|ings|s)?|arranged?(?= by)|(?:进行)?(?:排序|排列|排名|排行|排个序|排一下序|排)(?:一下)?(?:出来)?',
  ),
  ...argument(
    { order: 'descending' },
    '(?:in )?(?:descending|decreasing)(?: order)?|desc|(?:from )?(?:the )?(?:high(?:est)?|larg(?:e|est)|big(?:gest)?|most|best|great(?:est)?|new(?:est)?|latest) to (?:the )?(?:low(?:est)?|small(?:est)?|least|worst|few(?:est)?|old(?:est)?|earliest)|(?:the )?(?:highest|largest|biggest|greatest|best|newest|latest|most recent)(?: (?:ones?|values?|numbers?))? (?:first|at the top|on top)|按?(?:从|由)?(?:大|高|多|新)~?(?:到|至|往)~?(?:小|低|少|旧)(?:的?顺序)?|降序|倒序|逆序|递减',
  ),
  ...argument(
    { order: 'ascending' },
    '(?:in )?(?:ascending|increasing|alphabetical)(?: order)?|alphabetically|asc|(?:from )?(?:the )?(?:low(?:est)?|small(?:est)?|least|few(?:est)?|old(?:est)?|earliest) to (?:the )?(?:high(?:est)?|larg(?:e|est)|big(?:gest)?|most|great(?:est)?|new(?:est)?|latest)|(?:the )?(?:lowest|smallest|least|oldest|earliest)(?: (?:ones?|values?|numbers?))? (?:first|at the top|on top)|a to z|按?(?:从|由)?(?:小|低|少|旧)~?(?:到|至|往)~?(?:大|高|多|新)(?:的?顺序)?|升序|正序|递增',
  ),
  ...argument(
    { growth: 'yearly' },
    '(?:year (?:on|over) year|yoy|y/y)(?: (?:growth|change|increase)s?)?(?: rates?)?|(?:annual|yearly) (?:growth|change|increase)s?(?: rates?)?|(?:growth|change)s?(?: rates?)? (?:by|per|each|every|from year to) year|(?:逐年|每年|历年|各年|年度|年)的?(?:增长率|增长|增速|增幅|涨幅|变化率)|同比(?:增长率?|增速|增幅|变化)?|环比(?:增长率?|增速)?',
  ),
  ...argument(
    { growth: 'annual' },
    '(?:cagr|compound(?:ed)? annual growth(?: rates?)?|average (?:annual|yearly) growth(?: rates?)?)|年均(?:复合)?(?:增长率?|增速|增幅)|年?复合(?:年)?增长率|平均每年(?:增长|增速)',
  ),
  ...argument(
    { growth: 'total' },
    'gr(?:ew|ow|ows|own|owing|owth)(?: rates?| percentages?)?|increas(?:e[ds]?|ing)(?: in)?|rose|rises?|risen|gain(?:s|ed)?|expan(?:d|ded|sion)|improv(?:e[ds]?|ements?)|went up|chang(?:e[ds]?|es)(?! (?:over|to|it|that|this))(?: rates?)?|(?:percentage |percent )chang(?:e|es)|(?:总)?(?:增长|增加|提高|上升|上涨|涨)(?:了|得|的)?(?:率|幅度?|速度|量|额|值|倍数|比例|百分比)?|增速|增幅|涨幅|变化(?:率|幅度|量)|翻了(?:几|多少)?倍?',
  ),
  ...argument(
    { growth: 'total', shrinks: true },
    'declin(?:e[ds]?|ing)|f[ea]ll(?:s|en|ing)?|decreas(?:e[ds]?|ing)|dropp?(?:s|ed|ing)?|shr[aiu]nk|went down|下降(?:了|得|的)?(?:率|幅度)?|下滑|下跌|跌幅|降幅|减少(?:了|得|的)?',
  ),
  ...argument(
    { relation: true },
    'correlat(?:ions?|e[ds]?|ing)(?: coefficients?)?|relations?(?:hips?)?|related|pearson(?: correlation)?(?: coefficient)?|associat(?:ion|ed)|depends? on|(?:皮尔逊)?(?:的)?相关(?:系数|性|关系|度|程度)?|关联(?:性|度)?|(?:有)?(?:什么|没有)?关系',
  ),
  ...argument(
    { pivot: true },
    'pivot(?:ed)?(?: tables?)?|cross~tab(?:le|ulat(?:e|ion))?s?|contingency table|(?:数据)?透视(?:分析)?表?|交叉(?:表|分析|统计|汇总)|二维(?:表格?|汇总)',
  ),
  ...argument(
    { pivot: true, role: 'rows' },
    '(?:as|in|on|for|down)(?: the)? (?:rows|side|vertical)|(?:放在|作为|当作?|做|为|是)(?:行|纵轴)(?!数)',
  ),
  ...argument(
    { pivot: true, role: 'columns' },
    '(?:as|in|on|for|across)(?: the)? (?:columns|top)|(?:放在|作为|当作?|做|为|是)列',
  ),
  ...argument(
    ([tail]) => ({ tail }),
    '(?:the )?(?:last|final|bottom) # (?:rows?|lines?|records?|entries)(?: of)?|(?:最后|末尾|倒数|后)的?~#~[行条](?:数据|记录)?',
  ),
  ...argument(
    ([head]) => ({ head }),
    '(?:the )?(?:first|top|initial) # (?:rows?|lines?|records?|entries)(?: of)?|# (?:sample )?rows|(?:最?前|头|开头)面?的?~#~[行条](?:数据|记录)?',
  ),
  ...argument(
    { head: 5 },
    '(?:the )?(?:first|top) (?:few |couple of )?(?:rows|lines|records)|head|preview|前几行|预览',
  ),
  ...argument({ tail: 5 }, '(?:the )?last (?:few )?(?:rows|lines|records)|tail|最后几行|后几行'),
  ...argument(
    { compared: true },
    'compar(?:e[ds]?|ing|isons?)(?: of)?|versus|vs\\.?|differences?|differ|对比|比较|相比|差异|差别|差距|区别',
  ),
  ...argument(
    { share: true },
    '(?:what |the )?(?:percentage |percent )?(?:share|proportion|percentage|percent|fraction|part)s?(?: of)?(?: (?:the |its |their )?(?:total|whole|overall))?|contribut(?:es?|ed|ion)|makes? up|account(?:s|ed)? for|how much of|百分之(?:几|多少)|几成|多大比例|占(?:了)?(?:全国|总体|整体|全部|总量?|总额|总数)?的?(?:多少|百分之几|几成|比例|比重|百分比|份额|比)?|所占(?:的)?(?:比例|比重|百分比|份额)?|比例|比重|份额|百分比|占比',
  ),
  ...argument(
    ([bins]) => ({ bins }),
    '(?:in |into )?# (?:bins?|buckets?|classes|intervals)|(?:分成?|用)?~#~(?:个)?(?:组|区间|箱子?)',
  ),
  ...operation(
    'chart',
    { chart: 'box' },
    'box~(?:and whiskers? )?(?:plots?|charts?|graphs?|diagrams?)|boxes|箱[线型形]图|盒[须式形]图|箱须图',
  ),
  ...operation(
    'race',
    {},
    '(?:动态|动画)(?:变化图|柱状图|条形图|排名图?|排行榜?|竞赛图?)|(?:条形|柱状)?图?竞赛|竞速图|赛跑图|会动的(?:图|柱状图|条形图)',
  ),
]

/** Words for a format that tables are saved in, in both languages. */
const FORMATS: readonly (readonly [TableFormat, string])[] = [
  ['xlsx', '(?:microsoft )?excel|xlsx?|workbook|电子表格'],
  ['csv', 'csv|comma separated(?: values)?|逗号分隔'],
  ['tsv', 'tsv'],
  ['ods', 'ods'],
  ['json', 'json'],
  ['parquet', 'parquet'],
  ['md', 'markdown'],
]

const SAVED: readonly Phrase[] = FORMATS.flatMap(([save, word]) =>
  argument(
    { save },
    `(?:(?:and )?(?:save[ds]?|export(?:ed)?|download|writ(?:e|ten)|convert(?:ed)?|turn(?:ed)?|transform(?:ed)?|give|put)(?: (?:it|this|that|them|me|all|everything|(?:the |this |my )?(?:table|result|results|file|data|list|rows?)))? )?(?:(?:in)?to|as|in) (?:an? )?\\.?(?:${word})(?: (?:file|format|workbook|sheet|document|table))?`,
    `\\.?(?:${word})(?: (?:file|format|version|download))?`,
    `(?:并)?(?:保存|导出|另存|存|转换?|输出|生成|做|写|下载|变|整理)(?:成|为|到)?(?:一个|一份)?~\\.?(?:${word})~(?:文件|表格|格式|表)?`,
  ),
)

const SAVED_SOMEHOW: readonly Phrase[] = argument(
  { save: 'csv' },
  '(?:save|export|download)(?: (?:it|this|that|them|the (?:result|table|data)))?(?: (?:as|to|in) (?:a )?file)|(?:保存|导出|存)(?:成|为|到)(?:一个)?文件',
)

/** Words without a meaning of their own in questions about tables. */
const AROUND: readonly Phrase[] = [
  ...mark('list', 'but|还有|同时|另外'),
  ...mark('not', 'excluding|excludes?|other than|apart from|排除|不含|不包括|剔除'),
  ...mark('filler', '以外|之外'),
  ...mark(
    'filler',
    "=|==|equals?|equal to|numeric(?:al)?|what(?: is| are| was| were|'s)?(?: the)?|whose|does|did|do|had|has|have|having|were|was|is|are|been|than|any|much|many|how(?: much| high| large| low| do| does| did)?|of all|overall|respectively|find(?: out)?|calculate|compute|work out|determine|check|using|used|based on|according to|it has|that has|that have|where|within|inside|per cent|i would like|i want|to know|know|wondering|want to (?:see|know)|could you|can you|please|if|whether|there is|there are|are there|is there|exist|as well|each of|among|amongst|out of|compared (?:to|with)|relative to|in terms of|terms|regarding|concerning|on the basis of|belong(?:s|ing)? to|come|comes|called|named|plain|me know|let|figures?|numbers?|values?|amounts?|entries|records?|rows?|lines?|data|dataset|everything|whole|entire|full|complete|total list|filter(?:ed|ing)?(?: (?:for|by|out|to|the|rows))?|select(?:ed|ing)?|pick(?:ed)?(?: out)?|keep(?:ing)?|extract(?:ed)?|get|fetch|retrieve|display|print|look(?:ing)? at|visuali[sz]e[ds]?|plotting|drawing|illustrate|present(?:ed)?|development|evolution|evolve[ds]?|develop(?:ed)?|histor(?:y|ical)|in the (?:table|data|file)|in this (?:table|data|file)|one|ones|time series|say|said|so|it",
  ),
  ...mark(
    'filler',
    '数值型?|数字型?|等于|什么|怎么样|怎样|如何|情况|状况|数据|数值|值|结果|请问|问一下|想知道|想看看?|计算|算一下|算出?|求出?|找出?来?|找|查一?下?|查询|查找|看一下|看看|列一下|告诉我|分别|时候|期间|之间|里面|当中|其中|总共|一共|有多少|多少钱?|做个|做成|出来|一下|之和|筛选(?:出来?)?|过滤(?:出来?)?|选出?来?|挑出?来?|提取(?:出来?)?|保留|取出?来?|只保留|只显示|只看|仅显示|只要|满足|符合|条件|记录|行|条|全国|全部|所有|整个|整体|总体|水平|绘成|绘制|表示|呈现|可视化|演变|发展|变动|走向|走势|变化|历史|比|较|那|这些|那些|哪些|都|是多少|是几|多少|怎么|的话|用|要|能|想|过|曾|曾经|于|从|由|以|每个?|各个?|按照?|根据|依据|依照|按',
  ),
]

export const QUERY_PHRASES: readonly Phrase[] = [...WHOLE, ...ASKED, ...SHAPED, ...SAVED, ...SAVED_SOMEHOW, ...AROUND]
