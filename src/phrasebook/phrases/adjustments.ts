// The phrasebook, part four: more or less of the last operation, and complaints about too much or too little.
import { operation, type Phrase } from './lexicon.ts'
import type { Args, MentionKind } from '../parsing/intent.ts'

const MORE = { change: 'more' } as const
const LESS = { change: 'less' } as const
/** Complaints: the result is past what is wanted. */
const NOT_ENOUGH = { change: 'more', asComplaint: true } as const
const TOO_MUCH = { change: 'less', asComplaint: true } as const
/** The value itself up or down, regardless of its effect. */
const UP = { change: 'up' } as const
const DOWN = { change: 'down' } as const
const IT = '(?:it|that|this|them)'
const EFFECT = '(?:the |its )?(?:strength|intensity|effect|amount)'
/** Before an adjective: there is too much of it. */
const TOO = '(?:too|overly|not (?:so|as|that|quite so))'
const TOO_CHINESE = '(?:太过?|过于|过分|偏|有[点些]儿?太?|(?:没|别|不要)(?:那么|这么|太))'
/** Before a Chinese adjective: there is too little of it. */
const LACKS_CHINESE = '(?:不够|不太|还不)'
const AGAIN = '(?:还|再|更|要|应该|可以|能|得)*'

/** An operation and its arguments. */
type Way = readonly [MentionKind, Args]

/** Phrases of a quality by its adjectives: more of it one way, less of it the other. */
function quality([more, less]: readonly [Way, Way], comparative: string, english: string, chinese: string): Phrase[] {
  return [
    operation(...more, `${comparative}|more (?:${english})`),
    operation(...asComplaint(more), `not (?:${english}) enough`),
    operation(...less, `less (?:${english})`),
    operation(...asComplaint(less), `${TOO} (?:${english})`),
    ...compared(more, `(?:${chinese})`),
    operation(...more, `更加?(?:${chinese})`),
    operation(...asComplaint(more), `${LACKS_CHINESE}(?:${chinese})`),
    operation(...asComplaint(less), `${TOO_CHINESE}(?:${chinese})`),
  ].flat()
}

/** Phrases of a quality by its Chinese noun, which is high or low. */
function noun([more, less]: readonly [Way, Way], name: string, high: string, low: string): Phrase[] {
  return [
    ...compared(more, `(?:${name})${AGAIN}(?:${high})`),
    ...compared(less, `(?:${name})${AGAIN}(?:${low})`),
    operation(...more, `(?:${name})(?:还)?更(?:${high})`),
    operation(...asComplaint(more), `(?:${name})(?:还|有点)?(?:不够|不足|${TOO_CHINESE}(?:${low}))(?:${high})?`),
    operation(...asComplaint(less), `(?:${name})(?:${TOO_CHINESE}|过)(?:${high})`),
    operation(...less, `(?:${name})更(?:${low})`),
  ].flat()
}

/** The same as a complaint. */
function asComplaint([kind, args]: Way): Way {
  return [kind, { ...args, asComplaint: true }]
}

/** An adjective followed by "a bit" or "much". */
function compared([kind, args]: Way, adjective: string): Phrase[] {
  return [
    operation(kind, { ...args, strength: 0.5 }, `${adjective}(?:一?点儿?|一?些)`),
    operation(kind, { ...args, strength: 2 }, `${adjective}(?:得多|很多|许多|不少)`),
  ].flat()
}

/** About the last operation, whatever it was. */
const UNDIRECTED: readonly Phrase[] = [
  operation(
    'adjust',
    MORE,
    '(?:even |still )?(?:more|stronger|harder|heavier|further)(?: of (?:it|that|this))?|more so',
  ),
  operation(
    'adjust',
    NOT_ENOUGH,
    'not (?:strong |much |nearly |intense |quite )?enough|too (?:weak|little|subtle|faint|mild)',
  ),
  operation(
    'adjust',
    NOT_ENOUGH,
    "(?:barely|hardly) (?:visible|noticeable)|(?:do not|don't|can't|cannot) (?:really )?(?:see|notice) (?:it|any|much|the)(?: of a)?(?: difference| change| effect)?",
  ),
  operation('adjust', MORE, `(?:turn|crank|dial|bump|push|ramp) (?:${IT} )?up|intensify|intensified|strengthen`),
  operation('adjust', MORE, `(?:increase|raise|boost)(?: (?:${IT}|${EFFECT}))?`),
  operation(
    'adjust',
    LESS,
    'less(?: (?:much|strong|heavy|intense|far|extreme|harsh))?|weaker|gentler|milder|subtler|more (?:subtle|gentle|subtly|gently)',
  ),
  operation(
    'adjust',
    TOO_MUCH,
    `${TOO} (?:much|strong|heavy|intense|far|extreme|harsh)|overdone|over the top|overdid (?:it|that)|weaken`,
  ),
  operation('adjust', LESS, `(?:turn|tone|dial|bring|take) (?:${IT} )?(?:down|back)(?: a notch)?|ease off|lessen`),
  operation('adjust', LESS, `(?:reduce|decrease|lower) (?:${IT}|${EFFECT})`),
  operation('adjust', MORE, '更强烈?|更多|更明显|更厉害|更重|加强|增强|加大|加重|再来'),
  operation('adjust', NOT_ENOUGH, '还?不够(?:强|明显|多|重)?|太弱|太少|太轻|太淡'),
  operation(
    'adjust',
    NOT_ENOUGH,
    '(?:效果|变化)?(?:不太?明显|看不(?:太?出来?|到|见)(?:效果|变化|区别|差别)?|没(?:什么|啥|多大)(?:效果|变化|区别|差别))',
  ),
  operation('adjust', LESS, '更弱|更轻|更淡|更少|减弱|减轻'),
  operation('adjust', TOO_MUCH, '太强烈?|太多|太过(?:头|分)?|过头|过度|过分|过了|太重|太猛|太狠|太明显|太厉害|太夸张'),
  operation('adjust', TOO_MUCH, '(?:没|不要|别)(?:那么|这么|太)(?:强|多|重|明显|厉害|夸张)|没[那这]么'),
  ...compared(['adjust', UP], '高'),
  ...compared(['adjust', DOWN], '低'),
  operation('adjust', UP, 'higher|更高'),
  operation('adjust', DOWN, 'lower|更低'),
  operation(...asComplaint(['adjust', UP]), '太低'),
  operation(...asComplaint(['adjust', DOWN]), '太高'),
  ...compared(['adjust', MORE], '(?:强烈?|多|重|浓|明显|厉害|猛|狠)'),
  ...compared(['adjust', LESS], '(?:弱|轻|淡|少|收|收敛|降低?|减少?)'),
  ...noun(
    [
      ['adjust', MORE],
      ['adjust', LESS],
    ],
    '半径|强度|力度|程度|幅度|效果|角度',
    '大|高|强|明显|重',
    '小|低|弱|轻',
  ),
].flat()

const FASTER: Way = ['adjust', { change: 'faster' }]
const SLOWER: Way = ['adjust', { change: 'slower' }]

/** About an animation. */
const PACE: readonly Phrase[] = [
  operation(...FASTER, `faster|quicker|speed (?:${IT} )?up|less slow|(?:更加?|再)快|加速|加快`),
  operation(...SLOWER, `slower|slow (?:${IT} )?down|less (?:fast|quick)|(?:更加?|再)慢|减速|放慢|减慢`),
  operation(...asComplaint(FASTER), `${TOO} slow|not fast enough|${LACKS_CHINESE}快|${TOO_CHINESE}慢`),
  operation(...asComplaint(SLOWER), `${TOO} (?:fast|quick)|not slow enough|${LACKS_CHINESE}慢|${TOO_CHINESE}快`),
  ...compared(FASTER, '(?:再)?快'),
  ...compared(SLOWER, '(?:再)?(?:放)?慢'),
].flat()

/** About a named quality. */
const DIRECTED: readonly Phrase[] = [
  ...quality(
    [
      ['brighten', MORE],
      ['darken', MORE],
    ],
    'brighter|lighter|underexposed|under-exposed',
    'bright|light|white',
    '亮|白',
  ),
  ...quality(
    [
      ['darken', MORE],
      ['brighten', MORE],
    ],
    'darker|dimmer|overexposed|over-exposed',
    'dark|dim|black|gloomy',
    '暗|黑',
  ),
  operation('brighten', NOT_ENOUGH, '曝光不足|欠曝'),
  operation('darken', NOT_ENOUGH, '曝光过度|过曝'),
  ...noun(
    [
      ['brighten', MORE],
      ['darken', MORE],
    ],
    '亮度',
    '高|大|强',
    '低|小|弱',
  ),
  ...quality(
    [
      ['blur', MORE],
      ['blur', LESS],
    ],
    'blurrier|fuzzier|more blur(?:ring)?',
    'blurry|blurred|fuzzy',
    '模糊|糊|虚|柔和',
  ),
  ...quality(
    [
      ['sharpen', MORE],
      ['sharpen', LESS],
    ],
    'sharper|crisper|more sharpness',
    'sharp(?:ened)?|crisp',
    '锐利?|清晰|清楚',
  ),
  operation('sharpen', TOO_MUCH, 'over-?sharpened|锐化过度|锐化(?:得)?太(?:过|强|多)'),
  ...noun(
    [
      ['sharpen', MORE],
      ['sharpen', LESS],
    ],
    '锐度|清晰度',
    '高|强',
    '低|弱',
  ),
  operation('contrast', MORE, '(?:more|higher) contrast'),
  operation('contrast', LESS, '(?:less|lower) contrast'),
  operation('contrast', NOT_ENOUGH, 'not enough contrast|too (?:flat|little contrast)'),
  operation('contrast', TOO_MUCH, 'too (?:much contrast|contrasty)'),
  ...noun(
    [
      ['contrast', MORE],
      ['contrast', LESS],
    ],
    '对比度?',
    '高|强|大|明显',
    '低|弱|小',
  ),
  ...quality(
    [
      ['saturate', MORE],
      ['saturate', LESS],
    ],
    'more (?:saturation|colou?r)',
    'saturated|colou?rful|vivid|vibrant',
    '鲜艳|鲜明|艳丽?',
  ),
  operation('saturate', NOT_ENOUGH, 'too (?:pale|dull|washed out|colou?rless)'),
  operation('saturate', LESS, 'less (?:saturation|colou?r)'),
  operation('saturate', TOO_MUCH, 'too garish|over-?saturated'),
  ...noun(
    [
      ['saturate', MORE],
      ['saturate', LESS],
    ],
    '饱和度?|颜色|色彩',
    '高|浓|深|艳|重',
    '低|淡|浅',
  ),
  operation(
    'saturate',
    TOO_MUCH,
    'colou?rs? (?:are|look|is) (?:a bit |way |much |far )?too (?:strong|intense|bright|vivid|loud)',
  ),
  ...compared(['resize', { toward: 'smaller' }], '小'),
  ...compared(['resize', { toward: 'larger' }], '大'),
  operation('resize', { toward: 'smaller', strength: 0.5, asComplaint: true }, 'too (?:big|large|huge)|太大'),
  operation('resize', { toward: 'larger', strength: 0.5, asComplaint: true }, 'too (?:small|tiny)|太小'),
].flat()

const REDUCED = operation(
  'adjust',
  LESS,
  '(?:reduce|decrease|lower)(?= (?:the |its )?(?:blur|sharp|rotat|hue|angle))|(?:减少|降低|减小|减轻)(?=模糊|锐化|虚化|旋转)',
)

export const ADJUST_PHRASES: readonly Phrase[] = [...UNDIRECTED, ...PACE, ...REDUCED, ...DIRECTED]
