/** The screen is on its way. */
export default function HistoryView() {
  return <main className="panel" aria-label="History" aria-busy="true" />
}
