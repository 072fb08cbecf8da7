import { showToast } from '../ui/toast.tsx'

/** Puts a text on the clipboard and says so; where the system refuses, shows it to be copied by hand. @param title what is said */
export async function copyText(text: string, title: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    showToast({ kind: 'info', title, text })
  } catch {
    showToast({ kind: 'attention', title: 'The clipboard could not be reached', text })
  }
}
