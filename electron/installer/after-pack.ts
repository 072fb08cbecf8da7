import { flipFuses, FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { join } from 'node:path'
import { fuseConfig, fusesFor, type Platform } from './fuses.ts'

/** The little of electron-builder's pack context that is used. */
export interface PackContext {
  /** Folder of the unpacked app. */
  readonly appOutDir: string
  readonly electronPlatformName: string
  readonly arch: number
  readonly packager: {
    readonly appInfo: { readonly productFilename: string }
    readonly platformSpecificBuildOptions: { readonly executableName?: string | null }
  }
}

/** electron-builder's number for it. */
const ARM64 = 3

const isPlatform = (name: string): name is Platform => name === 'darwin' || name === 'linux' || name === 'win32'

function binaryOf({ appOutDir, packager }: PackContext, platform: Platform): string {
  const name = packager.appInfo.productFilename
  if (platform === 'darwin') return join(appOutDir, `${name}.app`)
  if (platform === 'win32') return join(appOutDir, `${name}.exe`)
  return join(appOutDir, packager.platformSpecificBuildOptions.executableName ?? name)
}

/**
 * Called by electron-builder for every packed app, before it is signed: sets the fuses of its binary and reads them back.
 * @throws Error when one is not as decided, so that no installer is made of it
 */
export default async function afterPack(context: PackContext): Promise<void> {
  const platform = context.electronPlatformName
  if (!isPlatform(platform)) throw new Error(`No fuses are decided for ${platform}.`)
  const binary = binaryOf(context, platform)
  const adHocSigned = platform === 'darwin' && context.arch === ARM64
  await flipFuses(binary, fuseConfig(platform, { adHocSigned }))
  const wire: Readonly<Partial<Record<string, unknown>>> = { ...(await getCurrentFuseWire(binary)) }
  for (const [option, on] of Object.entries(fusesFor(platform))) {
    if (wire[option] === (on ? FuseState.ENABLE : FuseState.DISABLE)) continue
    throw new Error(`The fuse ${FuseV1Options[Number(option)]} of ${binary} could not be set.`)
  }
}
