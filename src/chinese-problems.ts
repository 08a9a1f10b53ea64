// Chinese messages for stable error codes, for the page and the command line; the errors carry the English ones.

export const CHINESE_PROBLEMS: Readonly<Record<string, string>> = {
  offline: '服务器没有响应。',
  busy: '这个对话正在处理，请等它结束，或先停止。',
  session_expired: '这个对话已过期，文件也已删除。请开始新对话。',
  not_found: '找不到它，可能已被删除。',
  too_many_streams: '打开的页面太多，请关闭一些标签页。',
  nothing_to_undo: '没有更早的版本可以恢复。',
  EASEL_UPLOAD: '文件是空的(0 字节)。请换一份有内容的文件。',
  EASEL_FILE_NAME: '这个文件名不能用。请改名后再添加。',
  EASEL_LIMIT_FILE_BYTES: '文件太大，超过了上限。请先缩小。',
  EASEL_LIMIT_SESSION: '这个对话的文件总量超过了上限。请删除一些，或开始新对话。',
  EASEL_LIMIT_FILES: '这个对话的文件太多了。请删除一些，或开始新对话。',
  EASEL_LIMIT_FOLDER: '服务器的数据文件夹已满。',
  EASEL_INTERRUPTED: '程序在这一轮中途结束了。',
  EASEL_GAVE_WAY: '服务器很忙，这一轮让给了还没有沙盒的人。请稍后再试。',
  EASEL_CANCELLED: '已停止。',
  internal: '服务器出了问题，详情见它的日志。',
}
