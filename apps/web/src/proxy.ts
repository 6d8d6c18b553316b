import { TLS_ONLY_SECONDS } from "@ringfence/core/platform/settings";
import { type NextRequest, NextResponse } from "next/server";
import { env, isDevelopment } from "./env";
import { PATH_HEADER } from "./server/request-path";
import { closedHeaders, findAnswerKind, pagePolicy } from "./server/response-headers";

/**
 * Runs before every answer except built files and uploads (`config`). It sets the security headers, and tells the
 * page its own path. Access is checked by the page.
 */
export function proxy(request: NextRequest) {
  const isSecure = env().PUBLIC_URL.startsWith("https:");
  const { pathname, search } = request.nextUrl;
  const headers = new Headers(request.headers);
  headers.set(PATH_HEADER, pathname + search);
  headers.delete(POLICY); // Next takes the nonce of its scripts from it, and must not take a sender's

  const kind = findAnswerKind(pathname);
  const answerHeaders = new Headers(closedHeaders(kind));
  if (isSecure) answerHeaders.set("strict-transport-security", `max-age=${TLS_ONLY_SECONDS}`);
  if (kind !== "file") {
    const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
    const policy = pagePolicy(nonce, { isSecure, isDevelopment });
    headers.set(POLICY, policy); // Next takes the nonce for its own scripts from it
    answerHeaders.set(POLICY, policy);
  }
  return NextResponse.next({ request: { headers }, headers: answerHeaders });
}

const POLICY = "content-security-policy";

/**
 * Matches everything except built files, which hold no personal data, and uploads. Next keeps only
 * `proxyClientMaxBodySize` (10 MB) of a body that passes through here, silently drops the rest, and passes
 * the beginning on as if it were the whole file.
 */
export const config = { matcher: "/((?!_next/static/|api/uploads/).*)" };
