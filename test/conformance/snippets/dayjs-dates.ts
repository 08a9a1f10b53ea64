// dayjs: parsing, formats, arithmetic, plugins, Chinese and English, the cell's clock
import dayjs, { type Dayjs } from 'dayjs'
import advancedFormat from 'dayjs/plugin/advancedFormat.js'
import customParseFormat from 'dayjs/plugin/customParseFormat.js'
import duration from 'dayjs/plugin/duration.js'
import isBetween from 'dayjs/plugin/isBetween.js'
import quarterOfYear from 'dayjs/plugin/quarterOfYear.js'
import relativeTime from 'dayjs/plugin/relativeTime.js'
import timezone from 'dayjs/plugin/timezone.js'
import utc from 'dayjs/plugin/utc.js'
import weekOfYear from 'dayjs/plugin/weekOfYear.js'
import 'dayjs/locale/zh-cn.js'

for (const plugin of [utc, timezone, customParseFormat, relativeTime, weekOfYear, quarterOfYear, isBetween, duration, advancedFormat])
  dayjs.extend(plugin as Parameters<typeof dayjs.extend>[0])
const day: Dayjs = dayjs('2024-02-29 13:05:09')
console.log(day.format(), day.format('YYYY年M月D日 dddd Qo [quarter] wo'), day.add(1, 'year').toISOString(), day.startOf('week').format('DD'))
console.log(dayjs('05/03/2024', 'DD/MM/YYYY', true).isValid(), dayjs('05.03.2024', 'DD/MM/YYYY', true).isValid(), dayjs('nonsense').format())
console.log(dayjs.utc('2024-01-01T00:30:00Z').tz('Asia/Shanghai').format('YYYY-MM-DD HH:mm Z'), day.diff('2023-02-28', 'month', true), day.week(), day.quarter())
console.log(day.locale('zh-cn').format('MMMM dddd'), dayjs('2024-01-01').locale('zh-cn').from('2024-06-01'), dayjs('2024-01-01').to('2024-01-03'))
console.log(day.isBetween('2024-01-01', '2024-03-01'), dayjs.duration(90, 'minutes').format('HH:mm'), dayjs.duration(3, 'days').humanize())
dayjs.locale('zh-cn')
console.log(dayjs().format('YYYY-MM-DD HH:mm:ss.SSS'), dayjs().isSame(dayjs(), 'day'), dayjs('2024-05-01').format('ddd'), [day, dayjs('2020-01-01')].sort((a, b) => a.diff(b)).map(String))
