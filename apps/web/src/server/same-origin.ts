/**
 * True if a browser sent the request from a page of ours. Every supported browser sends `Sec-Fetch-Site`;
 * without it, `Origin` must be ours.
 */
export function isSameOrigin(headers: Headers, publicUrl: string): boolean {
  const site = headers.get("sec-fetch-site");
  return site === null ? headers.get("origin") === publicUrl : site === "same-origin";
}
