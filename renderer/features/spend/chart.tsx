import { useId } from 'react'
import { formatUsd, usdMicros, type UsdMicros } from '../../../shared/money.ts'
import { axisOf, type Column, columnText, type Series, tickText } from './chart-data.ts'
import { roundUsd } from './figures.ts'

const money = (amount: number) => formatUsd(usdMicros(Math.round(amount)))
const pc = (fraction: number) => `${fraction * 100}%`

/** Share of its place that a column leaves free at either side. */
const GAP = 0.22

/** The colours of the storyboards. */
export function Legend({ series }: { series: readonly Series[] }) {
  return (
    <ul className="spend-legend">
      {series.map(({ storyboardId, title }, index) => (
        <li key={storyboardId ?? 'others'}>
          <i className={`swatch series-${index + 1}`} aria-hidden />
          <span className="ell">{title}</span>
        </li>
      ))}
    </ul>
  )
}

/** What had been spent by when, piled up by storyboard, with what is reserved on top of now. */
export function SpendChart({
  columns,
  series,
  cap,
}: {
  columns: readonly Column[]
  series: readonly Series[]
  cap: UsdMicros | null
}) {
  const hatch = useId()
  const { max, ticks, showsCap } = axisOf(columns, cap)
  const up = (amount: number) => pc(1 - amount / max)
  return (
    <div className="spend-chart" aria-hidden>
      <div className="spend-axis num">
        {ticks.map((tick) => (
          <span key={tick} style={{ top: up(tick) }}>
            {tickText(tick)}
          </span>
        ))}
        {showsCap && cap !== null && (
          <span className="cap" style={{ top: up(cap) }}>
            Cap {roundUsd(cap)}
          </span>
        )}
      </div>
      <svg className="spend-plot">
        <defs>
          <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="5" height="5" className="hatch-ground" />
            <rect width="2" height="5" className="hatch-line" />
          </pattern>
        </defs>
        {ticks.map((tick) => (
          <line key={tick} className={tick === 0 ? 'base' : 'tick'} x1="0" x2="100%" y1={up(tick)} y2={up(tick)} />
        ))}
        {columns.map((column, index) => {
          const x = pc((index + GAP) / columns.length)
          const width = pc((1 - 2 * GAP) / columns.length)
          let below = 0
          return (
            <g key={column.label}>
              {column.parts.map((part, place) => {
                if (part <= 0) return null
                below += part
                return (
                  <rect
                    key={series[place]?.storyboardId ?? 'others'}
                    className={`part series series-${place + 1}`}
                    x={x}
                    width={width}
                    y={up(below)}
                    height={pc(part / max)}
                  />
                )
              })}
              {column.held > 0 && (
                <rect
                  className="part"
                  fill={`url(#${hatch})`}
                  x={x}
                  width={width}
                  y={up(below + column.held)}
                  height={pc(column.held / max)}
                />
              )}
              <text
                className="figure"
                x={pc((index + 0.5) / columns.length)}
                y={up(column.total + column.held)}
                dy="-6"
              >
                {columnText(column)}
              </text>
            </g>
          )
        })}
        {showsCap && cap !== null && <line className="cap" x1="0" x2="100%" y1={up(cap)} y2={up(cap)} />}
      </svg>
      <div className="spend-labels" style={{ gridTemplateColumns: `repeat(${columns.length}, minmax(0, 1fr))` }}>
        {columns.map(({ label }, index) => (
          <span key={label} className={index === columns.length - 1 ? 'now' : undefined}>
            {label}
          </span>
        ))}
      </div>
    </div>
  )
}

/** The same as a table: what screen readers have of the chart, and whoever prefers figures. */
export function SpendFigures({
  columns,
  series,
  visible,
}: {
  columns: readonly Column[]
  series: readonly Series[]
  visible: boolean
}) {
  return (
    <div className={visible ? 'spend-figures' : 'hidden-text'}>
      <table aria-label="Spent so far, by storyboard">
        <thead>
          <tr>
            <th scope="col">By the end of</th>
            {series.map(({ storyboardId, title }) => (
              <th key={storyboardId ?? 'others'} scope="col">
                {title}
              </th>
            ))}
            <th scope="col">Spent</th>
            <th scope="col">Reserved</th>
          </tr>
        </thead>
        <tbody className="num">
          {columns.map((column) => (
            <tr key={column.label}>
              <th scope="row">{column.label}</th>
              {column.parts.map((part, place) => (
                <td key={series[place]?.storyboardId ?? 'others'}>{money(part)}</td>
              ))}
              <td>{money(column.total)}</td>
              <td>{money(column.held)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
