/**
 * Whether a browser sent this from a page of ours. Every browser that we serve sends
 * `Sec-Fetch-Site`; where it is missing, `Origin` has to be there and be ours.
 */
export function isSameOrigin(headers: Headers, publicUrl: string): boolean {
  const site = headers.get("sec-fetch-site");
  return site === null ? headers.get("origin") === publicUrl : site === "same-origin";
}
