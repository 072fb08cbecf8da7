import { createHash } from 'node:crypto'
import { TOKEN_ITEM } from '../../../shared/session-token.ts'
import { BASE_HEADERS } from '../web/security-headers.ts'

const STYLE =
  'html{color-scheme:dark light;background:#161616;color:#d8d8d8;font:15px/1.6 system-ui,sans-serif}' +
  'main{max-width:34rem;margin:22vh auto 0;padding:0 1.5rem}h1{font-size:1.25rem;font-weight:600;color:#f2f2f2}' +
  'code{background:#262626;padding:.15em .4em;border-radius:4px}'

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
const REST = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
const POLICY = `default-src 'none'; style-src ${hashOf(STYLE)}; ${REST}`

/** Replaces its own address, so that going back does not meet the used code, and keeps the fragment. */
const ENTER = `try{localStorage.setItem('${TOKEN_ITEM}',document.documentElement.dataset.token)}finally{location.replace('/'+location.hash)}`

/** What a good code is traded for: the cookie for the browser, the token for the page alone, and the way in. */
export const enterPage = (cookie: string, token: string): Response =>
  new Response(
    `<!doctype html><html lang="en" data-token="${token}"><head><meta charset="utf-8"><title>Takeboard</title>` +
      `<script>${ENTER}</script></head><body><noscript>Takeboard needs JavaScript.</noscript></body></html>`,
    {
      headers: {
        ...BASE_HEADERS,
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'content-security-policy': `default-src 'none'; script-src ${hashOf(ENTER)}; ${REST}`,
        'set-cookie': cookie,
      },
    },
  )

/** Shown to a browser without a session: how to get in, and nothing about what is inside. */
export const signInPage = (): Response =>
  new Response(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Takeboard</title><style>${STYLE}</style></head>` +
      '<body><main><h1>This address needs a fresh start</h1>' +
      '<p>Takeboard opens from a one-time address that works for half a minute. This one was used already, or is too old, ' +
      'or Takeboard has been started again since.</p>' +
      '<p>Run <code>takeboard serve</code> again for a new address. Nothing in your library is lost.</p>' +
      '</main></body></html>',
    {
      status: 401,
      headers: {
        ...BASE_HEADERS,
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'content-security-policy': POLICY,
      },
    },
  )

/** A refusal for programs: WireError as JSON. */
export const refusal = (status: number, message: string): Response =>
  new Response(JSON.stringify({ code: status === 413 ? 'bad-input' : 'forbidden', message }), {
    status,
    headers: { ...BASE_HEADERS, 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  })
