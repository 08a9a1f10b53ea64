// date-fns: parsing, formats in English and Chinese, differences, calendars, the cell's clock
import * as fns from 'date-fns'
import { addMonths, differenceInCalendarDays, format, formatDistance, isValid, parse, parseISO, startOfWeek } from 'date-fns'
import * as locales from 'date-fns/locale'
import { de, zhCN } from 'date-fns/locale'

const day = parseISO('2024-02-29T13:05:09Z')
console.log(format(day, 'yyyy-MM-dd HH:mm:ss xxx'), format(day, 'PPPPpppp', { locale: zhCN }), format(day, 'do MMMM EEEE QQQ', { locale: de }))
console.log(addMonths(day, 12).toISOString(), differenceInCalendarDays(day, new Date(0)), isValid(parse('31.02.2024', 'dd.MM.yyyy', new Date(0))))
console.log(formatDistance(day, new Date(Date.UTC(2024, 5, 1)), { addSuffix: true, locale: zhCN }), startOfWeek(day, { weekStartsOn: 1 }).toISOString())
console.log(fns.eachMonthOfInterval({ start: day, end: addMonths(day, 3) }).map((one) => format(one, 'MMM')), fns.getISOWeek(day), fns.getQuarter(day), fns.lastDayOfMonth(day))
console.log(fns.formatISO(new Date(), { representation: 'date' }), fns.isToday(new Date()), fns.intervalToDuration({ start: 0, end: 1e9 }), fns.parse('2024年3月5日', 'yyyy年M月d日', new Date(0)))
console.log(Object.keys(fns).length, Object.keys(locales).length, locales.ja.code, locales.enUS.code)
try { format(new Date(NaN), 'yyyy') } catch (error) { console.log(String(error)) }
