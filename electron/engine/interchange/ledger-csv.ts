import type { LedgerEntry } from '../../../shared/model.ts'
import { addUsd, usdDecimal, usdMicros, ZERO_USD } from '../../../shared/money.ts'

/** A ledger line with what it is about. */
export interface LedgerCsvLine extends LedgerEntry {
  readonly project: string
  readonly storyboard: string
}

/** Between which accounts each movement carries its amount. */
const ACCOUNTS: Readonly<Record<LedgerEntry['kind'], { readonly debit: string; readonly credit: string }>> = {
  reserve: { debit: 'reserved', credit: 'available' },
  settle: { debit: 'spent', credit: 'reserved' },
  release: { debit: 'available', credit: 'reserved' },
  overage: { debit: 'spent', credit: 'available' },
  refund: { debit: 'available', credit: 'spent' },
}

const HEADER = [
  'Entry',
  'Time (UTC)',
  'Project',
  'Storyboard',
  'Slate',
  'Movement',
  'Debit',
  'Credit',
  'Amount (USD)',
  'Reserved after (USD)',
  'Spent after (USD)',
  'Note',
]

/** Quotes a cell where RFC 4180 wants it, and keeps spreadsheets from running text as a formula. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/**
 * The ledger as double-entry bookkeeping in CSV: every line moves one amount from one account to another, and the last
 * two columns are the balances after it. @param lines oldest first
 */
export function ledgerCsv(lines: readonly LedgerCsvLine[]): string {
  let held = ZERO_USD
  let spent = ZERO_USD
  const rows = lines.map((line) => {
    held = addUsd(held, line.held)
    spent = addUsd(spent, line.spent)
    const { debit, credit } = ACCOUNTS[line.kind]
    const amount = usdMicros(Math.max(Math.abs(line.held), Math.abs(line.spent)))
    return [
      String(line.seq),
      new Date(line.at).toISOString(),
      line.project,
      line.storyboard,
      line.slate,
      line.kind,
      debit,
      credit,
      usdDecimal(amount),
      usdDecimal(held),
      usdDecimal(spent),
      line.note,
    ]
  })
  return [HEADER, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}
