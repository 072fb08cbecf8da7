import { type FormEvent, useState } from 'react'
import { errorText } from '../state/requests.ts'

export type ReadText<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string }

/**
 * A value typed into a field and saved by its form. Nothing counts as changed until the engine says so: mount it anew (by
 * key) when the saved value changes.
 * @param before the saved value as it is written
 * @param read what a text stands for, or what is wrong with it
 * @param onSave a rejection is shown as the error
 */
export function useSavedText<T>(
  before: string,
  read: (text: string) => ReadText<T>,
  onSave: (value: T) => Promise<unknown>,
) {
  const [text, setText] = useState(before)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === before) return
    const found = read(text.trim())
    if (!found.ok) return setError(found.message)
    setBusy(true)
    setError(null)
    try {
      await onSave(found.value)
    } catch (failure) {
      setError(errorText(failure).text)
    } finally {
      setBusy(false)
    }
  }
  return {
    text,
    error,
    busy,
    isChanged: text.trim() !== before,
    setText,
    /** Back to what is saved. */
    revert() {
      setText(before)
      setError(null)
    },
    save: (event: FormEvent) => void save(event),
  }
}
