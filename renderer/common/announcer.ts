import { create } from 'zustand'

interface Announcement {
  readonly text: string
  readonly urgent: boolean
}

/** What screen readers are told; shown by the live region of the shell. */
export const useAnnouncement = create<Announcement>(() => ({ text: '', urgent: false }))

/** Says something to a screen reader. @param urgent true when money or attention is at stake */
export const announce = (text: string, urgent = false): void => useAnnouncement.setState({ text, urgent })
