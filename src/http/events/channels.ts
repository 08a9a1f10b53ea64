// The channels of sessions that are open or have subscribers.
import { createChannel, type Channel } from './channel.ts'

export interface Channels {
  of(id: string): Channel
  /** The channel, which is kept until `leave` is called. */
  watch(id: string): { readonly channel: Channel; readonly leave: () => void }
  /** Reports a change of the session's description. */
  notifyChange(id: string): void
  /** The session is no longer open here. */
  detach(id: string): void
  /** The session has been deleted. */
  end(id: string): void
}

/** `isUsed`: whether the session is open, so that its channel is kept even without subscribers. */
export function createChannels(isUsed: (id: string) => boolean): Channels {
  const channels = new Map<string, { readonly channel: Channel; viewers: number }>()
  const of = (id: string) => {
    const known = channels.get(id) ?? { channel: createChannel(), viewers: 0 }
    channels.set(id, known)
    return known
  }
  const clear = (id: string): void => {
    if (!isUsed(id) && channels.get(id)?.viewers === 0) channels.delete(id)
  }
  return {
    of: (id) => of(id).channel,
    watch(id) {
      const at = of(id)
      at.viewers++
      const leave = (): void => {
        at.viewers--
        if (channels.get(id) === at) clear(id)
      }
      return { channel: at.channel, leave }
    },
    notifyChange: (id) => channels.get(id)?.channel.touch(),
    detach(id) {
      channels.get(id)?.channel.detach()
      clear(id)
    },
    end(id) {
      channels.get(id)?.channel.end()
      channels.delete(id)
    },
  }
}
