// The phrasebook, part one: operations, in English and Chinese.
import { operation, type Phrase } from './lexicon.ts'
import { TABLE_OPERATIONS } from './tables.ts'

const PICTURE: readonly Phrase[] = [
  operation('grayscale', {}, 'gr[ae]y~scaled?|gr[ae]y|desaturated?|black (?:and|&) white|b&w|monochrome|gr[ae]yed'),
  operation('grayscale', {}, '灰度化|灰度版|灰度图像?|灰度|灰色|黑白(?:照片|图片|照|图)?|去色|变灰|灰阶'),
  operation(
    'invert',
    {},
    'invert(?:ed|s|ing)?(?: (?:the |its )?colou?rs)?|inverse|negative|negated?|(?:colou?r )?inversion',
  ),
  operation('invert', {}, '反色|反相|反转颜色|颜色反转|颜色取反|取反|负片(?:效果)?|底片(?:效果)?'),
  operation('sepia', {}, 'sepia(?: tone[ds]?)?|vintage|retro|old photo(?: look| effect| style)?'),
  operation('sepia', {}, '(?:复古|怀旧|老照片|旧照片)(?:色调|风格|效果|滤镜|色|风|感)?|褐色调|泛黄'),
  operation(
    'sobel',
    {},
    'sobel(?: operator| filter)?(?: edges?)?(?: detect(?:ion|or)| magnitude| map)?|edge (?:detect(?:ion|ed|or)|map)',
  ),
  operation(
    'sobel',
    {},
    '(?:detect(?:ed)?|find|show|extract) (?:the |its )?edges|edges|sobel~(?:边缘检测|边缘|算子|滤波)(?:检测)?',
  ),
  operation(
    'sobel',
    {},
    '(?:索贝尔)?(?:边缘检测|边缘提取|检测边缘|提取边缘|找边缘|轮廓检测|轮廓提取|边缘|轮廓)|索贝尔',
  ),
  operation(
    'otsu',
    {},
    "otsu(?:'s)?(?: method)?(?: threshold(?:ing|ed)?| binari[sz]ation)?|binari[sz](?:ed?|ation)|binary image",
  ),
  operation(
    'otsu',
    {},
    'otsu~(?:二值化|阈值(?:分割|处理|化)?|算法|分割)|大津(?:算法|法)?(?:阈值|二值化)?|二值化|二值图|黑白二值|自动阈值',
  ),
  operation('threshold', {}, 'threshold(?:ed|ing)?|阈值(?:分割|处理|化)?'),
  operation(
    'threshold',
    ([level]) => ({ level }),
    'threshold (?:at |of |to )?#|阈值~(?:为|是|设为|=|:)?~#(?:的?二值化)?',
  ),
  operation(
    'rotate',
    {},
    'rotat(?:e[ds]?|ing|ion)|旋转|转动|转(?=~(?:\\d|[一二三四五六七八九十])+~(?:度|°)|一?点|一?些)',
  ),
  operation('rotate', {}, 'turn(?:ed)?(?: it| this)?(?= (?:by )?-?\\d+~(?:°|deg))'),
  operation('rotate', { degrees: 180 }, 'upside down|half turn|倒过来|颠倒|倒转'),
  operation('rotate', { degrees: 90 }, 'quarter turn|竖过来|横过来'),
  operation('rotate', { clockwise: false }, '(?:rotated?|turn(?:ed)?)(?: it| this)?(?: to the)? left|向?左(?:旋转|转)'),
  operation('rotate', { clockwise: true }, '(?:rotated?|turn(?:ed)?)(?: it| this)?(?: to the)? right|向?右(?:旋转|转)'),
  operation(
    'rotate',
    { degrees: 180 },
    'flip(?:ped)?(?: it)?(?: both)? horizontally and vertically|(?:水平和垂直|上下左右)翻转',
  ),
  operation('flip', {}, 'flip(?:ped|s|ping)?|翻转|翻过来'),
  operation(
    'flip',
    { axis: 'horizontal' },
    'mirror(?:ed|s|ing)?(?: image)?|flop(?:ped)?|镜像(?:翻转)?|(?:左右|水平)(?:翻转|镜像|反转)',
  ),
  operation('flip', { axis: 'vertical' }, '(?:上下|垂直)(?:翻转|镜像|反转|颠倒)|vertical mirror'),
  operation('crop', {}, 'crop(?:ped|ping|s)?|cut out|裁剪|裁切|剪裁|裁|截取'),
  operation(
    'resize',
    {},
    'resiz(?:ed?|ing)|rescaled?|scaled?|缩放|调整(?:一下)?(?:图片)?(?:尺寸|大小)|改变?(?:尺寸|大小)|缩(?=到|成|至)',
  ),
  operation(
    'resize',
    { toward: 'smaller' },
    'shrink|shrunk|(?:make (?:it |this |the \\w+ )?)?smaller|scaled? down|thumbnail|缩小|变小|小一点|改小|缩略图',
  ),
  operation('resize', { toward: 'larger' }, 'enlarged?|bigger|larger|scaled? up|upscaled?|放大|变大|大一点|改大'),
  operation('blur', {}, '(?:gaussian )?blur(?:red|s|ring|ry)?|gaussian(?: filter)?|soften(?:ed)?'),
  operation('blur', {}, '高斯模糊|模糊处理|模糊化|模糊|高斯滤波|虚化|柔化'),
  operation('sharpen', {}, 'sharpen(?:ed|ing|s)?|sharper|锐化|清晰'),
  operation(
    'stretch',
    {},
    '(?:percentile )?contrast stretch(?:ed|ing)?|stretch(?:ed|ing)?(?: the| its)? contrast|auto contrast',
  ),
  operation('stretch', {}, 'normali[sz]ed?(?: the)?(?: contrast)?|auto levels|stretched contrast|拉伸对比度'),
  operation('stretch', {}, '对比度(?:线性)?拉伸|自动对比度|自动色阶|对比度归一化'),
  operation(
    'contrast',
    {},
    '(?:increased?|more|higher|enhanced?|boost(?:ed)?|raise)(?: the| its)? contrast|contrast(?: enhancement)?',
  ),
  operation('contrast', {}, '(?:增强|提高|增加|加强|加大)对比度|对比度(?:增强|提高|增加|调高|高)'),
  operation(
    'contrast',
    { change: 'less' },
    '(?:lower(?:ed)?|less|decreased?|reduced?)(?: the| its)? contrast|(?:降低|减小|减弱)对比度|对比度(?:降低|调低)',
  ),
  operation(
    'brighten',
    {},
    'bright(?:en(?:ed)?|er)|lighten(?:ed)?|lighter|(?:increased?|more|raise)(?: the| its)? brightness',
  ),
  operation('brighten', {}, '调亮|变亮|提亮|增亮|更亮|亮(?=一点|一些)|(?:增加|提高|增强)亮度|亮度(?:提高|增加|调高)'),
  operation('darken', {}, 'dark(?:en(?:ed)?|er)|(?:lower|decreased?|reduced?|less)(?: the| its)? brightness'),
  operation('darken', {}, '调暗|变暗|压暗|更暗|暗(?=一点|一些)|(?:降低|减小|减少)亮度|亮度(?:降低|减小|调低)'),
  operation(
    'saturate',
    {},
    '(?:more |over)?saturated?|(?:increased?|more)(?: the| its)? saturation|more (?:vivid|colou?rful)|vivid',
  ),
  operation('saturate', {}, '(?:增加|提高|增强)饱和度|饱和度(?:提高|增加|调高)|更?鲜艳'),
  operation(
    'saturate',
    { change: 'less' },
    '(?:lower|decreased?|reduced?|less)(?: the| its)? saturat(?:ion|ed)|(?:降低|减小|减少)饱和度|饱和度(?:降低|调低)',
  ),
  operation(
    'hue',
    {},
    '(?:shift(?:ed)? |rotated? )?(?:the |its )?hue(?: shift(?:ed)?| rotat(?:ion|ed))?|(?:改变|调整|旋转)?色相(?:旋转|偏移)?',
  ),
  operation('tint', {}, 'tint(?:ed)?|colou?ri[sz]ed?|着色|染色|染成|色调'),
  operation('label', {}, 'text|words|writing|write|titled?|titles|文字|标题|加字|写上|写|字幕'),
  operation('label', { labels: true }, '(?:text )?(?:label(?:l?ed|l?ing|s)?|caption(?:s|ed)?)|annotat(?:e|ed|ions?)'),
  operation('label', { labels: true }, '文字说明|说明文字|文字标签|文字标注|标签|标注|说明|注明'),
].flat()

const ARRANGEMENT: readonly Phrase[] = [
  operation(
    'original',
    {},
    '(?:the )?(?:original|unchanged|unedited|source)(?: image| picture| photo| one| version| file)?s?|before|原图像?|原始图像?|原始图片|原来的图片?|原来那[张个](?:图片?)?|原片|原版|原照片|原来的|最初的(?:图片?|照片)?',
  ),
  operation(
    'stack',
    {},
    'stack(?:ed|ing|s)?|拼接|拼在一起|拼到一起|[放摆合][在到]一起|放一起|合成一张|(?:combine|merge|join|put|paste)(?: (?:it|them|this|the result))?(?: together)? with(?= the (?:original|source))|拼起来|拼成一张|拼成一幅',
  ),
  operation(
    'stack',
    { direction: 'down' },
    '(?:stack(?:ed)? (?:(?:it|them|both|these) )?)?(?:on top of each other|one above the other|vertical(?:ly)? stack(?:ed)?)|(?:under(?:neath)?|below|above|on top of)(?= (?:it|them|the (?:original|result|other)))',
  ),
  operation(
    'stack',
    { direction: 'down' },
    '(?:上下|竖着|竖向|垂直|纵向|从上到下)(?:叠放|叠加|排列|拼接|对比|拼图|拼|排)(?:在一起)?|叠放|叠在一起',
  ),
  operation(
    'stack',
    { direction: 'right' },
    '(?:put |stack(?:ed)? )?(?:(?:it|them|both|these) )?side by side|next to(?: each other)?|beside|alongside|horizontal(?:ly)? stack(?:ed)?|in (?:a|one) row',
  ),
  operation(
    'stack',
    { direction: 'right' },
    '(?:左右|横着|横向|水平|并排|从左到右)(?:排列|拼接|对比|拼图|放置|拼|排|放)(?:在一起)?|并排|并列|(?:放|摆|贴|拼)?[在到](?:它的?)?旁边|旁边',
  ),
  operation(
    'stack',
    { direction: 'right', compare: true },
    'compared?(?: (?:it|this))?|comparison|before and after|对比图?|前后对比|比较',
  ),
  operation('grid', {}, 'grid|collage|montage|contact sheet|tiled|网格图?|宫格图?|拼图|方阵'),
  operation(
    'grid',
    ([columns, rows]) => ({ columns, rows }),
    '#~(?:x|×|\\*|by)~# (?:grid|layout|matrix|collage|montage)|#~[x×*]~#~的?(?:网格图?|宫格图?|拼图|布局|方阵|排列)',
  ),
  operation('grid', { columns: 3, rows: 3 }, '九宫格'),
  operation('grid', { columns: 2, rows: 2 }, '四宫格'),
  operation('grid', { columns: 3, rows: 2 }, '六宫格'),
].flat()

const FILES: readonly Phrase[] = [
  operation('compress', {}, 'compress(?:ed|ion|ing)?|optimi[sz]ed?|压缩|压小|减小体积|缩小体积|瘦身|变小体积'),
  operation(
    'compress',
    {},
    '(?:make (?:the |this |it )?)?(?:file )?smaller (?:file(?: size)?|in bytes)|(?:reduce|shrink)(?: the| its)? file(?: size)?',
  ),
  operation('gif', {}, '(?:animated )?gifs?|animat(?:e[ds]?|ion|ing)|gif~(?:动图|动画)|动图|动画|动态图(?:片)?'),
  operation('spin', {}, 'spin(?:s|ning)?|spun|turntable|rotating gif|旋转(?:的)?(?:gif|动图|动画)|转圈'),
  operation(
    'spin',
    { total: 360 },
    '(?:(?:turn(?:s|ed|ing)?|rotat(?:e[ds]?|ing)|spin(?:s|ning)?)(?: \\w+){0,3} )?(?:(?:in |through |by )?(?:a|one) )?(?:full|whole|complete) (?:circle|turn|rotation|revolution)',
  ),
  operation('spin', { total: 360 }, '(?:旋转|转动|转)(?:一|1|完?整)个?(?:整)?(?:圈|周)|(?:旋转|转)一个完整的?圆'),
  operation(
    'cycle',
    {},
    '(?:cycl(?:ed?|es|ing)|rotating|swapping|shifting)(?: through)?(?: the| its)?(?: rgb)? (?:colou?rs?(?: channels?)?|channels)',
  ),
  operation('cycle', {}, '(?:rgb |colou?r )?(?:channels? )cycl(?:ed?|es|ing)|colou?rs? cycl(?:ed?|es|ing)'),
  operation(
    'cycle',
    {},
    '(?:颜色|色彩|彩色|rgb)~(?:通道)?的?(?:循环|轮换|切换|交替|变换)(?:变化|变换|切换)?|通道(?:循环|轮换|切换)(?:变化)?',
  ),
  operation('cycle', {}, '(?:循环|轮换|切换|交替)(?:切换|变换|变化)?(?:颜色|色彩|彩色|rgb)~(?:通道)?|循环通道'),
  operation('slideshow', {}, 'slide ?shows?|幻灯片|轮播图?|轮流播放|依次播放'),
].flat()

const FACTS: readonly Phrase[] = [
  operation(
    'histogram',
    {},
    '(?:colou?r )?histograms?|(?:colou?r |frequency )?distributions?(?: chart| plot)?|distributed|(?:颜色|灰度|亮度|rgb|分布|频数|频率)?直方图|(?:颜色|频数|频率)?分布(?:直方图|图|情况)?',
  ),
  operation(
    'info',
    {},
    "info(?:rmation)?|metadata|properties|details|dimensions|resolution|what(?: is|'s) (?:this|it|that)|what size|how (?:big|large)(?: is (?:it|this))?|(?:the )?size and format|what format",
  ),
  operation(
    'info',
    {},
    '信息|属性|元数据|多大|(?:尺寸|分辨率|大小)(?:是|有)?多少|什么格式|是什么(?:图片|文件|图|格式)?|尺寸和格式|分辨率',
  ),
].flat()

export const OPERATION_PHRASES: readonly Phrase[] = [
  ...PICTURE,
  ...ARRANGEMENT,
  ...FILES,
  ...FACTS,
  ...TABLE_OPERATIONS,
]
