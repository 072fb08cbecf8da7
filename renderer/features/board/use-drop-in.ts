import { type DragEvent, type RefObject, useEffect, useState } from 'react'
import { addScenesFromText } from '../../commands/scene-clipboard.ts'
import type { DropPlace } from './layout.ts'

/** Pictures let go on the board: it is asked what they shall become. */
export interface DroppedImages {
  readonly files: readonly File[]
  /** Of the pointer in the window. */
  readonly x: number
  readonly y: number
  readonly place: DropPlace | null
}

interface Over {
  readonly place: DropPlace | null
}

/** Pictures alone, or text from elsewhere. Other files, such as boards, are for the window. */
function isForBoard({ dataTransfer }: DragEvent): boolean {
  const files = [...dataTransfer.items].filter(({ kind }) => kind === 'file')
  return files.length > 0
    ? files.every(({ type }) => type.startsWith('image/'))
    : dataTransfer.types.includes('text/plain')
}

/**
 * Takes pictures and text that are dragged in from outside of the page.
 * @param within true while the drag began on the board itself
 * @param placeAt which place is meant by a point of the window
 */
export function useDropIn(options: {
  within(): boolean
  placeAt(x: number, y: number): DropPlace | null
  onImages(dropped: DroppedImages): void
  onText(text: string, place: DropPlace | null): void
}) {
  const [over, setOver] = useState<Over | null>(null)
  const mine = (event: DragEvent) => !options.within() && isForBoard(event)
  return {
    /** Null while nothing is dragged in. */
    over,
    handlers: {
      onDragOver(event: DragEvent) {
        if (!mine(event)) return
        event.preventDefault()
        event.stopPropagation()
        event.dataTransfer.dropEffect = 'copy'
        const place = options.placeAt(event.clientX, event.clientY)
        setOver((before) =>
          before && before.place?.target === place?.target && before.place?.side === place?.side ? before : { place },
        )
      },
      onDragLeave(event: DragEvent) {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) setOver(null)
      },
      onDrop(event: DragEvent) {
        setOver(null)
        if (!mine(event)) return
        event.preventDefault()
        event.stopPropagation()
        const place = options.placeAt(event.clientX, event.clientY)
        const files = [...event.dataTransfer.files].filter(({ type }) => type.startsWith('image/'))
        if (files.length > 0) options.onImages({ files, x: event.clientX, y: event.clientY, place })
        else options.onText(event.dataTransfer.getData('text/plain'), place)
      },
    },
  }
}

/** Makes scenes of what is pasted anywhere but in a field. @param onImages asks what pictures shall become */
export function usePaste(active: RefObject<() => boolean>, onImages: RefObject<(files: readonly File[]) => void>) {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      if (event.defaultPrevented || !event.clipboardData || !active.current()) return
      const files = [...event.clipboardData.files].filter(({ type }) => type.startsWith('image/'))
      const text = event.clipboardData.getData('text/plain')
      if (files.length === 0 && text.trim() === '') return
      event.preventDefault()
      if (text.trim() === '') onImages.current(files)
      else void addScenesFromText(text)
    }
    document.addEventListener('paste', paste)
    return () => document.removeEventListener('paste', paste)
  }, [active, onImages])
}
