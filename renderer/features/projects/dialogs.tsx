import './projects.css'
import { FileJson2, FolderOpen } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import { droppedFiles } from '../../commands/dropped-files.ts'
import { importBoard, placed, type PlacedFile } from '../../commands/import-board.ts'
import { createBoard } from '../../commands/studio-commands.ts'
import { Failure } from '../../common/failure.tsx'
import { FileButton } from '../../common/file-button.tsx'
import { TakeboardError } from '../../../shared/errors.ts'
import { useUi } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextField } from '../../ui/field.tsx'

function NewBoardForm({ onClose }: { onClose(): void }) {
  const [title, setTitle] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (title.trim() === '') return
    setBusy(true)
    if (await createBoard(title.trim())) onClose()
    setBusy(false)
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="new-board">
      <Field label="Name" hint="It starts in rehearsal mode: takes are free placeholders until you turn that off.">
        {(ids) => (
          <TextField
            {...ids}
            // The dialog has one field, and it was opened to fill it.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            value={title}
            maxLength={200}
            placeholder="The Long Pasture"
            onChange={(event) => setTitle(event.target.value)}
          />
        )}
      </Field>
      <div className="row form-buttons">
        <Button look="ghost" onClick={onClose}>
          Cancel
        </Button>
        <Button look="primary" type="submit" disabled={busy || title.trim() === ''}>
          Start the board
        </Button>
      </div>
    </form>
  )
}

/** Asks for the name of a new project. */
export function NewBoardDialog() {
  const open = useUi((ui) => ui.newBoardOpen)
  const close = () => useUi.setState({ newBoardOpen: false })
  return (
    <Dialog open={open} onClose={close} title="New board">
      <NewBoardForm onClose={close} />
    </Dialog>
  )
}

/** One mistake in a board file, as the engine reports it. */
interface BoardProblem {
  readonly path: string
  readonly message: string
  readonly found?: unknown
  readonly allowed?: unknown
}

const isProblem = (value: unknown): value is BoardProblem =>
  typeof value === 'object' &&
  value !== null &&
  'path' in value &&
  typeof value.path === 'string' &&
  'message' in value &&
  typeof value.message === 'string'

/** The mistakes the engine found in a board file, when the error carries them. */
function boardProblems(error: unknown): readonly BoardProblem[] {
  if (!(error instanceof TakeboardError) || error.code !== 'board-invalid' || !Array.isArray(error.data)) return []
  return error.data.filter(isProblem)
}

const ProblemList = ({ problems }: { problems: readonly BoardProblem[] }) => (
  <ul className="problem-list">
    {problems.map(({ path, message, found, allowed }) => (
      <li key={`${path} ${message}`}>
        <code>{path}</code> {message}
        {found !== undefined && found !== null && (
          <span className="t3"> Found {JSON.stringify(found).slice(0, 80)}.</span>
        )}
        {typeof allowed === 'string' && allowed !== '' && <span className="t3"> Allowed: {allowed}.</span>}
      </li>
    ))}
  </ul>
)

/** @param dropped files that were dropped on the window, read at once */
function ImportForm({ dropped, onClose }: { dropped: readonly PlacedFile[] | null; onClose(): void }) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [over, setOver] = useState(false)
  const take = async (files: readonly PlacedFile[]) => {
    setBusy(true)
    setError(null)
    try {
      await importBoard(files)
      onClose()
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  useEffect(() => {
    if (!dropped) return
    useUi.setState({ importFiles: null })
    void take(dropped)
    // What was dropped is taken once, whatever else changes.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [dropped])
  const problems = boardProblems(error)
  return (
    <>
      <p className="t2">
        A board file lists scenes, cast and style. Its images are read from the places it names. A bundle (.takeboard)
        holds all of it in one file and is added as a project of its own.
      </p>
      <div
        className={over ? 'drop-zone over' : 'drop-zone'}
        aria-busy={busy}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          void droppedFiles(event.dataTransfer).then(take)
        }}
      >
        <span className="t2">
          {busy ? 'Reading the board and its images' : 'Drop a bundle, or a board file with its images, here, or'}
        </span>
        <span className="row">
          <FileButton
            label="Choose a folder with a board in it"
            folder
            className="btn"
            onFiles={(files) => void take(files.map(placed))}
          >
            <FolderOpen size={16} />
            Choose a folder
          </FileButton>
          <FileButton
            label="Choose files: a bundle, or a board together with its images"
            multiple
            accept=".takeboard,.json,image/jpeg,image/png,image/webp"
            className="btn"
            onFiles={(files) => void take(files.map(placed))}
          >
            <FileJson2 size={16} />
            Choose files
          </FileButton>
        </span>
      </div>
      {error !== null && <Failure error={error} />}
      {problems.length > 0 && <ProblemList problems={problems} />}
    </>
  )
}

/** Brings in a board: a folder, a .board.json chosen together with its images, or a bundle. */
export function ImportDialog() {
  const open = useUi((ui) => ui.importOpen)
  const dropped = useUi((ui) => ui.importFiles)
  const close = () => useUi.setState({ importOpen: false })
  return (
    <Dialog open={open} onClose={close} title="Open a board file" size="medium">
      <ImportForm dropped={dropped} onClose={close} />
    </Dialog>
  )
}
