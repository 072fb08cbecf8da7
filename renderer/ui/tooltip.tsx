import './overlay.css'
import { Tooltip } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './kbd.tsx'

/** Shows a short text beside the element it wraps, on hover and on keyboard focus. */
export function Tip({
  text,
  keys,
  side = 'bottom',
  children,
}: {
  text: ReactNode
  keys?: string | undefined
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined
  children: ReactElement
}) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner side={side} sideOffset={6} className="overlay-layer">
          <Tooltip.Popup className="tooltip">
            {text}
            {keys && <Kbd keys={keys} />}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}

/** Wraps the app once, so that moving from one tooltip to the next needs no second wait. */
export const TipProvider = ({ children }: { children: ReactNode }) => (
  <Tooltip.Provider delay={500} closeDelay={0}>
    {children}
  </Tooltip.Provider>
)
