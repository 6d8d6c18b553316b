/**
 * Kinds of answers:
 *
 * - `member`: a page for members, or for people on their way to becoming one
 * - `public`: a page for everybody
 * - `file`: anything else, such as a download or the answer to a script
 */
export type AnswerKind = "member" | "public" | "file";

/** Kinds of everything outside the workspace, by the first part of its path. */
export const answerKinds: ReadonlyMap<string, AnswerKind> = new Map([
  ["first-password", "member"],
  ["join", "member"],
  ["second-factor", "member"],
  ["sheet", "member"],
  ["sign-in", "member"],
  ["agreed", "public"],
  ["c", "public"],
  ["f", "public"],
  ["my", "public"],
  ["r", "public"],
  ["s", "public"],
  ["stop", "public"],
  ["verify", "public"],
  ["weekly-report", "public"],
  ["_next", "file"],
  ["api", "file"],
]);

/**
 * Finds the kind of the answer at a path. A path that is not listed is a page of the workspace, or does not
 * exist. A public path that ends in `/json` or `/pdf` is a file.
 */
export function findAnswerKind(pathname: string): AnswerKind {
  const [, first = "", ...rest] = pathname.split("/");
  const kind = answerKinds.get(first) ?? "member";
  return kind === "public" && /^(json|pdf)$/.test(rest.at(-1) ?? "") ? "file" : kind;
}

/** Features of browsers that no page of ours needs. */
const DENIED_FEATURES = [
  "accelerometer",
  "autoplay",
  "camera",
  "clipboard-read",
  "display-capture",
  "encrypted-media",
  "fullscreen",
  "gamepad",
  "geolocation",
  "gyroscope",
  "hid",
  "identity-credentials-get",
  "idle-detection",
  "local-fonts",
  "magnetometer",
  "microphone",
  "midi",
  "otp-credentials",
  "payment",
  "picture-in-picture",
  "screen-wake-lock",
  "serial",
  "storage-access",
  "usb",
  "window-management",
  "xr-spatial-tracking",
];
/** Features that only pages of members may use: copy buttons, and passkeys. */
const MEMBER_FEATURES = [
  "clipboard-write",
  "publickey-credentials-create",
  "publickey-credentials-get",
];

const permissions = (memberFeatures: "()" | "(self)") =>
  [
    ...DENIED_FEATURES.map((feature) => `${feature}=()`),
    ...MEMBER_FEATURES.map((feature) => `${feature}=${memberFeatures}`),
  ].join(", ");

const permissionsByKind: Readonly<Record<AnswerKind, string>> = {
  member: permissions("(self)"),
  public: permissions("()"),
  file: permissions("()"),
};

/**
 * Headers of an answer that runs and loads nothing; a page has another policy (`pagePolicy`). All answers
 * hold personal data or a nonce, so no cache may store them; built files, which `next.config.ts` exempts,
 * hold neither. No other site may frame an answer, embed it, or control a window that shows it.
 */
export const closedHeaders = (kind: AnswerKind) => ({
  "cache-control": "private, no-store",
  "content-security-policy":
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "origin-agent-cluster": "?1",
  "permissions-policy": permissionsByKind[kind],
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
});

/**
 * Sonner writes its style sheet into the page by itself: first an empty one, then its text. These
 * are the SHA-256 of both, so that no other inline sheet gets in; a test fails when a new version
 * brings another.
 */
const SONNER_STYLES =
  "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' 'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY='";

/**
 * Allows only scripts and styles of this response, and no requests to other hosts. The development server
 * needs more: it writes styles into pages, and React evaluates text for its stack traces.
 */
export function pagePolicy(nonce: string, at: { isSecure: boolean; isDevelopment: boolean }) {
  const directives = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${at.isDevelopment ? " 'unsafe-eval'" : ""}`,
    at.isDevelopment
      ? "style-src 'self' 'unsafe-inline'"
      : `style-src 'self' 'nonce-${nonce}' ${SONNER_STYLES}`,
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
