import './take-label.css'
import type { TakeLabel } from '../../shared/review.ts'

export const LABEL_WORDS: Readonly<Record<TakeLabel, string>> = {
  none: 'No label',
  red: 'Red',
  yellow: 'Yellow',
  green: 'Green',
  blue: 'Blue',
  purple: 'Purple',
}

/** The colour of a label, beside its word or its name. */
export const LabelDot = ({ label }: { label: TakeLabel }) => <i className={`take-label label-${label}`} aria-hidden />
