import { type FuseConfig, FuseV1Options, FuseVersion } from '@electron/fuses'

/** The systems installers are made for, as Electron names them. */
export type Platform = 'darwin' | 'linux' | 'win32'

/** Whether each fuse of the Electron binary is on, and why. Nothing at run time can change it again. */
export const fusesFor = (platform: Platform) =>
  ({
    /** ELECTRON_RUN_AS_NODE would turn the signed app into a Node that runs anybody's code in its name. */
    [FuseV1Options.RunAsNode]: false,
    /** Cookies on disk are encrypted with a key of the system's keychain. */
    [FuseV1Options.EnableCookieEncryption]: true,
    /** NODE_OPTIONS and NODE_EXTRA_CA_CERTS of the environment would load code, or trust other certificates. */
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    /** --inspect would open the main process, with the API key, to a debugger. */
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    /** The archive must have the hash the binary was made with. Electron checks it on macOS and Windows only. */
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: platform !== 'linux',
    /** Code beside the archive, which nobody has checked, is not looked for. */
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    /** The main process starts from the snapshot every process has; there is no other. */
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    /** Pages have a scheme of their own, so `file:` needs no rights. */
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    /** V8 checks the memory of WebAssembly by traps, as Electron does by default; off is only slower. */
    [FuseV1Options.WasmTrapHandlers]: true,
  }) as const satisfies Record<FuseV1Options, boolean>

/**
 * What @electron/fuses is told. Strict: a fuse that a later Electron adds stops the packing until it is decided here.
 * @param adHocSigned macOS on ARM starts no binary whose signature the flipping has broken
 */
export const fuseConfig = (platform: Platform, { adHocSigned = false } = {}): FuseConfig => ({
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  resetAdHocDarwinSignature: adHocSigned,
  ...fusesFor(platform),
})
