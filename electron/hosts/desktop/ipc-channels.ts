/** The only channels there are. Texts on the first two are frames as JSON. */
export const IPC = {
  toEngine: 'takeboard:to-engine',
  fromEngine: 'takeboard:from-engine',
  /** A page has loaded and begins a connection; the one before it, if any, is over. */
  connect: 'takeboard:connect',
  /** Either side ends the connection. */
  close: 'takeboard:close',
} as const
