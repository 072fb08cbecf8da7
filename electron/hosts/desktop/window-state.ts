import { z } from 'zod'
import { readPrivateFile, writePrivateFile } from '../private-file.ts'

const WindowState = z.strictObject({
  /** Null lets the system place it. */
  position: z.strictObject({ x: z.number().int(), y: z.number().int() }).nullable(),
  width: z.number().int().min(1100).max(20_000),
  height: z.number().int().min(700).max(20_000),
  maximized: z.boolean(),
})
export type WindowState = z.infer<typeof WindowState>

export const MIN_SIZE = { width: 1100, height: 700 } as const
const FIRST: WindowState = { position: null, width: 1440, height: 900, maximized: false }

interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** How much of a title bar must be on a screen to be caught with the mouse, in pixels. */
const GRIP = { width: 120, height: 24 }

const canBeCaught = ({ position, width }: WindowState, screen: Area) =>
  position !== null &&
  position.x + width - GRIP.width >= screen.x &&
  position.x + GRIP.width <= screen.x + screen.width &&
  position.y >= screen.y &&
  position.y + GRIP.height <= screen.y + screen.height

/** Where the window was, unless its screen is gone; then only how large it was. */
export function readWindowState(path: string, screens: readonly Area[]): WindowState {
  try {
    const state = WindowState.parse(JSON.parse(readPrivateFile(path) ?? 'null'))
    return screens.some((screen) => canBeCaught(state, screen)) ? state : { ...state, position: null }
  } catch {
    return FIRST
  }
}

/** A state that cannot be saved is not worth a message. */
export function writeWindowState(path: string, state: WindowState): void {
  try {
    writePrivateFile(path, JSON.stringify(state))
  } catch {
    // The next start uses the one before.
  }
}
