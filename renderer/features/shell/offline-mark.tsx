import { CloudOff } from 'lucide-react'
import { useSyncExternalStore } from 'react'

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

/** A quiet mark while this computer has no network: only submissions and downloads wait for it. */
export function OfflineMark() {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine)
  if (online) return null
  const text = 'Offline: submissions and downloads wait, everything else works'
  return (
    <span className="tab-count offline" title={text}>
      <CloudOff size={12} aria-hidden />
      <span className="hidden-text">{text}</span>
    </span>
  )
}
