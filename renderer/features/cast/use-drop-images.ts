import { type DragEvent, useEffect, useRef, useState } from 'react'
import { isTextField } from '../../commands/keymap.ts'

const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')

/** Takes files dropped anywhere on the screen, and pictures pasted anywhere but in a field. */
export function useDropImages(onFiles: (files: readonly File[]) => void) {
  const [over, setOver] = useState(false)
  const now = useRef(onFiles)
  useEffect(() => {
    now.current = onFiles
  })
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      if (event.defaultPrevented || document.querySelector('[role=dialog]')) return
      if (event.target instanceof HTMLElement && isTextField(event.target)) return
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length === 0) return
      event.preventDefault()
      now.current(files)
    }
    document.addEventListener('paste', paste)
    return () => document.removeEventListener('paste', paste)
  }, [])
  return {
    over,
    handlers: {
      onDragOver(event: DragEvent) {
        if (!hasFiles(event)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
        setOver(true)
      },
      onDragLeave(event: DragEvent) {
        if (event.relatedTarget === null) setOver(false)
      },
      onDrop(event: DragEvent) {
        if (!hasFiles(event)) return
        event.preventDefault()
        setOver(false)
        onFiles([...event.dataTransfer.files])
      },
    },
  }
}
