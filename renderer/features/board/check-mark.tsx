import { Check, Minus } from 'lucide-react'

/** A tick box drawn inside another control. */
export const CheckMark = ({ on, mixed }: { on: boolean; mixed?: boolean | undefined }) => (
  <span className={`check-mark ${on || mixed ? 'on' : ''}`} aria-hidden>
    {mixed ? <Minus size={11} strokeWidth={3} /> : on && <Check size={11} strokeWidth={3} />}
  </span>
)
