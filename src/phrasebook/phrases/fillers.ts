// The phrasebook, part three: separators, negations, and filler words. A word in no part of the phrasebook is unknown.
import { mark, type Phrase } from './lexicon.ts'

const THING =
  '(?:images?|pictures?|photos?|photographs?|pics?|files?|versions?|copy|copies|results?|one|ones|shot|graphic|output|data|table|csv|spreadsheet|columns?|values?|row|panels?|variants?|variations?)'
const CHINESE_THING = '(?:图片|图像|照片|相片|图|文件|结果|版本|画面|数据|表格|表|csv|效果|列)'

export const FILLER_PHRASES: readonly Phrase[] = [
  mark(
    'then',
    '(?:,? ?(?:and )?)(?:then|afterwards|after that|next|finally|lastly)(?: ,)?|[,，]?~(?:然后|接着|之后|随后|最后|再|而后)',
  ),
  mark('then', '(?:first(?:ly)?|at first|首先|先)'),
  mark('list', ',|、|;|&|\\+|and|plus|\\n|以及|和|与|跟|及|并且|并|还有|加上|or|/'),
  mark('stop', '[.。!!??]'),
  mark(
    'listing',
    ':|of|with|containing|showing|include|including|包括|包含|分别(?:是|为)?|依次(?:是|为)?|内容(?:是|为)',
  ),
  mark('amend', 'instead|rather|change(?: (?:it|that|this))?(?: to)?|改(?:成|为|用|作)?|换(?:成|为|用|作)?|还是'),
  mark('not', "don'?t|do not|does not|not|no|never|without|except|unless|isn't|won't|can't|cannot|skip|remove|undo"),
  mark('not', '不要|别|不用|不需要|无需|不必|不能|不会|不|没有|没|除了|除去|去掉|去除|撤销'),
  mark(
    'filler',
    // Bounded to as many as anybody writes: unbounded, each word of a long run would scan to its end.
    `(?:(?:this|that|the|these|those|my|our|an?|each|every|all|both|its|their|same|two|three|four|five|six|uploaded|given|last|previous|attached|new|single|other) ){0,8}${THING}`,
  ),
  mark(
    'filler',
    'this|that|the|these|those|my|our|an?|it|its|them|they|each|every|all|both|their|same|two|one|i|me|you|we|us',
  ),
  mark(
    'filler',
    '(?:those|these) (?:two|three|four|five|six|seven|eight|nine|ten|\\d{1,2})(?: (?:people|rows|ones))?|[这那](?:[两二三四五六七八九十]|\\d{1,2})个人?|(?:是|有)?多少',
  ),
  mark(
    'filler',
    "please|kindly|can|could|would|will|should|want|wants|need|like|i'd|i'll|let's|let|let me|hi|hello|hey|thanks|thank you|help",
  ),
  mark('filler', "(?:it|that|this|there)'s|still|yet|quite|image's|picture's"),
  mark(
    'filler',
    'hm+|um+|ok(?:ay)?|well|but|actually|maybe|perhaps|please|go|(?:i|we) (?:think|feel|find)|to me|looks? like|across|among|grouped|what (?:does|do|did|is|was|are|were)|how much (?:is|was|are)|嗯+|好的?|不错|但是?|不过|可是|我?觉得|感觉|看起来|看上去|好像|split|broken down|break ?down|divided|how (?:are|is|did|do|does|has|have)|表示|呈现|体现|反映|不同的?|还?要',
  ),
  mark(
    'filler',
    'make|makes|turn|turns|convert(?:ed|s)?|give|show|shows|create|draw|apply|do|put|add|get|produce|generate|render|use|using|have|has|save|saved?|export|become|be|is|are|was|display|place|take|set|keep|try|run|start(?:ing|s)?|see|tell|combine[ds]?|join(?:ed)?|arrange[ds]?|merge[ds]?|reduced?',
  ),
  mark(
    'filler',
    'as a function of|depending on|to|into|in|as|at|on|by|for|from|out|up|so|which|while|about|through|per|effects?|filters?|together|now|just|simply|also|too|again|some|only|look|looks|style|transformed|processed|modified|arrangement|layout|degrees|once more|more|step|time|way|detection|amount|only|between|over|against|versus|vs|there|where|your|after|operation|size|format|version',
  ),
  mark(
    'filler',
    `(?:(?:这|那|该|每|整|上一|刚才的?|刚刚的?|上传的?|我的?)(?:一)?(?:两|二|三|几|些|\\d)?(?:张|个|幅|份|些|副)?的?|[一两三四五六七八九]张|几张|多张|所有的?|全部的?)?${CHINESE_THING}(?:的|里|中|上|们)?`,
  ),
  mark(
    'filler',
    '请|麻烦|帮我?|帮忙|给我?|我(?:想|要|想要|需要)?|你|可以|能否|能不能|能|可否|吗|吧|呢|啊|哦|谢谢|您好|你好|一下子?|下',
  ),
  mark(
    'filler',
    '随着?|按照|只看?|只要|仅看?|把|将|以|对|让|使|用|拿|由|按|做|作|制作|生成|画|绘制|绘|画出|展示|显示|输出|保存|存|导出|得到|产生|弄|搞|来|去|进行|处理|操作|查看|看看|看|告诉|加|加上|添加|放|放到|放在|放置|排成|排列成?|组成|合成|合并|拼成|做成|列出|创建',
  ),
  mark('filler', '转换|转化|转(?:成|为|换成|换为|化为)|变(?:成|为)|弄成|处理成|改造成|成为|成|为|是|到|至|有|转'),
  mark(
    'filler',
    '这|那|它|它们|其|每|各|的|地|得|了|着|有点儿?|得|在|里|中|上|个|张|幅|份|种|之|同时|也|都|还|就|一起|在一起|一个|一张|一幅|一份|所有|全部|分别|效果|滤镜|风格|形式|格式|版|方式|大小|尺寸|现在|刚才|上面|共|总共|一共|并|且|同样|角度|布局|边|体积|变化|时间|该|后|以后',
  ),
  mark('filler', '"|\'|…|—|·|-|\\(|\\)|\\[|\\]'),
].flat()
