import { GlobalFonts } from '@napi-rs/canvas'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pen } from './stage.ts'

const FAMILY = 'Takeboard Rehearsal'
const STACK = `"${FAMILY}", Inter, "Segoe UI", "Helvetica Neue", "Noto Sans", "Noto Sans CJK SC", Arial, sans-serif`

/** Registers the app's font once per process. Without the file, text falls back to a system font. */
export function registerFonts(resourcesDir: string | null): void {
  if (resourcesDir === null || GlobalFonts.has(FAMILY)) return
  const path = join(resourcesDir, 'fonts', 'inter-latin-wght-normal.woff2')
  // Read here and not by the canvas, whose native code cannot look into an app archive.
  if (existsSync(path)) GlobalFonts.register(readFileSync(path), FAMILY)
}

/** Sets size (pixels), weight (100-900) and letter spacing (pixels) for the text that follows. */
export function setType(pen: Pen, size: number, weight = 450, spacing = 0): void {
  pen.font = `400 ${size.toFixed(2)}px ${STACK}`
  pen.fontVariationSettings = `"wght" ${weight}`
  pen.letterSpacing = `${spacing.toFixed(2)}px`
}

/** Draws figures in columns of equal width, so that running numbers do not jitter. @returns the width drawn */
export function fillTabular(pen: Pen, text: string, x: number, y: number): number {
  const column = pen.measureText('0').width
  const colon = column * 0.5
  let at = x
  for (const letter of text) {
    const width = letter === ':' ? colon : column
    pen.fillText(letter, at + (width - pen.measureText(letter).width) / 2, y)
    at += width
  }
  return at - x
}

/**
 * Breaks a text into lines no wider than `width`; the last of `maxLines` ends in an ellipsis when something is left over.
 * A reference such as `[Image 3]` is never broken; a word longer than a line is.
 */
export function wrapText(pen: Pen, text: string, width: number, maxLines: number): string[] {
  const lines: string[] = []
  for (const paragraph of text.split(/\n+/)) {
    let line = ''
    for (const word of words(pen, paragraph, width)) {
      const longer = line === '' ? word : `${line} ${word}`
      if (line === '' || pen.measureText(longer).width <= width) line = longer
      else {
        lines.push(line)
        line = word
      }
    }
    if (line !== '') lines.push(line)
  }
  if (lines.length <= maxLines) return lines
  const kept = lines.slice(0, maxLines)
  let last = kept[maxLines - 1] ?? ''
  while (last !== '' && pen.measureText(`${last}…`).width > width) last = last.slice(0, -1)
  kept[maxLines - 1] = `${last.trimEnd()}…`
  return kept
}

function words(pen: Pen, paragraph: string, width: number): string[] {
  const pieces = paragraph
    .replace(/\[Image (\d)\]/g, '[Image\u00a0$1]')
    .trim()
    .split(/[ \t\r]+/)
  return pieces.filter((piece) => piece !== '').flatMap((piece) => breakLong(pen, piece, width))
}

function breakLong(pen: Pen, word: string, width: number): string[] {
  if (pen.measureText(word).width <= width) return [word]
  const parts: string[] = []
  let part = ''
  for (const letter of word) {
    if (part !== '' && pen.measureText(part + letter).width > width) {
      parts.push(part)
      part = ''
    }
    part += letter
  }
  return [...parts, part]
}
