/** The screen is on its way. */
export default function SpendView() {
  return <main className="panel" aria-label="Spend" aria-busy="true" />
}
