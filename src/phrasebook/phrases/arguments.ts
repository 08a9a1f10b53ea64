// The phrasebook, part two: numbers and words that are arguments of an operation.
import { argument, type Phrase } from './lexicon.ts'
import type { Args, Format } from '../parsing/intent.ts'
import { TABLE_ARGUMENTS } from './tables.ts'

const EACH = '(?:a|per|each|every|for each)'

const NUMBERS: readonly Phrase[] = [
  argument((_, [number]) => ({ number: Number(number) }), '(\\d+(?:\\.\\d+)?)'),
  argument(([degrees]) => ({ degrees }), '#~(?:degrees?|degs?|°|度角?)'),
  argument(([degrees]) => ({ degrees: -degrees! }), '-#~(?:degrees?|degs?|°|度)'),
  argument(
    ([degrees]) => ({ degrees }),
    `#~(?:degrees?|degs?|°) ${EACH} (?:frame|step)|(?:每一?|一)帧(?:旋转|转动|转)?~#~(?:度|°)`,
  ),
  argument(([frames]) => ({ frames }), '#~(?:frames?|帧)|(?:共|总共|一共)#帧|帧数~(?:改?为|是|:)?~#'),
  argument(
    ([frames, degrees]) => ({ frames, degrees }),
    `#~frames?,? (?:of |at |x |with )?#~(?:degrees?|°)(?: ${EACH}(?: frame)?)?|#~帧[,、]?~(?:每一?帧|各)(?:旋转|转动|转)?~#~(?:度|°)`,
  ),
  argument(
    { every: 2 },
    '(?:to |by )?half (?:of )?(?:the |its )?(?:number of )?frames|every (?:second|other|2nd) frame|halve (?:the )?frames|(?:half )?as many frames',
  ),
  argument({ every: 2 }, '一半的?帧数?|帧数~(?:减半|减少?一半|一半|砍半)|每隔一帧|隔帧|每两帧(?:取一帧|留一帧)'),
  argument({ every: 3 }, 'every third frame'),
  argument({ every: 4 }, 'every fourth frame'),
  argument(([every]) => ({ every }), `every #(?:rd|th|nd)? frame|每#帧(?:取|留)(?:一|1)帧`),
  argument(
    ([delay]) => ({ delay }),
    `#~(?:ms|milliseconds?)(?: delay)?(?:,? ?${EACH}? ?(?:frame|picture|image|slide|photo))?|(?:delay|with a delay)(?: of|:)? #(?:~(?:ms|milliseconds?))?`,
  ),
  argument(
    ([seconds]) => ({ delay: seconds! * 1000 }),
    `#~(?:s|secs?|seconds?)(?:,? ?${EACH}? ?(?:frame|picture|image|slide|photo|one))?|(?:delay|with a delay)(?: of|:)? #~(?:s|secs?|seconds?)`,
  ),
  argument(([delay]) => ({ delay }), '(?:(?:每一?(?:帧|张|幅)|间隔|延迟|停留)(?:间隔|延迟|停留|显示)?~)?#~毫秒'),
  argument(
    ([seconds]) => ({ delay: seconds! * 1000 }),
    '(?:(?:每一?(?:帧|张|幅)|间隔|延迟|停留)(?:间隔|延迟|停留|显示)?~)?#~秒(?:钟)?(?:一张|一帧)?',
  ),
  argument(([fps]) => ({ delay: Math.round(1000 / fps!) }), '#~(?:fps|frames (?:a|per) second)|每秒~#~(?:帧|张)'),
  argument(
    { loop: true },
    '(?:that )?loop(?:s|ing|ed)?(?: (?:forever|endlessly|infinitely))?|forever|endless(?:ly)?|(?:无限|一直|不停|不断)(?:地)?循环(?:播放)?|循环播放|循环',
  ),
].flat()

const SIZES: readonly Phrase[] = [
  argument(
    ([width, height]) => ({ size: { width: width!, height: height! } }),
    '#(?:~px)?~(?:x|×|\\*| by )~#~(?:px|pixels?|像素)?',
  ),
  argument(
    ([width, height]) => ({ size: { width: width!, height: height! } }),
    '宽~(?:度)?(?:为|是)?#(?:像素)?[,、]?~高(?:度)?(?:为|是)?#(?:像素)?',
  ),
  argument(([number]) => ({ width: number }), '#~(?:px|pixels?|像素)'),
  argument(
    ([width]) => ({ width }),
    '#~(?:px|pixels?)? (?:wide|in width)|width(?: of| to| is|:| =)?~#(?:~(?:px|pixels?))?|宽度?~(?:改?为|是|到|设为|:|=)?~#~(?:px|像素)?|#~像素宽',
  ),
  argument(
    ([height]) => ({ height }),
    '#~(?:px|pixels?)? (?:tall|high|in height)|height(?: of| to| is|:| =)?~#(?:~(?:px|pixels?))?|高度?~(?:改?为|是|到|设为|:|=)?~#~(?:px|像素)?|#~像素高',
  ),
  argument(([percent]) => ({ percent }), '#~(?:%|percent)|百分之#'),
  argument(
    ([percent]) => ({ scale: percent! / 100 }),
    '(?:to|到|至|为|成) ?(?:原来的|原图的)?~#~(?:%|percent)|(?:to|到|至|为|成)百分之#',
  ),
  argument(
    { scale: 0.5 },
    '(?:(?:by |to |in |at )?(?:a )?half|halve|half)(?: (?:(?:of )?(?:the |its |their )?)?(?:original )?(?:size|width and height|scale|resolution|dimensions|width|height|as big|as large))?',
  ),
  argument(
    { scale: 0.5 },
    '(?:到|为|成)?(?:原来的|原图的)?(?:一半|二分之一|1/2)(?:大小|尺寸)?|减半|(?:长宽|宽高|尺寸)(?:各|都)?(?:减半|减?一半)|半尺寸',
  ),
  argument({ scale: 2 }, '(?:to )?(?:double[ds]?|twice)(?: (?:(?:the |its )?size|as (?:big|large)))?|翻倍|加倍'),
  argument({ scale: 1 / 3 }, '(?:(?:to|by) )?(?:a|one) third(?: (?:of )?(?:the )?size)?|(?:到|为)?(?:原来的)?三分之一'),
  argument(
    { scale: 0.25 },
    '(?:(?:to|by) )?(?:a |one )?quarter(?: (?:of )?(?:the )?size)?|(?:到|为)?(?:原来的)?四分之一',
  ),
  argument(
    ([scale]) => ({ scale }),
    '(?:by (?:a factor of )?)?#~(?:times|x)(?: (?:bigger|larger|the size|as (?:big|large)))?|(?:到|为)?(?:原来的)?#倍(?:大小)?',
  ),
  argument(
    ([width, height]) => ({ ratio: { width: width!, height: height! } }),
    '#~(?::|比)~#(?:的?比例)?|(?:aspect )?ratio(?: of)? #~[:/]~#',
  ),
  argument({ square: true }, '(?:a |into a )?square|正方形|方形'),
  argument(
    ([x, y]) => ({ at: { x: x!, y: y! } }),
    '(?:at|from|starting (?:at|from)) ?\\(?(?:x ?=? ?)?#~,~(?:y ?=? ?)?#\\)?|(?:从|在|位置|坐标)~\\(?#~[,、]~#\\)?(?:处|开始|的位置|位置)?',
  ),
].flat()

const KILO = 1000

const FILE_SIZES: readonly Phrase[] = [
  argument(([n]) => ({ bytes: n! * KILO }), size('k(?:i?b)?', 'k(?:i?b)?')),
  argument(([n]) => ({ bytes: n! * KILO * KILO }), size('m(?:i?b)?', 'm(?:i?b)?|兆')),
  argument(
    ([quality]) => ({ quality }),
    '(?:at )?quality(?: of| =|:)?~#~%?|(?:at )?#~% quality|(?:质量|品质)~(?:为|是|:|=)?~#~%?',
  ),
].flat()

/** `under 200 KB`, `不超过200KB`, `200KB以内`. */
function size(english: string, chinese: string): string {
  const limit =
    '(?:(?:to )?(?:be )?(?:under|below|less than|smaller than|within|at most|max(?:imum)?|up to|about|around|no more than|not more than|to))'
  const chineseLimit = '(?:到|至|成|在|为)?(?:不超过|不大于|小于|低于|少于|控制在|最大|约|大约)?'
  return `${limit}? ?#~(?:${english})(?: or (?:less|smaller|under))?|${chineseLimit}~#~(?:${chinese})(?:以内|以下|之内|左右)?`
}

const SHAPES: readonly Phrase[] = [
  argument(
    ([sigma]) => ({ sigma }),
    '(?:with )?(?:a )?(?:sigma|radius|strength|amount|σ)(?: of)?~(?:=|:)?~#(?:~px)?|(?:半径|强度|程度|sigma|σ)~(?:改?为|是|:|=)?~#(?:像素)?',
  ),
  argument(([level]) => ({ level }), 'level(?: of)? #|(?:level|threshold) ?= ?#'),
  argument(
    { strength: 0.5 },
    'slightly|(?:just )?a (?:tiny |wee )?(?:bit|little|touch|tad|notch)(?: bit)?|somewhat|lightly|gently|subtly|轻微|稍微|稍稍?|略微?|微微|(?:一点|一些)(?:点|儿)?|[点些]儿?(?=[吧呀啊哦]? *$|[,.;了!。])|轻度|少许',
  ),
  argument(
    { strength: 2 },
    'strongly|heavily|(?:a )?lots?|a lot|way|far|much|very|really|strong|heavy|强烈|重度|非常|很|大幅|明显',
  ),
  argument({ axis: 'horizontal' }, '(?:horizontal(?:ly)?|left to right|left-right|sideways)|水平|左右|横向|横着'),
  argument({ axis: 'vertical' }, '(?:vertical(?:ly)?|top to bottom|up-down|top-bottom)|垂直|上下|竖直|竖着|竖向|纵向'),
  argument({ clockwise: true }, '(?:to the )?right(?= *$|,| by)|clockwise|顺时针(?:方向)?'),
  argument({ clockwise: false }, '(?:anti|counter)-?clockwise|(?:counter|anti) clockwise|逆时针(?:方向)?'),
  argument(([columns]) => ({ columns }), '(?:in )?#~(?:columns?|cols?|across)|#~列|(?:每行|一行)~#~(?:张|个|幅|列)?'),
  argument(([rows]) => ({ rows }), '(?:in )?#~rows?|#~行'),
  argument(
    { labels: false },
    '(?:without|no)(?: any)? (?:text )?(?:labels?|captions?|text)|(?:不要|不加|去掉|不用|无)(?:文字说明|文字|标签|标注|说明)',
  ),
].flat()

const PLACES: readonly Phrase[] = [
  ...place('top-left', '(?:top|upper) ?left', '左上(?:角|方)?'),
  ...place('top-right', '(?:top|upper) ?right', '右上(?:角|方)?'),
  ...place('bottom-left', '(?:bottom|lower) ?left', '左下(?:角|方)?'),
  ...place('bottom-right', '(?:bottom|lower) ?right', '右下(?:角|方)?'),
  ...place('top', 'top(?: (?:center|middle))?', '顶部|顶端|上方|最上面|上面|上部'),
  ...place('bottom', 'bottom(?: (?:center|middle))?', '底部|底端|下方|最下面|下面|下部'),
  ...place('center', '(?:cent(?:er|re|ered|red)|middle)', '居中|正中间?|中间|中央|中心|中部'),
  ...argument({ position: 'left' }, '(?:on|to|at) the left(?: hand)?(?: side)?'),
  ...argument({ position: 'right' }, '(?:on|at) the right(?: hand)?(?: side)?'),
  ...place('left', 'left(?: side| edge)?', '左边|左侧'),
  ...place('right', 'right(?: side| edge)', '右边|右侧'),
]

function place(position: NonNullable<Args['position']>, english: string, chinese: string): Phrase[] {
  const corner = `(?:(?:(?:in|at|on|from|to|into) )?(?:the )?)?${english}(?: (?:corner|hand corner))?(?: of (?:it|the \\w+|each|every)(?: \\w+)?)?`
  return argument({ position }, corner, `(?:从|在|到|放在|以)?(?:图片?的?)?(?:${chinese})(?:位置|开始)?`)
}

const FORMATS: readonly Phrase[] = (
  [
    ['png', 'png'],
    ['jpg', 'jpe?g'],
    ['webp', 'webp'],
    ['avif', 'avif'],
    ['tiff', 'tiff?'],
  ] as readonly (readonly [Format, string])[]
).flatMap(([format, word]) =>
  argument(
    { format },
    `(?:(?:in)?to |as |in )?(?:an? )?\\.?${word}(?: (?:format|file|image|picture))?|${word}~(?:格式|图片|文件)`,
  ),
)

const COLORS: readonly Phrase[] = (
  [
    ['red', '红'],
    ['green', '绿'],
    ['blue', '蓝'],
    ['yellow', '黄'],
    ['orange', '橙'],
    ['purple', '紫'],
    ['pink', '粉'],
    ['brown', '棕'],
    ['cyan', '青'],
    ['white', '白'],
    ['black', '黑'],
  ] as const
).flatMap(([color, character]) =>
  argument(
    { color },
    `(?:on )?(?:an? )?${color}(?:ish)?(?: (?:background|corners|tint|tone|text))?|${character}色?(?:背景|底|调|字)|${character}色`,
  ),
)

export const ARGUMENT_PHRASES: readonly Phrase[] = [
  ...NUMBERS,
  ...SIZES,
  ...FILE_SIZES,
  ...SHAPES,
  ...PLACES,
  ...FORMATS,
  ...COLORS,
  ...TABLE_ARGUMENTS,
]
