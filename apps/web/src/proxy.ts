import { type NextRequest, NextResponse } from "next/server";
import { env, isDevelopment } from "./env";
import { contentSecurityPolicy } from "./server/browser-security";
import { PATH_HEADER } from "./server/request-path";

/**
 * Runs before every page. It sets the security headers, and tells the page its own path. Access is
 * checked by the page.
 */
export function proxy(request: NextRequest) {
  const isSecure = env().PUBLIC_URL.startsWith("https:");
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce, { isSecure, isDevelopment });
  const { pathname, search } = request.nextUrl;

  const headers = new Headers(request.headers);
  headers.set(PATH_HEADER, pathname + search);
  headers.set("content-security-policy", policy); // Next takes the nonce for its own scripts from it

  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  if (isSecure) response.headers.set("strict-transport-security", "max-age=63072000");
  return response;
}

/**
 * Matches everything except built files, which hold no personal data, and uploads. Next keeps only
 * `proxyClientMaxBodySize` (10 MB) of a body that passes through here, silently drops the rest, and passes
 * the beginning on as if it were the whole file.
 */
export const config = { matcher: "/((?!_next/static/|api/uploads/).*)" };
