import type { ReactNode } from 'react'

/** Flat landscapes for the welcome, drawn in a 160 by 100 box that is cut to fit. */
const Drawing = ({ sky, children }: { sky: string; children: ReactNode }) => (
  <svg viewBox="0 0 160 100" preserveAspectRatio="xMidYMid slice">
    <rect width="160" height="100" fill={sky} />
    {children}
  </svg>
)

const Horse = ({ x, y, fill, size = 1 }: { x: number; y: number; fill: string; size?: number }) => (
  <path
    transform={`translate(${x} ${y}) scale(${size})`}
    fill={fill}
    d="M0 9C0 5 3 4 8 4c5 0 9 1 12-1l4-5 2-3 1 3c3 1 4 4 5 6l-3 1-4-2-3 6c-1 3-2 4-3 4l-1 9h-2l-1-8c-3 1-6 1-8 0l-2 8H3l1-8C1 15 0 13 0 9Zm0 1c-2 2-2 5-3 8 0-4 0-8 3-10Z"
  />
)

const Figure = ({ x, y, fill, size = 1 }: { x: number; y: number; fill: string; size?: number }) => (
  <g transform={`translate(${x} ${y}) scale(${size})`} fill={fill}>
    <circle cx="4" cy="2.6" r="2.4" />
    <path d="M2 5.4h4l1.6 10.2H.4ZM1.6 15.6h2V23h-2Zm2.8 0h2V23h-2Z" />
  </g>
)

const Pines = ({ y, fill }: { y: number; fill: string }) => (
  <g fill={fill}>
    {[6, 17, 25, 40, 118, 128, 141, 150].map((x, index) => (
      <path key={x} d={`M${x} ${y - 14 - (index % 3) * 4}l5 ${16 + (index % 3) * 4}h-10Z`} />
    ))}
  </g>
)

export const GoldGrass = () => (
  <Drawing sky="#e9cf7a">
    <circle cx="124" cy="42" r="13" fill="#fff3c4" />
    <path d="M0 56q40-14 82-4t78-6v54H0Z" fill="#c7a349" />
    <path d="M0 70q60-8 160 0v30H0Z" fill="#9a7c2c" />
    <Horse x={62} y={48} fill="#5a3520" size={1.1} />
    <Figure x={104} y={50} fill="#33455a" />
  </Drawing>
)

export const Hills = () => (
  <Drawing sky="#8d7ba4">
    <path d="M0 48q30-14 64-4t96-8v64H0Z" fill="#b7a2bd" />
    <Pines y={58} fill="#5b4f70" />
    <path d="M0 62q50-12 90-2t70-4v44H0Z" fill="#6a5c80" />
    <path d="M0 78q70-10 160 0v22H0Z" fill="#3a3350" />
    <path d="M116 66h20v12h-20Zm-3 0 13-9 13 9Z" fill="#241f33" />
    <path d="M123 70h5v5h-5Z" fill="#ffd88a" />
  </Drawing>
)

export const BarnDoor = () => (
  <Drawing sky="#2a2014">
    <path d="M98 12h34v70H98Z" fill="#f7e0a0" />
    <path d="M98 82h34l22 18H66Z" fill="#8a6a2c" />
    <path d="M0 0h98v82H0Z" fill="#3b2c18" />
    <path d="M20 0v84M46 0v84M72 0v84" stroke="#2a2014" strokeWidth="2" />
    <Figure x={108} y={44} fill="#1d1712" size={1.6} />
  </Drawing>
)

export const Sunset = () => (
  <Drawing sky="#b8476b">
    <path d="M0 26h160v30H0Z" fill="#e2785a" opacity=".8" />
    <circle cx="76" cy="60" r="17" fill="#ffd48a" />
    <path d="M0 66q60-10 160-2v36H0Z" fill="#4a2033" />
    <Figure x={42} y={42} fill="#1b0d16" size={1.2} />
    <Horse x={86} y={44} fill="#1b0d16" size={1.3} />
  </Drawing>
)

export const Storm = () => (
  <Drawing sky="#4b5a60">
    <path d="M0 0h160v28q-40 14-80 2T0 34Z" fill="#333f45" />
    <path d="m70 28-8 16h7l-6 16" fill="none" stroke="#e8eef2" strokeWidth="2" />
    <path d="M0 66q60-8 160-2v36H0Z" fill="#38412e" />
    <Figure x={104} y={46} fill="#1a2026" size={1.1} />
    <Horse x={124} y={50} fill="#14181a" />
  </Drawing>
)

export const Snow = () => (
  <Drawing sky="#b9cbdb">
    <Pines y={56} fill="#5e7487" />
    <path d="M0 58q70-8 160 0v42H0Z" fill="#eef3f8" />
    <Horse x={64} y={54} fill="#5d3a26" />
    <Figure x={102} y={54} fill="#3d5570" />
    <g fill="#fff">
      {[12, 34, 58, 82, 110, 136, 150].map((x, index) => (
        <circle key={x} cx={x} cy={10 + ((index * 17) % 40)} r="1.3" />
      ))}
    </g>
  </Drawing>
)
