/**
 * What a page of the studio may do. Scripts and styles come from the studio's own files only; React and Base UI set
 * style attributes through the CSSOM, which this permits, but `<style>` elements are refused (Base UI wants
 * `<CSPProvider disableStyleElements>`). `blob:` is for clips and pictures decoded in the page, `data:` for the small
 * pictures the bundler inlines.
 * @param sockets WebSocket origins besides the page's own, such as `ws://127.0.0.1:4700`
 */
export function contentSecurityPolicy(sockets: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    ["connect-src 'self'", ...sockets].join(' '),
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** On every reply, whatever it carries. */
export const BASE_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}
