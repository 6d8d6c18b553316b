/**
 * Sonner writes its style sheet into the page by itself: first an empty one, then its text. These
 * are the SHA-256 of both, so that no other inline sheet gets in; a test fails when a new version
 * brings another.
 */
const SONNER_STYLES =
  "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' 'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY='";

/**
 * Allows only scripts of this response, and no requests to other hosts. `style` attributes are allowed:
 * they cannot select elements or load anything that `img-src` forbids.
 */
export function contentSecurityPolicy(
  nonce: string,
  at: { isSecure: boolean; isDevelopment: boolean },
) {
  const development = at.isDevelopment ? " 'unsafe-eval'" : ""; // React's stack traces
  const directives = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development}`,
    at.isDevelopment
      ? "style-src 'self' 'unsafe-inline'"
      : `style-src-elem 'self' 'nonce-${nonce}' ${SONNER_STYLES}`,
    "style-src-attr 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(at.isSecure ? ["upgrade-insecure-requests"] : []),
  ];
  return directives.join("; ");
}

/**
 * True if a browser sent the request from a page of ours. Every supported browser sends `Sec-Fetch-Site`;
 * without it, `Origin` must be ours.
 */
export function isSameOrigin(headers: Headers, publicUrl: string): boolean {
  const site = headers.get("sec-fetch-site");
  return site === null ? headers.get("origin") === publicUrl : site === "same-origin";
}
