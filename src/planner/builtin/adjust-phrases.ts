// The phrasebook, part four: more or less of what was done, and complaints that name what is too much or not enough.
import { operation, type Phrase } from './lexicon.ts'

const MORE = { change: 'more' } as const
const LESS = { change: 'less' } as const
/** What makes a Chinese adjective a comparison. */
const COMPARED = '(?=一?点|一?些|得多|很多|许多)'
/** It, that, this. */
const IT = '(?:it|that|this|them)'

/** Of whatever was done last. */
const UNDIRECTED: readonly Phrase[] = [
  operation(
    'adjust',
    MORE,
    '(?:even |still )?(?:more|stronger|harder|heavier|further)(?: of (?:it|that|this))?|more so',
  ),
  operation(
    'adjust',
    MORE,
    'not (?:strong |much |nearly |intense |quite )?enough|too (?:weak|little|subtle|faint|mild)',
  ),
  operation('adjust', MORE, `(?:turn|crank|dial|bump|push|ramp) (?:${IT} )?up|intensify|intensified|strengthen`),
  operation('adjust', MORE, `(?:increase|raise|boost)(?: (?:${IT}|the (?:strength|intensity|effect|amount)))?`),
  operation(
    'adjust',
    LESS,
    'less|weaker|gentler|milder|subtler|more (?:subtle|gentle|subtly|gently)|not (?:so|as|that) (?:much|strong)',
  ),
  operation('adjust', LESS, 'too (?:much|strong|heavy|intense|far|extreme|harsh)|overdone|over the top|weaken'),
  operation('adjust', LESS, `(?:turn|tone|dial|bring|take) (?:${IT} )?down(?: a notch)?|ease off|lessen`),
  operation('adjust', LESS, `(?:reduce|decrease|lower) (?:${IT}|the (?:strength|intensity|effect|amount))`),
  operation(
    'adjust',
    MORE,
    '更强烈?|更多|更明显|更厉害|更重|加强|增强|加大|加重|还不够|不够(?:强|明显|多|重)?|太弱|太少|太轻|太淡|再来',
  ),
  operation('adjust', MORE, `(?:强烈?|多|重|浓|明显|厉害|猛|狠|(?:强度|力度|程度)[大高强])${COMPARED}`),
  operation(
    'adjust',
    LESS,
    '更弱|更轻|更淡|更少|减弱|减轻|太强烈?|太多|太过(?:头|分)?|过头|过度|过分|过了|太重|太猛|太狠|太明显|太厉害|太夸张',
  ),
  operation('adjust', LESS, `(?:弱|轻|淡|少|收|柔和|收敛|降低?|减少?|(?:强度|力度|程度)[小低弱])${COMPARED}`),
  operation(
    'adjust',
    LESS,
    '(?:没那么|不要那么|别那么|不要这么|别这么|不要太|别太)(?:强|多|重|明显|厉害|夸张)|没(?:那|这)么',
  ),
].flat()

/** Of a quality that is named. */
const DIRECTED: readonly Phrase[] = [
  operation(
    'brighten',
    MORE,
    'brighter|lighter|too (?:dark|dim|black|gloomy|dull)|(?:under|under-)exposed|not (?:bright|light) enough|less dark',
  ),
  operation(
    'brighten',
    MORE,
    `(?:更|还要)?亮${COMPARED}|更亮|(?:太|有点儿?|偏|过于?)[暗黑]|不够亮|亮度(?:太低|不够|不足|高${COMPARED})|曝光不足|欠曝`,
  ),
  operation(
    'darken',
    MORE,
    'darker|dimmer|too (?:bright|light|white)|(?:over|over-)exposed|not dark enough|less (?:bright|light)(?:ness)?',
  ),
  operation(
    'darken',
    MORE,
    `(?:更|还要)?暗${COMPARED}|更暗|(?:太|有点儿?|偏|过于?)[亮白]|不够暗|亮度(?:太高|过高|低${COMPARED})|曝光过度|过曝`,
  ),
  operation(
    'blur',
    MORE,
    'blurrier|more blurr?(?:ed|y)?|not blurr(?:y|ed) enough|too crisp|更模糊|不够模糊|更柔和|更糊',
  ),
  operation(
    'blur',
    LESS,
    'less blurr?(?:ed|y)?|too (?:blurr(?:y|ed)|fuzzy|soft)|太(?:模糊|糊|虚)|(?:没|别|不要)(?:那么|这么|太)模糊',
  ),
  operation(
    'sharpen',
    MORE,
    'sharper|crisper|more sharp(?:ness)?|not sharp enough|更锐利?|更清晰|不够(?:锐利?|清晰|清楚)|不清晰|不清楚',
  ),
  operation('sharpen', MORE, `(?:锐利?|清楚)${COMPARED}`),
  operation(
    'sharpen',
    LESS,
    'less sharp(?:ness)?|too sharp(?:ened)?|over-?sharpened|太锐利?|锐化过度|锐化(?:得)?太(?:过|强|多)',
  ),
  operation(
    'contrast',
    MORE,
    '(?:more|higher) contrast|not (?:enough contrast|contrasty enough)|too flat|too little contrast',
  ),
  operation('contrast', MORE, `对比度?(?:太低|太弱|不够|不足|更高|更强|[高强大]${COMPARED})|更高的?对比度?`),
  operation('contrast', LESS, '(?:less|lower) contrast|too (?:much contrast|contrasty)'),
  operation('contrast', LESS, `对比度?(?:太高|太强|太大|过高|过强|[低弱小]${COMPARED})`),
  operation(
    'saturate',
    MORE,
    'more (?:saturat(?:ed|ion)|vivid|colou?rful|vibrant|colou?r)|not (?:colou?rful|saturated|vivid) enough|too (?:pale|washed out|colou?rless)',
  ),
  operation(
    'saturate',
    MORE,
    `更鲜艳|不够鲜艳|鲜艳${COMPARED}|(?:颜色|色彩)(?:太[淡浅]|不够|[浓艳深]${COMPARED})|饱和度?(?:太低|不够|高${COMPARED})`,
  ),
  operation(
    'saturate',
    LESS,
    'less (?:saturat(?:ed|ion)|vivid|colou?rful|vibrant|colou?r)|too (?:saturated|colou?rful|vivid|vibrant|garish)|over-?saturated',
  ),
  operation(
    'saturate',
    LESS,
    `太鲜?艳|(?:颜色|色彩)(?:太[浓艳重深]|[淡浅]${COMPARED})|饱和度?(?:太高|过高|低${COMPARED})`,
  ),
  operation('resize', { toward: 'smaller', strength: 0.5 }, 'too (?:big|large|huge)|太大'),
  operation('resize', { toward: 'larger', strength: 0.5 }, 'too (?:small|tiny)|太小'),
].flat()

export const ADJUST_PHRASES: readonly Phrase[] = [...UNDIRECTED, ...DIRECTED]
