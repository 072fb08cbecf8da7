import './overlay.css'
import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { Button, IconButton } from './button.tsx'

/** A modal window. Put its content in a `dialog-body` element and its buttons in `footer`. */
export function Dialog({
  open,
  onClose,
  title,
  aside,
  size = 'small',
  footer,
  bare,
  initialFocus,
  children,
}: {
  open: boolean
  onClose(): void
  title: ReactNode
  /** Beside the title, before the close button. */
  aside?: ReactNode
  size?: 'small' | 'medium' | 'wide' | 'full' | undefined
  footer?: ReactNode
  /** True when the content brings its own padding and scrolling. */
  bare?: boolean | undefined
  /** What has the focus at first; default: the first control. */
  initialFocus?: RefObject<HTMLElement | null> | undefined
  children: ReactNode
}) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Viewport className="dialog-layer">
          <Base.Popup className={`dialog ${size}`} initialFocus={initialFocus}>
            <header>
              <Base.Title>{title}</Base.Title>
              {aside}
              <Base.Close render={<IconButton label="Close" icon={<X size={16} />} tip={false} />} />
            </header>
            {bare ? children : <div className="dialog-body">{children}</div>}
            {footer && <footer>{footer}</footer>}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

/** Asks before something is removed. */
export function ConfirmDialog({
  open,
  title,
  action,
  onConfirm,
  onClose,
  children,
}: {
  open: boolean
  title: string
  /** What the confirming button says. */
  action: string
  onConfirm(): void
  onClose(): void
  children: ReactNode
}) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button
            look="danger"
            onClick={() => {
              onClose()
              onConfirm()
            }}
          >
            {action}
          </Button>
        </>
      }
    >
      <div className="t2">{children}</div>
    </Dialog>
  )
}
