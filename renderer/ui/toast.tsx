import './overlay.css'
import { Toast } from '@base-ui/react/toast'
import { CircleCheck, CircleX, TriangleAlert, X } from 'lucide-react'
import { Button, IconButton } from './button.tsx'

interface ToastData {
  action?: { label: string; run(): void } | undefined
}

const manager = Toast.createToastManager<ToastData>()

/** Says in a corner that something happened: 5 s long, or 12 s when it is not what was wished or can be undone. */
export function showToast(toast: {
  /** One toast of an id is shown at a time; without it the same words are shown once. */
  id?: string | undefined
  kind: 'info' | 'attention' | 'error'
  title: string
  text?: string | undefined
  action?: { label: string; run(): void } | undefined
}): void {
  const id = toast.id ?? `${toast.kind}:${toast.title}:${toast.text ?? ''}`
  manager.add({
    id,
    type: toast.kind,
    title: toast.title,
    description: toast.text,
    timeout: toast.kind === 'info' && !toast.action ? 5_000 : 12_000,
    priority: toast.kind === 'info' ? 'low' : 'high',
    data: { action: toast.action },
  })
}

const ICONS: Readonly<Record<string, typeof CircleX>> = { info: CircleCheck, attention: TriangleAlert, error: CircleX }

function Toasts() {
  const { toasts, close } = Toast.useToastManager<ToastData>()
  return toasts.map((toast) => {
    const ToastIcon = ICONS[toast.type ?? 'info'] ?? CircleCheck
    return (
      <Toast.Root key={toast.id} toast={toast} className={`toast ${toast.type ?? 'info'}`}>
        <span className="toast-icon">
          <ToastIcon size={16} />
        </span>
        <Toast.Title className="toast-title" />
        <Toast.Close render={<IconButton label="Dismiss" size="small" icon={<X size={14} />} tip={false} />} />
        <Toast.Description className="toast-text" />
        {toast.data?.action && (
          <Button
            className="toast-action"
            size="small"
            onClick={() => {
              toast.data?.action?.run()
              close(toast.id)
            }}
          >
            {toast.data.action.label}
          </Button>
        )}
      </Toast.Root>
    )
  })
}

/** Placed once at the root. */
export function Toaster() {
  return (
    <Toast.Provider toastManager={manager} limit={4}>
      <Toast.Portal>
        <Toast.Viewport className="toasts">
          <Toasts />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}
