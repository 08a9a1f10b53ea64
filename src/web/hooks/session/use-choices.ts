// The user's choice of files for the next message: files by name, uploads in their positions, and what is left out.
import { useCallback, useMemo, useRef, useState } from 'react'
import { chooseFile, chooseUploads, inOrder, leaveOut, nameUpload, type Choices } from '../../model/choices.ts'

export interface Choosing {
  readonly leftOut: readonly string[]
  /** The chosen names, then `others`, in the order of choice and without those left out. */
  readonly order: (others: readonly string[]) => readonly string[]
  /** The `wanted` names in the order of choice, including choices that are not rendered yet. */
  readonly latest: (wanted: readonly string[]) => readonly string[]
  readonly pick: (name: string) => void
  readonly leave: (...names: readonly string[]) => void
  readonly addUploads: (keys: readonly string[]) => void
  readonly named: (key: string, names: readonly string[]) => void
  readonly reset: () => void
}

export function useChoices(): Choosing {
  const [choices, show] = useState<Choices>([])
  const [leftOut, setLeftOut] = useState<readonly string[]>([])
  const now = useRef<Choices>([])
  const change = useCallback((how: (all: Choices) => Choices): void => {
    now.current = how(now.current)
    show(now.current)
  }, [])
  return useMemo(() => {
    const isWanted = (name: string): boolean => !leftOut.includes(name)
    return {
      leftOut,
      order: (others) => inOrder(choices, others).filter(isWanted),
      latest: (wanted) => inOrder(now.current, wanted).filter((name) => wanted.includes(name)),
      pick(name) {
        change((all) => chooseFile(all, name))
        setLeftOut((all) => all.filter((one) => one !== name))
      },
      leave(...names) {
        setLeftOut((all) => [...all, ...names])
        change((all) => names.reduce(leaveOut, all))
      },
      addUploads: (keys) => change((all) => chooseUploads(all, keys)),
      named: (key, names) => change((all) => nameUpload(all, key, names)),
      reset() {
        change(() => [])
        setLeftOut([])
      },
    }
  }, [choices, leftOut, change])
}
