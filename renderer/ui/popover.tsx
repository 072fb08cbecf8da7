import './overlay.css'
import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'

/** A small panel anchored to its trigger. */
export function Popover({
  trigger,
  title,
  align = 'end',
  className,
  open,
  onOpenChange,
  children,
}: {
  trigger: ReactElement
  title?: string | undefined
  align?: 'start' | 'center' | 'end' | undefined
  className?: string | undefined
  open?: boolean | undefined
  onOpenChange?: ((open: boolean) => void) | undefined
  children: ReactNode
}) {
  const control = open === undefined ? {} : { open }
  return (
    <Base.Root {...control} onOpenChange={(next) => onOpenChange?.(next)}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align={align} collisionPadding={8} className="overlay-layer">
          <Base.Popup className={`popup popover ${className ?? ''}`}>
            {title && <Base.Title className="popover-title">{title}</Base.Title>}
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
