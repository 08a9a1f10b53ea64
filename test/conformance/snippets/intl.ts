// Dates, numbers, lists and collation by locale
const when = new Date(Date.UTC(2026, 10, 21, 8, 30, 5))
console.log(when.toLocaleString(), when.toLocaleDateString('zh-CN', { dateStyle: 'full' }), when.toLocaleTimeString('de'), when.toString())
console.log(new Intl.DateTimeFormat('ja', { timeZone: 'Asia/Tokyo', timeStyle: 'short' }).format(when), Intl.DateTimeFormat().resolvedOptions().timeZone)
console.log((1234567.891).toLocaleString(), (0.256).toLocaleString('en', { style: 'percent' }), new Intl.NumberFormat('zh-CN', { notation: 'compact' }).format(123456789))
console.log(new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' }).format(-1234.5), new Intl.ListFormat('en').format(['a', 'b', 'c']))
console.log(['北京', '上海', '广州', 'äpfel', 'zebra', 'Apfel'].sort(new Intl.Collator('zh').compare), ['z', 'a', 'Z', 'ä'].sort((a, b) => a.localeCompare(b)))
console.log([...new Intl.Segmenter('zh', { granularity: 'word' }).segment('今天天气很好')].map(({ segment }) => segment), new Intl.PluralRules('ar').select(3))
console.log(new Intl.RelativeTimeFormat('fr', { numeric: 'auto' }).format(-1, 'day'), new Intl.DisplayNames('zh', { type: 'region' }).of('DE'), 'İ'.toLocaleLowerCase('tr'), 'ﬁ'.normalize('NFKD'))
