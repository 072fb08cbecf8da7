import { FileDown } from 'lucide-react'
import { useEffect, useState } from 'react'
import { droppedFiles, isBoardName, mayHoldBoard } from '../../commands/dropped-files.ts'
import { useUi } from '../../state/ui-store.ts'
import { showToast } from '../../ui/toast.tsx'

async function take(drop: DataTransfer): Promise<void> {
  const files = await droppedFiles(drop)
  if (files.some(({ path }) => isBoardName(path))) {
    useUi.setState({ importOpen: true, importFiles: files })
    return
  }
  showToast({
    kind: 'attention',
    title: 'There is no board among those files',
    text: 'A board is a .board.json file with its images, or a .takeboard bundle.',
  })
}

/** A board file, bundle or folder may be dropped anywhere in the window; while one is held over it, the window says so. */
export function DropImport() {
  const [over, setOver] = useState(false)
  useEffect(() => {
    // Entering a child comes before leaving its parent, so what is inside is counted.
    let inside = 0
    const meant = (event: DragEvent) => event.dataTransfer !== null && mayHoldBoard(event.dataTransfer)
    const enter = (event: DragEvent) => {
      if (!meant(event)) return
      inside += 1
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (!meant(event)) return
      inside = Math.max(0, inside - 1)
      if (inside === 0) setOver(false)
    }
    const hold = (event: DragEvent) => {
      if (!meant(event)) return
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
    }
    const drop = (event: DragEvent) => {
      inside = 0
      setOver(false)
      if (!event.dataTransfer || !meant(event)) return
      event.preventDefault()
      event.stopPropagation()
      void take(event.dataTransfer)
    }
    const options = { capture: true }
    window.addEventListener('dragenter', enter, options)
    window.addEventListener('dragleave', leave, options)
    window.addEventListener('dragover', hold, options)
    window.addEventListener('drop', drop, options)
    return () => {
      window.removeEventListener('dragenter', enter, options)
      window.removeEventListener('dragleave', leave, options)
      window.removeEventListener('dragover', hold, options)
      window.removeEventListener('drop', drop, options)
    }
  }, [])
  if (!over) return null
  return (
    <div className="drop-overlay">
      <div>
        <FileDown size={32} strokeWidth={1.5} aria-hidden />
        <strong>Drop the board here</strong>
        <span className="t2">A .board.json with its images, a folder, or a .takeboard bundle</span>
      </div>
    </div>
  )
}
