// The clipboard. Browsers offer its API only on localhost and https pages; elsewhere a temporary field is copied from.

/** Puts a text on the clipboard. */
export async function toClipboard(text: string): Promise<void> {
  if ('clipboard' in navigator) return navigator.clipboard.writeText(text)
  const field = document.createElement('textarea')
  field.value = text
  // In an open dialog only what is in it can have the focus.
  const place = document.querySelector('dialog[open]') ?? document.body
  place.append(field)
  field.select()
  document.execCommand('copy')
  field.remove()
}
