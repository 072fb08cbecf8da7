/** The clapperboard of Takeboard. */
export const Mark = () => (
  <svg
    className="mark"
    viewBox="0 0 20 20"
    width="20"
    height="20"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.6"
    aria-hidden
  >
    <rect x="1.5" y="6.5" width="17" height="11" rx="2" />
    <path d="M1.6 6.4 18 2.2M5.4 5.4 7 9.8M10.2 4.2l1.6 4.4M14.8 3l1.6 4" strokeLinecap="round" />
  </svg>
)
