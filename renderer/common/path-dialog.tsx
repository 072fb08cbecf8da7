import './path-dialog.css'
import { type FormEvent, type ReactNode, useState } from 'react'
import { errorText } from '../state/requests.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field, TextField } from '../ui/field.tsx'

/** Asks for a path on the machine of the studio and does something with it; what was refused is said at the field. */
export function PathDialog({
  title,
  label,
  placeholder,
  action,
  busyAction,
  open,
  onClose,
  onPath,
  children,
}: {
  title: string
  label: string
  placeholder: string
  action: string
  /** What the button says meanwhile. */
  busyAction: string
  open: boolean
  onClose(): void
  /** A rejection is shown under the field. */
  onPath(path: string): Promise<unknown>
  children: ReactNode
}) {
  const [path, setPath] = useState('')
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const close = () => {
    if (busy) return
    setRefusal(null)
    setPath('')
    onClose()
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (path.trim() === '' || busy) return
    setBusy(true)
    setRefusal(null)
    try {
      await onPath(path.trim())
      setPath('')
      onClose()
    } catch (error) {
      setRefusal(errorText(error).text)
    }
    setBusy(false)
  }
  return (
    <Dialog
      open={open}
      onClose={close}
      title={title}
      footer={
        <>
          <Button look="ghost" disabled={busy} onClick={close}>
            Cancel
          </Button>
          <Button form="path-dialog" type="submit" look="primary" disabled={busy || path.trim() === ''}>
            {busy ? busyAction : action}
          </Button>
        </>
      }
    >
      <form id="path-dialog" className="path-form" onSubmit={(event) => void submit(event)}>
        <div className="t2">{children}</div>
        <Field label={label} error={refusal}>
          {(ids) => (
            <TextField
              {...ids}
              placeholder={placeholder}
              autoComplete="off"
              spellCheck={false}
              maxLength={4096}
              value={path}
              onChange={(event) => setPath(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  )
}

/** An example of a path in the spelling of the studio's system. */
export const examplePath = (libraryPath: string, unix: string, windows: string): string =>
  libraryPath.includes('\\') ? windows : unix
